//! Clients as the tests need them: pointed at a server, with nothing left to chance.

use proton_sdk::Client;
use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::{Builder, Config, Credentials, Region};

pub use proton_sdk::testing::VirtualTime;

/// The secret that test clients sign with.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// A configuration that sends to the URL and tries once.
pub fn config(url: &str) -> Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new("AKIDEXAMPLE", SECRET, None, None, "test"))
        .retry_config(RetryConfig::disabled())
}

/// A client that sends to the URL and tries once.
pub fn client(url: &str) -> Client {
    Client::from_conf(config(url).build())
}
