//! Creates a service and waits until its instances are deployed.

mod support;

use proton_sdk::Client;
use proton_sdk::client::Waiters;
use proton_sdk::types::Tag;
use proton_sdk::waiters::WaitOptions;
use std::error::Error;
use std::time::Duration;

const SPEC: &str = "proton: ServiceSpec
instances:
  - name: dev
    environment: staging
    spec:
      port: 8080
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_conf(support::config());
    let created = client
        .create_service()
        .name("orders")
        .template_name("fargate")
        .template_major_version("1")
        .spec(SPEC)
        .tags(Tag::builder().key("team").value("shop").build()?)
        .send()
        .await?;
    println!("{} is under way", created.service().map_or("nothing", |service| service.arn()));

    let progress = WaitOptions::new()
        .min_delay(Duration::from_secs(1))
        .on_poll(|poll| println!("after {:?}: {}", poll.elapsed, poll.state.unwrap_or("-")));
    let outcome =
        client.wait_until_service_created().name("orders").wait_options(progress).wait(Duration::from_secs(900)).await;
    match outcome {
        Ok(_) => println!("orders is ready"),
        // Says the state that was reached, and the service's own message.
        Err(error) => println!("orders failed: {error}"),
    }
    Ok(())
}
