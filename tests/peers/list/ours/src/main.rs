//! Lists services with proton-sdk.

use proton_sdk::config::{Config, Credentials, Region};

#[tokio::main]
async fn main() -> Result<(), proton_sdk::Error> {
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "static"))
        .build();
    let client = proton_sdk::Client::from_conf(config);
    let mut services = client.list_services().into_paginator().items().send();
    while let Some(service) = services.try_next().await? {
        println!("{} {}", service.name(), service.status());
    }
    Ok(())
}
