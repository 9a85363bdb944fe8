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
            app_name behavior_version credentials_provider disable_clock_skew_correction endpoint_resolver endpoint_url
            http_client idempotency_token_provider identity_cache invocation_id_generator random region sleep_impl
            stalled_stream_protection strict_responses time_source use_dual_stack use_fips shared validate_requests
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
        merged.allow_no_auth |= over.allow_no_auth;
        merged.framework_metadata.extend(over.framework_metadata);
        merged.interceptors.extend(over.interceptors);
        merged.retry_classifiers.extend(over.retry_classifiers);
        merged
    }
}
