//! The call with aws-sdk-proton.

#![allow(deprecated)] // every call is

use aws_sdk_proton::Client;
use aws_sdk_proton::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_proton::error::SdkError;
use aws_sdk_proton::operation::list_services::ListServicesError;

fn main() {
    peers_bench::run(
        |endpoint| {
            let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "static");
            let config = Config::builder().behavior_version(BehaviorVersion::latest()).region(Region::new("us-east-1"));
            Client::from_conf(config.credentials_provider(credentials).endpoint_url(endpoint).build())
        },
        async |client| client.list_services().send().await.expect("an answer").services().len(),
        |client| {
            let call = client.list_services().send();
            [size_of_val(&call), size_of::<SdkError<ListServicesError>>()]
        },
    );
}
