//! A test without a network: rules answer instead of a server.
//!
//! `cargo test -p proton-sdk --features test-util --example mocked_test` runs it.

use proton_sdk::operation::list_services::ListServices;
use proton_sdk::testing::Mock;
use proton_sdk::{Client, Error};

/// Counts the services that are active: the code under test.
async fn active_services(client: &Client) -> Result<usize, Error> {
    let services: Vec<_> = client.list_services().into_paginator().items().send().try_collect().await?;
    Ok(services.iter().filter(|service| service.status().as_str() == "ACTIVE").count())
}

/// Two pages, of which the second is throttled at first.
fn proton() -> Mock {
    Mock::new().on::<ListServices>(|rule| {
        rule.http(200, r#"{"services": [{"name": "a", "status": "ACTIVE"}], "nextToken": "2"}"#)
            .fails_with("ThrottlingException", "slow down")
            .http(200, r#"{"services": [{"name": "b", "status": "CREATE_FAILED"}]}"#)
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    println!("{} of two services are active", active_services(&proton().client()).await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use proton_sdk::operation::list_services::ListServices;

    #[tokio::test]
    async fn counts_active_services_on_all_pages() {
        let proton = super::proton();
        let count = super::active_services(&proton.client()).await;
        assert_eq!(count.expect("an answer"), 1);

        let inputs = proton.inputs::<ListServices>();
        let tokens: Vec<_> = inputs.iter().map(|input| input.next_token()).collect();
        assert_eq!(tokens, [None, Some("2"), Some("2")]);
        proton.verify();
    }
}
