//! A test without a network: the client's HTTP client answers from memory.
//!
//! `cargo test --example mocked_test` runs it.

use proton_sdk::config::http::{HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use proton_sdk::config::{Config, Credentials, HttpClient, HttpRequest, HttpResponse, Region, RuntimeComponents};
use proton_sdk::{Client, Error};

/// Counts the services that are active: the code under test.
async fn active_services(client: &Client) -> Result<usize, Error> {
    let services: Vec<_> = client.list_services().into_paginator().items().send().try_collect().await?;
    Ok(services.iter().filter(|service| service.status().as_str() == "ACTIVE").count())
}

/// Gives every request the same answer.
#[derive(Clone, Debug)]
struct Canned(&'static str);

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        assert_eq!(request.headers().get("x-amz-target"), Some("AwsProton20200720.ListServices"));
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().expect("a status"), self.0.into())))
    }
}

const ANSWER: &str = r#"{"services": [
    {"name": "a", "arn": "arn:a", "templateName": "t", "createdAt": 1, "lastModifiedAt": 1, "status": "ACTIVE"},
    {"name": "b", "arn": "arn:b", "templateName": "t", "createdAt": 1, "lastModifiedAt": 1, "status": "CREATE_FAILED"}
]}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    println!("{} of two services are active", active_services(&client()).await?);
    Ok(())
}

fn client() -> Client {
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "static"))
        .http_client(Canned(ANSWER))
        .build();
    Client::from_conf(config)
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn counts_active_services_only() {
        let count = super::active_services(&super::client()).await;
        assert_eq!(count.expect("an answer"), 1);
    }
}
