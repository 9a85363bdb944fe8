//! The call with aws-sdk-proton.

#![allow(deprecated)] // every call is

use crate::canned::Canned;
use aws_sdk_proton::Client;
use aws_sdk_proton::config::{BehaviorVersion, Builder, Config, Credentials, Region};
use aws_sdk_proton::error::SdkError;
use aws_sdk_proton::operation::list_services::ListServicesError;

/// A client of an endpoint.
pub fn connect(endpoint: &str) -> Client {
    Client::from_conf(config().endpoint_url(endpoint).build())
}

/// A client whose answers come from memory.
pub fn in_memory(answer: String) -> Client {
    Client::from_conf(config().http_client(Canned::new(answer)).build())
}

fn config() -> Builder {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "static");
    let config = Config::builder().behavior_version(BehaviorVersion::latest()).region(Region::new("us-east-1"));
    config.credentials_provider(credentials)
}

/// A call; gives the number of items.
pub async fn list(client: &Client) -> usize {
    client.list_services().send().await.expect("an answer").services().len()
}

/// Bytes of a call's future and of its error.
pub fn sizes(client: &Client) -> [usize; 2] {
    [size_of_val(&client.list_services().send()), size_of::<SdkError<ListServicesError>>()]
}
