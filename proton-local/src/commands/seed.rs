//! `proton-local seed`.

use super::Done;
use proton_sdk::Client;
use proton_sdk::config::{Config, Credentials, Region};

/// What the demo is made with.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where the server is.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8787")]
    endpoint: String,
    /// The region to make it in.
    #[arg(long, value_name = "REGION", default_value = "us-east-1")]
    region: String,
}

/// Fills a running server with a demo; a line for each thing that is there then. A server with keys takes those of
/// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
///
/// # Errors
/// The first call that fails.
pub(crate) fn run(arguments: &Arguments) -> Done {
    let mut config = Config::builder().endpoint_url(&arguments.endpoint).region(Region::new(arguments.region.clone()));
    if std::env::var_os("AWS_ACCESS_KEY_ID").is_none() {
        // An open server takes any.
        config = config.credentials_provider(Credentials::new("anybody", "none", None, None, "proton-local seed"));
    }
    let client = Client::from_conf(config.build());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(proton_local::seed::seed(&client, |line| println!("{line}")))?;
    Ok(())
}
