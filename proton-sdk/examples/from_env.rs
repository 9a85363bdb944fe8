//! Takes Region, endpoint and credentials from environment variables and the shared files in `~/.aws`.
//!
//! ```text
//! AWS_PROFILE=dev cargo run --example from_env
//! ```

use proton_sdk::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = match Client::from_env().await {
        Ok(client) => client,
        // One line, which names the variable, or the file and line, that is wrong.
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(2);
        }
    };
    let region = client.config().region().map(|region| region.as_ref()).unwrap_or_default();
    println!("{region}, {}", client.config().endpoint_url().unwrap_or("the service's own endpoint"));

    let services = client.list_services().send().await?;
    println!("{} services", services.services().len());
    Ok(())
}
