//! Laying a configuration over another.

use super::{Builder, Config};
use crate::error::ConfigError;

impl Config {
    /// Puts the settings of `over` in place of those here, for the service with this SDK id; lists are appended.
    ///
    /// # Errors
    /// An endpoint URL in its environment that is none. All else is laid over.
    pub(crate) fn lay_over(&mut self, over: Builder, service_id: &str) -> Result<(), ConfigError> {
        let mut over = over.config;
        // What its environment says counts as set, and so wins over what is set here.
        let endpoint = over.resolve_endpoint_url(service_id);
        if over.chain.is_some() {
            self.credentials_provider = None;
        }
        macro_rules! take {
            ($($name:ident)*) => { $(if over.$name.is_some() { self.$name = over.$name; })* };
        }
        take! {
            account_id_endpoint_mode app_name auth_scheme_preference auth_scheme_resolver behavior_version ca_bundle
            chain credentials_provider disable_clock_skew_correction endpoint_resolver endpoint_url http_client
            idempotency_token_provider identity_cache invocation_id_generator random region retry_partition
            sleep_impl stalled_stream_protection strict_responses time_source use_dual_stack use_fips validate_requests
        }
        if let Some(mut timeouts) = over.timeout_config {
            // A configuration without any time-out turns them all off, as `TimeoutConfig::disabled()` does.
            if let (true, Some(base)) = (timeouts.has_timeouts(), &self.timeout_config) {
                timeouts.take_defaults_from(base);
            }
            self.timeout_config = Some(timeouts);
        }
        if over.retry_config.is_some() {
            self.retry_config = over.retry_config;
        }
        if !over.telemetry.is_empty() {
            self.telemetry = over.telemetry;
        }
        self.allow_no_auth |= over.allow_no_auth;
        self.auth_schemes.extend(over.auth_schemes);
        self.framework_metadata.extend(over.framework_metadata);
        self.interceptors.extend(over.interceptors);
        self.retry_classifiers.extend(over.retry_classifiers);
        endpoint
    }
}
