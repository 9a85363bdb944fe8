//! Where the examples send their calls: the endpoint and region of the environment.

use proton_sdk::config::{Config, Region};

/// The settings that all examples share. Credentials come from `AWS_ACCESS_KEY_ID` and
/// `AWS_SECRET_ACCESS_KEY`, which a client reads when it is told of no other.
pub(crate) fn config() -> Config {
    let endpoint = std::env::var("PROTON_ENDPOINT").unwrap_or_else(|_| "http://127.0.0.1:8787".to_owned());
    let region = std::env::var("AWS_REGION").unwrap_or_else(|_| "us-east-1".to_owned());
    Config::builder().endpoint_url(endpoint).region(Region::new(region)).build()
}
