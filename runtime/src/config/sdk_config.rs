//! Taking a configuration from the one that all services share.

use super::{Builder, Config};
use crate::error::ConfigError;
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use std::sync::Arc;

impl From<&SdkConfig> for Config {
    fn from(shared: &SdkConfig) -> Self {
        // A URL that the program set wins; one from the environment gives way to the service's own.
        let look_up = shared.service_config().is_some() && !shared.get_origin("endpoint_url").is_client_config();
        Self {
            account_id_endpoint_mode: shared.account_id_endpoint_mode().cloned(),
            app_name: shared.app_name().cloned(),
            auth_scheme_preference: shared.auth_scheme_preference().cloned(),
            behavior_version: shared.behavior_version(),
            credentials_provider: shared.credentials_provider(),
            disable_clock_skew_correction: shared.disable_clock_skew_correction(),
            endpoint_url: shared.endpoint_url().filter(|_| !look_up).map(str::to_owned),
            framework_metadata: shared.framework_metadata().to_vec(),
            http_client: shared.http_client(),
            identity_cache: shared.identity_cache(),
            region: shared.region().cloned(),
            retry_config: shared.retry_config().cloned(),
            sleep_impl: shared.sleep_impl(),
            stalled_stream_protection: shared.stalled_stream_protection(),
            time_source: shared.time_source(),
            timeout_config: shared.timeout_config().cloned(),
            use_dual_stack: shared.use_dual_stack(),
            use_fips: shared.use_fips(),
            shared: look_up.then(|| Arc::new(shared.clone())),
            ..Self::default()
        }
    }
}

impl From<&SdkConfig> for Builder {
    fn from(shared: &SdkConfig) -> Self {
        Self { config: shared.into() }
    }
}

impl From<Config> for Builder {
    fn from(config: Config) -> Self {
        Self { config }
    }
}

impl Config {
    /// Settles the endpoint URL for the service with this SDK id.
    pub(crate) fn resolve_endpoint_url(&mut self, service_id: &str) -> Result<(), ConfigError> {
        if let (Some(settings), None) = (self.settings.take(), &self.endpoint_url) {
            self.endpoint_url = settings.checked_endpoint_url(service_id)?;
        }
        let Some(shared) = self.shared.take() else { return Ok(()) };
        if self.endpoint_url.is_none() {
            let key = ServiceConfigKey::builder()
                .service_id(service_id)
                .env("AWS_ENDPOINT_URL")
                .profile("endpoint_url")
                .build();
            let own = shared.service_config().zip(key.ok()).and_then(|(config, key)| config.load_config(key));
            self.endpoint_url = own.or_else(|| shared.endpoint_url().map(str::to_owned));
        }
        Ok(())
    }
}
