//! Credentials that the chosen profile holds or leads to.

use super::process::Process;
use crate::config::{Credentials, Settings};
use crate::error::ConfigError;
use crate::profile::{Entry, Group};

/// What a profile gives.
pub(super) enum Plan {
    Keys(Credentials),
    Process(Process),
    /// Credentials that another service gives for the profile; the entry says so.
    #[cfg(feature = "aws-config")]
    Official,
}

/// The way to the profile's credentials; `None` where it has none.
pub(super) fn plan(settings: &Settings) -> Result<Option<Plan>, ConfigError> {
    let Some(profile) = settings.group() else { return Ok(None) };
    if let Some(login) = profile.get("login_session") {
        let reason = "is not supported: use `credential_process = aws configure export-credentials --profile ..`";
        return Err(login.refuse(reason));
    }
    if let Some(entry) = elsewhere(profile) {
        return official(settings, entry).map(Some);
    }
    if let Some(command) = profile.get("credential_process") {
        return Ok(Some(Plan::Process(Process {
            command: command.value().to_owned(),
            account: profile.get("aws_account_id").map(|account| account.value().to_owned()),
            place: command.place(),
        })));
    }
    keys(profile).map(|keys| keys.map(Plan::Keys))
}

/// The key by which a profile's credentials come from a service.
fn elsewhere(profile: &Group) -> Option<&Entry> {
    let sso = profile.first(&["sso_account_id", "sso_role_name", "sso_start_url"]);
    profile
        .first(&["credential_source", "role_arn", "web_identity_token_file"])
        .or_else(|| sso.map(|entry| profile.get("sso_session").unwrap_or(entry)))
}

#[cfg(feature = "aws-config")]
fn official(settings: &Settings, _: &Entry) -> Result<Plan, ConfigError> {
    let key = |name| settings.group().and_then(|profile| profile.get(name));
    if let Some(device) = key("mfa_serial") {
        let reason = "asks for a code, which a program cannot type in: use `credential_process = aws configure \
                      export-credentials --profile ..` with a session that the AWS CLI has";
        return Err(device.refuse(reason));
    }
    if let Some(duration) = key("duration_seconds") {
        tracing::warn!(place = duration.place(), "no effect here: sessions last an hour and are renewed");
    }
    Ok(Plan::Official)
}

#[cfg(not(feature = "aws-config"))]
fn official(settings: &Settings, entry: &Entry) -> Result<Plan, ConfigError> {
    Err(entry.refuse(format_args!("profile `{}` needs the cargo feature `aws-config` for this", settings.profile)))
}

fn keys(profile: &Group) -> Result<Option<Credentials>, ConfigError> {
    let get = |key| profile.get(key).map(|entry| entry.value().to_owned());
    match (profile.get("aws_access_key_id"), profile.get("aws_secret_access_key")) {
        (None, None) => Ok(None),
        (Some(id), None) => Err(id.refuse("has no `aws_secret_access_key` beside it")),
        (None, Some(secret)) => Err(secret.refuse("has no `aws_access_key_id` beside it")),
        (Some(id), Some(secret)) => {
            let keys = Credentials::builder().access_key_id(id.value()).secret_access_key(secret.value());
            let mut keys = keys.provider_name("profile");
            keys.set_session_token(get("aws_session_token"));
            keys.set_account_id(get("aws_account_id").map(Into::into));
            Ok(Some(keys.build()))
        }
    }
}
