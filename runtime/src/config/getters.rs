//! Reading a configuration.

use super::*;
use std::fmt::{Debug, Formatter, Result};

macro_rules! getters {
    ($($(#[$doc:meta])+ $name:ident: $type:ty;)*) => {
        impl Config {
            $(
                $(#[$doc])+
                pub fn $name(&self) -> Option<&$type> {
                    self.$name.as_ref()
                }
            )*
        }
    };
}

getters! {
    /// Whether endpoints carry the account id of the caller's credentials.
    account_id_endpoint_mode: AccountIdEndpointMode;
    /// The application's name.
    app_name: AppName;
    /// Which authentication schemes are preferred.
    auth_scheme_preference: AuthSchemePreference;
    /// The Region.
    region: Region;
    /// How often and when a request is tried again.
    retry_config: RetryConfig;
    /// Which clients share a retry budget and a rate limit.
    retry_partition: retry::RetryPartition;
    /// Accepted and without effect.
    stalled_stream_protection: StalledStreamProtectionConfig;
    /// How long to wait.
    timeout_config: TimeoutConfig;
}

impl Config {
    /// What says which authentication schemes a request may be sent with.
    pub fn auth_scheme_resolver(&self) -> Option<auth::SharedAuthSchemeOptionResolver> {
        self.auth_scheme_resolver.clone()
    }

    /// The program's authentication schemes.
    pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
        self.auth_schemes.iter().cloned()
    }

    /// The service's name in signatures; empty for a configuration that no client was made with.
    pub fn signing_name(&self) -> &'static str {
        self.signing_name.unwrap_or_default()
    }

    /// Who signs.
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        self.credentials_provider.clone().or_else(|| Some(self.chain.as_ref()?.provider.clone()))
    }

    /// The file with the certificates to trust instead of the operating system's.
    pub fn ca_bundle(&self) -> Option<&std::path::Path> {
        self.ca_bundle.as_deref()
    }

    /// Whether requests are signed by this machine's clock whatever the service's clock says.
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.disable_clock_skew_correction
    }

    /// What chooses endpoints instead of the service's rules.
    pub fn endpoint_resolver(&self) -> Option<endpoint::SharedEndpointResolver> {
        self.endpoint_resolver.clone()
    }

    /// Where requests go instead of the service's own endpoint.
    pub fn endpoint_url(&self) -> Option<&str> {
        self.endpoint_url.as_deref()
    }

    /// Frameworks and libraries that the user agent names.
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        self.framework_metadata.iter().collect()
    }

    /// The HTTP client, where the built-in one is replaced.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.http_client.clone()
    }

    /// What keeps credentials.
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.identity_cache.clone()
    }

    /// The interceptors, in the order in which they were added.
    pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
        self.interceptors.iter().cloned()
    }

    /// Where the ids come from that tie a call's attempts together.
    pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
        self.invocation_id_generator.clone()
    }

    /// The program's retry classifiers.
    pub fn retry_classifiers(&self) -> impl Iterator<Item = retry::SharedRetryClassifier> + '_ {
        self.retry_classifiers.iter().cloned()
    }

    /// How to wait.
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.sleep_impl.clone()
    }

    /// Whether a response without a required member is an error.
    pub fn strict_responses(&self) -> Option<bool> {
        self.strict_responses
    }

    /// Whether each input is checked against every constraint of the model before it is sent.
    #[cfg(feature = "validate")]
    pub fn validate_requests(&self) -> Option<bool> {
        self.validate_requests
    }

    /// Where the time comes from.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.time_source.clone()
    }
}

// By hand: a provider or client of the program may show secrets in its own `Debug`.
impl Debug for Config {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("Config")
            .field("region", &self.region)
            .field("endpoint_url", &self.endpoint_url.as_deref().map(crate::client::without_secrets))
            .field("use_fips", &self.use_fips)
            .field("use_dual_stack", &self.use_dual_stack)
            .field("retry_config", &self.retry_config)
            .field("timeout_config", &self.timeout_config)
            .field("app_name", &self.app_name)
            .field("allow_no_auth", &self.allow_no_auth)
            .field("has_credentials_provider", &self.credentials_provider().is_some())
            .field("has_http_client", &self.http_client.is_some())
            .field("interceptors", &self.interceptors.len())
            .finish_non_exhaustive()
    }
}
