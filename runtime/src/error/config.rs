//! What is wrong with a configuration.

use super::display::one_line;
use std::error::Error;
use std::fmt::{Display, Formatter, Result};

/// A configuration that no client can work with. `Display` says what to set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// No Region is set.
    MissingRegion,
    /// No credentials are set, in the configuration or where it looks for them.
    MissingCredentials {
        /// Where it looked and what it found there; empty where it only looked into the environment.
        tried: String,
    },
    /// A value outside the program that cannot be used: a variable of the environment, a line of a shared file.
    InvalidSetting {
        /// The variable, or the file with line and key.
        place: String,
        /// What is wrong. Values that may be secrets are not part of it.
        reason: String,
    },
    /// Credentials that are configured and could not be fetched.
    Credentials(String),
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
            Self::MissingCredentials { tried } if tried.is_empty() => write!(f, "no credentials: {SET_CREDENTIALS}"),
            Self::MissingCredentials { tried } => write!(f, "no credentials: {tried}; {SET_CREDENTIALS}"),
            Self::InvalidSetting { place, reason } => write!(f, "{place}: {reason}"),
            Self::Credentials(reason) => write!(f, "credentials could not be fetched: {reason}"),
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

impl Error for ConfigError {}

impl ConfigError {
    /// Why there are no credentials.
    pub(crate) fn of_credentials(error: &(dyn Error + 'static)) -> Self {
        let mut causes = std::iter::successors(Some(error), |error: &&(dyn Error + 'static)| (*error).source());
        match causes.find_map(|cause| cause.downcast_ref::<Self>()) {
            Some(known) => known.clone(),
            None => Self::Credentials(one_line(error)),
        }
    }

    /// What is wrong with a variable, or with a line of a file.
    pub(crate) fn setting(place: impl Display, reason: impl Display) -> Self {
        Self::InvalidSetting { place: place.to_string(), reason: reason.to_string() }
    }
}

const MISSING_REGION: &str = "no Region: set `Config::builder().region(Region::new(\"..\"))` or the Region of the \
     `SdkConfig`; `Config::from_env()` takes the variable AWS_REGION or the profile's `region`";

const SET_CREDENTIALS: &str = "set `Config::builder().credentials_provider(..)`, or the environment variables \
     AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
