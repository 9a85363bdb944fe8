//! Credentials in environment variables.

use crate::config::{Credentials, Environment};
use crate::error::ConfigError;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};

/// Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` and `AWS_ACCOUNT_ID`; blank is unset.
#[derive(Debug)]
pub(crate) struct Keys(pub(crate) Environment);

impl Keys {
    /// The credentials, if there are any; half a pair is an error.
    pub(crate) fn load(&self) -> Result<Option<Credentials>, ConfigError> {
        let Self(environment) = self;
        let id = environment.variable("AWS_ACCESS_KEY_ID")?;
        let secret = match environment.variable("AWS_SECRET_ACCESS_KEY")? {
            Some(secret) => Some(secret),
            None => environment.variable("SECRET_ACCESS_KEY")?,
        };
        let (id, secret) = match (id, secret) {
            (Some(id), Some(secret)) => (id, secret),
            (Some(_), None) => {
                return Err(ConfigError::setting("AWS_SECRET_ACCESS_KEY", "not set, but AWS_ACCESS_KEY_ID is"));
            }
            // A secret alone may be that of another program.
            (None, _) => return Ok(None),
        };
        let mut credentials = Credentials::builder().access_key_id(id).secret_access_key(secret);
        credentials.set_session_token(environment.variable("AWS_SESSION_TOKEN")?);
        credentials.set_account_id(environment.variable("AWS_ACCOUNT_ID")?.map(Into::into));
        Ok(Some(credentials.provider_name("environment").build()))
    }
}

impl ProvideCredentials for Keys {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(match self.load() {
            Ok(Some(credentials)) => Ok(credentials),
            Ok(None) => Err(CredentialsError::not_loaded(ConfigError::MissingCredentials { tried: String::new() })),
            Err(error) => Err(CredentialsError::invalid_configuration(error)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: (&str, &str) = ("AWS_ACCESS_KEY_ID", " id\n");
    const SECRET: (&str, &str) = ("AWS_SECRET_ACCESS_KEY", "secret");

    fn load(set: &[(&str, &str)]) -> Result<Option<Credentials>, ConfigError> {
        let empty = Environment::empty();
        Keys(set.iter().fold(empty, |environment, (name, value)| environment.with_variable(*name, *value))).load()
    }

    #[test]
    fn both_keys_make_credentials_and_blank_is_unset() {
        let text = |set| {
            let loaded = load(set).expect("no error").expect("credentials");
            let token = loaded.session_token().map(str::to_owned);
            let account = loaded.account_id().map(|account| account.as_str().to_owned());
            (loaded.access_key_id().to_owned(), loaded.secret_access_key().to_owned(), token, account)
        };
        let plain = ("id".to_owned(), "secret".to_owned(), None, None);
        assert_eq!(text(&[ID, SECRET]), plain);
        assert_eq!(text(&[ID, SECRET, ("AWS_SESSION_TOKEN", " ")]), plain);
        assert_eq!(text(&[ID, ("SECRET_ACCESS_KEY", "secret")]), plain);
        let (id, secret, ..) = plain;
        let whole = (id, secret, Some("token".to_owned()), Some("1".to_owned()));
        assert_eq!(text(&[ID, SECRET, ("AWS_SESSION_TOKEN", "token"), ("AWS_ACCOUNT_ID", "1")]), whole);
    }

    #[test]
    fn no_id_is_no_credentials_and_no_secret_is_an_error() {
        assert_eq!(load(&[]), Ok(None));
        assert_eq!(load(&[("AWS_ACCESS_KEY_ID", " "), SECRET]), Ok(None));
        let error = load(&[ID]).expect_err("half a pair").to_string();
        assert_eq!(error, "AWS_SECRET_ACCESS_KEY: not set, but AWS_ACCESS_KEY_ID is");
    }
}
