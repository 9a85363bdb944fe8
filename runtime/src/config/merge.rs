//! Laying a configuration over another.

use super::{Builder, Config};

impl Config {
    /// This configuration with the settings of `over` in place of its own; lists are appended.
    pub(crate) fn overridden_by(&self, over: Builder) -> Self {
        let mut merged = self.clone();
        let over = over.config;
        macro_rules! take {
            ($($name:ident)*) => { $(if over.$name.is_some() { merged.$name = over.$name; })* };
        }
        take! {
            account_id_endpoint_mode app_name auth_scheme_preference auth_scheme_resolver behavior_version ca_bundle
            chain credentials_provider disable_clock_skew_correction endpoint_resolver endpoint_url http_client
            idempotency_token_provider identity_cache invocation_id_generator random region retry_partition
            settings shared sleep_impl stalled_stream_protection strict_responses time_source use_dual_stack use_fips
            validate_requests
        }
        if let Some(mut timeouts) = over.timeout_config {
            // A configuration without any time-out turns them all off, as `TimeoutConfig::disabled()` does.
            if let (true, Some(base)) = (timeouts.has_timeouts(), &self.timeout_config) {
                timeouts.take_defaults_from(base);
            }
            merged.timeout_config = Some(timeouts);
        }
        if over.retry_config.is_some() {
            merged.retry_config = over.retry_config;
        }
        if !over.telemetry.is_empty() {
            merged.telemetry = over.telemetry;
        }
        merged.allow_no_auth |= over.allow_no_auth;
        merged.auth_schemes.extend(over.auth_schemes);
        merged.framework_metadata.extend(over.framework_metadata);
        merged.interceptors.extend(over.interceptors);
        merged.retry_classifiers.extend(over.retry_classifiers);
        merged
    }
}
