//! The call with proton-sdk.

use crate::canned::Canned;
use proton_sdk::Client;
use proton_sdk::config::{Builder, Config, Credentials, Region};
use proton_sdk::error::SdkError;
use proton_sdk::operation::list_services::ListServicesError;

/// A client of an endpoint.
pub fn connect(endpoint: &str) -> Client {
    Client::from_conf(signed().endpoint_url(endpoint).build())
}

/// A client whose answers come from memory.
pub fn in_memory(answer: String) -> Client {
    Client::from_conf(signed().http_client(Canned::new(answer)).build())
}

/// The same, whose requests go out unsigned.
pub fn unsigned(answer: String) -> Client {
    Client::from_conf(config().allow_no_auth().http_client(Canned::new(answer)).build())
}

fn signed() -> Builder {
    config().credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "static"))
}

fn config() -> Builder {
    Config::builder().region(Region::new("us-east-1"))
}

/// A call; gives the number of items.
pub async fn list(client: &Client) -> usize {
    client.list_services().send().await.expect("an answer").services().len()
}

/// Bytes of a call's future and of its error.
pub fn sizes(client: &Client) -> [usize; 2] {
    [size_of_val(&client.list_services().send()), size_of::<SdkError<ListServicesError>>()]
}
