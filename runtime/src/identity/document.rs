//! Credentials as JSON: of a container, of an instance, of a process.

use crate::config::Credentials;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value};
use std::time::SystemTime;

/// A JSON object whose keys may be written in any case. Errors name keys, never values.
pub(super) struct Document(Map<String, Value>);

impl Document {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => {
                Ok(Self(object.into_iter().map(|(key, value)| (key.to_ascii_lowercase(), value)).collect()))
            }
            Ok(_) => Err("is no JSON object".to_owned()),
            // Where, not what: the text around it may be a secret.
            Err(error) => Err(format!("is no JSON (line {}, column {})", error.line(), error.column())),
        }
    }

    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.0.get(&key.to_ascii_lowercase())?.as_i64()
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.0.get(&key.to_ascii_lowercase())?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    fn required(&self, key: &str) -> Result<&str, String> {
        self.text(key).ok_or_else(|| format!("has no `{key}`"))
    }

    /// When the credentials end.
    pub(super) fn expiration(&self) -> Result<Option<SystemTime>, String> {
        let Some(text) = self.text("Expiration") else { return Ok(None) };
        let time = DateTime::from_str(text, Format::DateTimeWithOffset).ok();
        let time = time.and_then(|time| SystemTime::try_from(time).ok());
        time.map(Some).ok_or_else(|| "has an `Expiration` that is no time, as in 2026-01-02T03:04:05Z".to_owned())
    }

    /// The credentials, with the session token under this key; the account is that of the document, or else the given.
    pub(super) fn credentials(
        &self,
        token: &str,
        account: Option<&str>,
        provider: &'static str,
    ) -> Result<Credentials, String> {
        let mut credentials = Credentials::builder()
            .access_key_id(self.required("AccessKeyId")?)
            .secret_access_key(self.required("SecretAccessKey")?)
            .provider_name(provider);
        credentials.set_session_token(self.text(token).map(str::to_owned));
        credentials.set_expiry(self.expiration()?);
        credentials.set_account_id(self.text("AccountId").or(account).map(Into::into));
        Ok(credentials.build())
    }

    /// The same of a service whose credentials always end and always have a session token.
    #[cfg(feature = "http-client")]
    pub(super) fn temporary(&self, provider: &'static str) -> Result<Credentials, String> {
        self.required("Token")?;
        self.required("Expiration")?;
        self.credentials("Token", None, provider)
    }
}
