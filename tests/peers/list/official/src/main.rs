//! Lists services with aws-sdk-proton, as its documentation shows it.

use aws_sdk_proton::config::{Credentials, Region};

#[tokio::main]
#[allow(deprecated, clippy::result_large_err)] // every call of the official SDK is, and its errors are
async fn main() -> Result<(), aws_sdk_proton::Error> {
    let config = aws_config::from_env()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "static"))
        .load()
        .await;
    let client = aws_sdk_proton::Client::new(&config);
    let mut services = client.list_services().into_paginator().items().send();
    while let Some(service) = services.try_next().await? {
        println!("{} {}", service.name(), service.status());
    }
    Ok(())
}
