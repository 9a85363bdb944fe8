//! A copy of the client with some settings overridden, and one call with others.

mod support;

use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::timeout::TimeoutConfig;
use proton_sdk::config::{Config, Region};
use proton_sdk::{Client, Error};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::from_conf(support::config());

    // Shares the connections and the credentials of the client that it is a copy of.
    let patient = client.with_config(|config| {
        config.region(Region::new("eu-west-1")).retry_config(RetryConfig::standard().with_max_attempts(6))
    });
    let templates = patient.list_service_templates().send().await?;
    println!("{} service templates in eu-west-1", templates.templates().len());

    let quick = TimeoutConfig::builder().operation_timeout(Duration::from_secs(2)).build();
    let counts = client
        .get_resources_summary()
        .customize()
        .config_override(Config::builder().timeout_config(quick))
        .mutate_request(|request| {
            request.headers_mut().insert("x-team", "shop");
        })
        .send()
        .await?;
    let services = counts.counts().and_then(|counts| counts.services()).map_or(0, |services| services.total());
    println!("{services} services");
    Ok(())
}
