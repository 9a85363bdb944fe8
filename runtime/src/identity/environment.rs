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
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Option<Credentials> {
        let read = |name| variable(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: &[(&str, &str)]) -> Option<(String, String, Option<String>)> {
        let find = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let loaded = Environment::read(find)?;
        let token = loaded.session_token().map(str::to_owned);
        Some((loaded.access_key_id().to_owned(), loaded.secret_access_key().to_owned(), token))
    }

    #[test]
    fn both_keys_are_needed_and_blank_is_unset() {
        let (id, secret) = (("AWS_ACCESS_KEY_ID", " id\n"), ("AWS_SECRET_ACCESS_KEY", "secret"));
        assert_eq!(read(&[id, secret]), Some(("id".into(), "secret".into(), None)));
        assert_eq!(read(&[id, secret, ("AWS_SESSION_TOKEN", " ")]), Some(("id".into(), "secret".into(), None)));
        let temporary = read(&[id, secret, ("AWS_SESSION_TOKEN", "token")]);
        assert_eq!(temporary, Some(("id".into(), "secret".into(), Some("token".into()))));
        assert_eq!(read(&[id]), None);
        assert_eq!(read(&[("AWS_ACCESS_KEY_ID", " "), secret]), None);
    }
}
