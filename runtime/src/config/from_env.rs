//! Taking a configuration from the environment and the shared files.

use super::retry::RetryConfig;
use super::settings::{Setting, Settings};
use super::{AppName, Config, Environment, IdentityCache};
use crate::client::check_url;
use crate::error::ConfigError;
use crate::identity::CredentialsChain;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_types::endpoint_config::AccountIdEndpointMode;
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

impl Config {
    /// What environment variables and the shared files in `~/.aws` say: Region, endpoint, credentials, retries and more.
    ///
    /// It reads files and nothing else; credentials are fetched when a call needs them. What the program sets
    /// afterwards, through [`to_builder`](Self::to_builder), wins.
    ///
    /// ```no_run
    /// use smithy_runtime::config::{Config, Region};
    ///
    /// let config = Config::from_env()?.to_builder().region(Region::new("eu-west-1")).build();
    /// # Ok::<(), smithy_runtime::error::ConfigError>(())
    /// ```
    ///
    /// # Errors
    /// A value that cannot be used, with the variable or the file and line where it stands; a profile that is named
    /// and not there; a file that cannot be read. What is missing is no error here.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_environment(&Environment::process())
    }

    /// The same from an environment that need not be the process's own.
    ///
    /// # Errors
    /// Those of [`from_env`](Self::from_env).
    pub fn from_environment(environment: &Environment) -> Result<Self, ConfigError> {
        let settings = Settings::load(environment)?;
        settings.check_common_endpoints()?;
        let mut config = Self {
            account_id_endpoint_mode: account_id_endpoint_mode(&settings)?,
            app_name: app_name(&settings)?,
            auth_scheme_preference: auth_scheme_preference(&settings)?,
            ca_bundle: ca_bundle(&settings)?,
            chain: Some(CredentialsChain::new(environment.clone()).into()),
            disable_clock_skew_correction: settings
                .flag("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction")?,
            environment: environment.clone(),
            identity_cache: Some(IdentityCache::lazy().build()),
            region: settings.region()?,
            retry_config: retry_config(&settings)?,
            use_dual_stack: settings.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?,
            use_fips: settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?,
            settings: Some(Arc::new(settings)),
            ..Self::default()
        };
        config.hand_to_chain();
        Ok(config)
    }
}

impl Settings {
    /// The URL for a service, if it is one.
    pub(crate) fn checked_endpoint_url(&self, service_id: &str) -> Result<Option<String>, ConfigError> {
        self.endpoint_url(service_id)?.map(Setting::url).transpose()
    }

    /// What can be said of endpoints before it is known which service is called.
    fn check_common_endpoints(&self) -> Result<(), ConfigError> {
        // No service has this id, so what is found is for all of them.
        self.checked_endpoint_url("").map(drop)
    }
}

impl Setting {
    fn url(self) -> Result<String, ConfigError> {
        match check_url(&self.text) {
            Ok(_) => Ok(self.text),
            Err(ConfigError::InvalidEndpointUrl { url, reason }) => Err(self.with_text(url).refuse(reason)),
            Err(error) => Err(error),
        }
    }
}

/// The file with the certificates to trust; that they are certificates shows here as well.
fn ca_bundle(settings: &Settings) -> Result<Option<PathBuf>, ConfigError> {
    let path = settings.ca_bundle()?;
    #[cfg(feature = "http-client")]
    crate::http::Client::with_bundle(path.as_deref(), &settings.environment)?;
    Ok(path)
}

fn app_name(settings: &Settings) -> Result<Option<AppName>, ConfigError> {
    let keys = ["sdk_ua_app_id", "sdk-ua-app-id"];
    let found = settings.variable("AWS_SDK_UA_APP_ID")?.or_else(|| keys.iter().find_map(|key| settings.key(key)));
    let Some(setting) = found else { return Ok(None) };
    let name = AppName::new(setting.text.clone());
    name.map(Some).map_err(|_| setting.refuse("is no application name: use letters, digits and !#$%&'*+-.^_`|~"))
}

fn account_id_endpoint_mode(settings: &Settings) -> Result<Option<AccountIdEndpointMode>, ConfigError> {
    let Some(setting) = settings.find("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode")? else {
        return Ok(None);
    };
    let mode = setting.text.parse();
    mode.map(Some).map_err(|_| setting.refuse("is no such mode: use `preferred`, `disabled` or `required`"))
}

fn auth_scheme_preference(settings: &Settings) -> Result<Option<AuthSchemePreference>, ConfigError> {
    let found = settings.find("AWS_AUTH_SCHEME_PREFERENCE", "auth_scheme_preference")?;
    Ok(found.map(|setting| {
        let names = setting.text.split(',').map(|name| AuthSchemeId::from(Cow::Owned(name.trim().to_owned())));
        AuthSchemePreference::from(names.collect::<Vec<_>>())
    }))
}

fn retry_config(settings: &Settings) -> Result<Option<RetryConfig>, ConfigError> {
    let mode = settings.find("AWS_RETRY_MODE", "retry_mode")?;
    let attempts = settings.find("AWS_MAX_ATTEMPTS", "max_attempts")?;
    if mode.is_none() && attempts.is_none() {
        return Ok(None);
    }
    let config = match &mode {
        None => RetryConfig::standard(),
        Some(mode) => match mode.text.to_ascii_lowercase().as_str() {
            // What other SDKs still call their oldest mode.
            "standard" | "legacy" => RetryConfig::standard(),
            "adaptive" => RetryConfig::adaptive(),
            _ => return Err(mode.refuse("is no retry mode: use `standard` or `adaptive`")),
        },
    };
    let Some(attempts) = attempts else { return Ok(Some(config)) };
    match attempts.text.parse() {
        Ok(number @ 1..) => Ok(Some(config.with_max_attempts(number))),
        _ => Err(attempts.refuse("is no number of attempts: use 1 or more")),
    }
}
