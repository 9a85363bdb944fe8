//! The call with proton-sdk.

use proton_sdk::Client;
use proton_sdk::config::{Config, Credentials, Region};
use proton_sdk::error::SdkError;
use proton_sdk::operation::list_services::ListServicesError;

fn main() {
    peers_bench::run(
        |endpoint| {
            let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "static");
            let config = Config::builder().region(Region::new("us-east-1")).credentials_provider(credentials);
            Client::from_conf(config.endpoint_url(endpoint).build())
        },
        async |client| client.list_services().send().await.expect("an answer").services().len(),
        |client| {
            let call = client.list_services().send();
            [size_of_val(&call), size_of::<SdkError<ListServicesError>>()]
        },
    );
}
