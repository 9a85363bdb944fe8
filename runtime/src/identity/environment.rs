//! Credentials of the process's environment.

use crate::error::ConfigError;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};

/// Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`; blank is unset.
#[derive(Debug)]
pub(crate) struct Environment;

impl Environment {
    /// The credentials, if both keys are set.
    pub(crate) fn load() -> Option<Credentials> {
        let read = |name| std::env::var(name).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let (id, secret) = (read("AWS_ACCESS_KEY_ID")?, read("AWS_SECRET_ACCESS_KEY")?);
        Some(Credentials::new(id, secret, read("AWS_SESSION_TOKEN"), None, "environment"))
    }
}

impl ProvideCredentials for Environment {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let loaded = Self::load().ok_or_else(|| CredentialsError::not_loaded(ConfigError::MissingCredentials));
        future::ProvideCredentials::ready(loaded)
    }
}
