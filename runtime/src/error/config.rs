//! What is wrong with a configuration.

use std::fmt::{Display, Formatter, Result};

/// A configuration that no client can work with. `Display` says what to set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// No Region is set.
    MissingRegion,
    /// No credentials are set, in the configuration or in the environment.
    MissingCredentials,
    /// No HTTP client is set, and the crate was built without its own.
    MissingHttpClient,
    /// The custom endpoint is not a URL that requests can go to.
    InvalidEndpointUrl {
        /// What is set, without user information and query.
        url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A retry configuration that allows no attempt.
    NoAttempts,
    /// A part of the client refused the configuration.
    Other(String),
}

impl Display for ConfigError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::MissingRegion => f.write_str(MISSING_REGION),
            Self::MissingCredentials => f.write_str(MISSING_CREDENTIALS),
            Self::MissingHttpClient => f.write_str(
                "no HTTP client: set `Config::builder().http_client(..)`, or build with the cargo feature `rustls`",
            ),
            Self::InvalidEndpointUrl { url, reason } => write!(
                f,
                "endpoint URL `{url}` {reason}: set `Config::builder().endpoint_url(\"https://host[:port][/path]\")`"
            ),
            Self::NoAttempts => f.write_str("max_attempts is 0: set `RetryConfig::with_max_attempts` to 1 or more"),
            Self::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for ConfigError {}

const MISSING_REGION: &str =
    "no Region: set `Config::builder().region(Region::new(\"..\"))`, or the Region of the `SdkConfig`";

pub(crate) const MISSING_CREDENTIALS: &str = "no credentials: set `Config::builder().credentials_provider(..)`, or the \
     environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
