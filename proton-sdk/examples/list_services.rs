//! Lists every service, page by page.
//!
//! ```text
//! PROTON_ENDPOINT=http://127.0.0.1:8787 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=AKID AWS_SECRET_ACCESS_KEY=secret \
//!     cargo run --example list_services
//! ```

mod support;

use proton_sdk::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::from_conf(support::config());
    let mut services = client.list_services().into_paginator().page_size(50).items().send();
    while let Some(service) = services.try_next().await? {
        println!("{:30} {:20} {}", service.name(), service.status(), service.template_name());
    }
    Ok(())
}
