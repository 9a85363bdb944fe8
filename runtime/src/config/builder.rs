//! Setting a configuration.

use super::*;
use aws_smithy_runtime_api::client::auth::AuthScheme;
use endpoint::{ResolveEndpoint, SharedEndpointResolver};
use retry::{ClassifyRetry, SharedRetryClassifier};
use std::path::PathBuf;

/// Puts a [`Config`] together. Each setting has a form that chains and a form, `set_…`, that takes an option.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    pub(crate) config: Config,
}

macro_rules! settings {
    ($($(#[$doc:meta])+ $name:ident $set:ident: $type:ty = |$value:ident: $from:ty| $into:expr;)*) => {
        impl Builder {
            $(
                $(#[$doc])+
                pub fn $name(mut self, $value: $from) -> Self {
                    self.config.$name = $into;
                    self
                }

                #[doc = concat!("Sets or clears [`", stringify!($name), "`](Self::", stringify!($name), ").")]
                pub fn $set(&mut self, value: Option<$type>) -> &mut Self {
                    self.config.$name = value;
                    self
                }
            )*
        }
    };
}

settings! {
    /// Whether endpoints name the account of the credentials, for services whose endpoints can. The default is that they
    /// do where the credentials know it.
    account_id_endpoint_mode set_account_id_endpoint_mode: AccountIdEndpointMode =
        |mode: AccountIdEndpointMode| Some(mode);
    /// The application's name, for the user agent.
    app_name set_app_name: AppName = |name: AppName| Some(name);
    /// Which authentication schemes are preferred where more than one may be used, the best first.
    auth_scheme_preference set_auth_scheme_preference: AuthSchemePreference =
        |preference: impl Into<AuthSchemePreference>| Some(preference.into());
    /// Accepted for the sake of programs that set it; there is one behaviour.
    behavior_version set_behavior_version: BehaviorVersion = |version: BehaviorVersion| Some(version);
    /// A PEM file with the certificates to trust instead of the operating system's.
    ca_bundle set_ca_bundle: PathBuf = |path: impl Into<PathBuf>| Some(path.into());
    /// Who signs. Without it: the environment's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    credentials_provider set_credentials_provider: SharedCredentialsProvider =
        |provider: impl ProvideCredentials + 'static| Some(SharedCredentialsProvider::new(provider));
    /// Signs by this machine's clock even when the service's is minutes away from it.
    disable_clock_skew_correction set_disable_clock_skew_correction: bool =
        |disable: impl Into<Option<bool>>| disable.into();
    /// Chooses endpoints instead of the service's rules.
    endpoint_resolver set_endpoint_resolver: SharedEndpointResolver =
        |resolver: impl ResolveEndpoint + 'static| Some(resolver.into_shared_resolver());
    /// Where requests go instead of the service's own endpoint: `https://host`, with or without port and base path.
    endpoint_url set_endpoint_url: String = |url: impl Into<String>| Some(url.into());
    /// The HTTP client, in place of the built-in one.
    http_client set_http_client: SharedHttpClient =
        |client: impl HttpClient + 'static| Some(SharedHttpClient::new(client));
    /// Where idempotency tokens come from. The default is a random UUID for each call.
    idempotency_token_provider set_idempotency_token_provider: IdempotencyTokenProvider =
        |provider: impl Into<IdempotencyTokenProvider>| Some(provider.into());
    /// Where the ids come from that tie a call's attempts together. The default is a random UUID for each call.
    invocation_id_generator set_invocation_id_generator: SharedInvocationIdGenerator =
        |generator: impl InvocationIdGenerator + 'static| Some(SharedInvocationIdGenerator::new(generator));
    /// Where random numbers come from: tokens, ids and the length of pauses.
    random set_random: SharedRandom = |random: impl RandomSource + 'static| Some(SharedRandom::new(random));
    /// The Region to call and to sign for.
    region set_region: Region = |region: impl Into<Option<Region>>| region.into();
    /// How often and when a request is tried again. The default is three attempts in the standard mode.
    ///
    /// A retry waits up to 50 ms, doubled for each further one, up to 1 s after throttling, and never more than 20 s;
    /// with an `initial_backoff` of its own, or `RetrySpec::v2_0()`, it starts there. The adaptive mode also slows the
    /// client down after throttling. After a time-out, a broken connection or a server's failure the next attempt
    /// goes over a new connection, unless `ReconnectMode::ReuseAllConnections` or `RetrySpec::v2_1()` is set.
    retry_config set_retry_config: RetryConfig = |config: RetryConfig| Some(config);
    /// Which clients share a retry budget and a rate limit. The default is all of the process with the same service
    /// and Region.
    retry_partition set_retry_partition: retry::RetryPartition = |partition: retry::RetryPartition| Some(partition);
    /// How to wait between attempts, and for time-outs. The default is tokio's timer.
    sleep_impl set_sleep_impl: SharedAsyncSleep = |sleep: impl AsyncSleep + 'static| Some(SharedAsyncSleep::new(sleep));
    /// Accepted for the sake of programs that set it; read time-outs guard every body.
    stalled_stream_protection set_stalled_stream_protection: StalledStreamProtectionConfig =
        |config: StalledStreamProtectionConfig| Some(config);
    /// Whether a response without a member that the model requires is an error. By default the member takes an empty
    /// value and a warning is logged.
    strict_responses set_strict_responses: bool = |strict: bool| Some(strict);
    /// Where the time comes from. The default is the system's clock.
    time_source set_time_source: SharedTimeSource = |time: impl TimeSource + 'static| Some(SharedTimeSource::new(time));
    /// How long to wait. What is not set is 3.1 s to connect, 30 s without a byte of the answer, 60 s for an attempt,
    /// 300 s for a call with all its attempts.
    timeout_config set_timeout_config: TimeoutConfig = |config: TimeoutConfig| Some(config);
    /// Calls the endpoint that answers over IPv4 and IPv6.
    use_dual_stack set_use_dual_stack: bool = |dual: impl Into<bool>| Some(dual.into());
    /// Calls the endpoint whose cryptography is FIPS 140 validated.
    use_fips set_use_fips: bool = |fips: impl Into<bool>| Some(fips.into());
}

#[cfg(feature = "validate")]
settings! {
    /// Whether each input is checked against every constraint of the model before it is sent: see
    /// [`validate`](crate::validate). Required members are looked at in any case.
    validate_requests set_validate_requests: bool = |validate: bool| Some(validate);
}

impl Builder {
    /// Starts with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// See [`behavior_version`](Self::behavior_version).
    pub fn behavior_version_latest(self) -> Self {
        self.behavior_version(BehaviorVersion::latest())
    }

    /// Says which authentication schemes a request may be sent with. By default it is signed.
    pub fn auth_scheme_resolver(mut self, resolver: impl auth::ResolveAuthScheme + 'static) -> Self {
        self.set_auth_scheme_resolver(resolver);
        self
    }

    /// See [`auth_scheme_resolver`](Self::auth_scheme_resolver).
    pub fn set_auth_scheme_resolver(&mut self, resolver: impl auth::ResolveAuthScheme + 'static) -> &mut Self {
        self.config.auth_scheme_resolver = Some(resolver.into_shared_resolver());
        self
    }

    /// Adds an authentication scheme, or takes the place of `sigv4` where it has that name.
    pub fn push_auth_scheme(mut self, scheme: impl AuthScheme + 'static) -> Self {
        self.config.auth_schemes.push(SharedAuthScheme::new(scheme));
        self
    }

    /// Sends requests unsigned when there are no credentials.
    pub fn allow_no_auth(mut self) -> Self {
        self.set_allow_no_auth();
        self
    }

    /// See [`allow_no_auth`](Self::allow_no_auth).
    pub fn set_allow_no_auth(&mut self) -> &mut Self {
        self.config.allow_no_auth = true;
        self
    }

    /// Gives interceptors, and metrics as attributes, the values of these input members, by their names in the model.
    /// Members that are text and not sensitive count. Interceptors find them in the bag as
    /// `aws_smithy_types::telemetry::CapturedTelemetryAttributes`.
    pub fn emit_input_attributes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.config.telemetry.emit(names.into_iter().map(Into::into));
        self
    }

    /// As [`emit_input_attributes`](Self::emit_input_attributes), for interceptors alone.
    pub fn capture_input_attributes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.config.telemetry.capture_only(names.into_iter().map(Into::into));
        self
    }

    /// Names a framework or library in the user agent.
    pub fn framework_metadata(mut self, metadata: FrameworkMetadata) -> Self {
        self.push_framework_metadata(metadata);
        self
    }

    /// See [`framework_metadata`](Self::framework_metadata).
    pub fn push_framework_metadata(&mut self, metadata: FrameworkMetadata) -> &mut Self {
        self.config.framework_metadata.push(metadata);
        self
    }

    /// Keeps credentials as long as they are valid. See [`IdentityCache`].
    pub fn identity_cache(mut self, cache: impl ResolveCachedIdentity + 'static) -> Self {
        self.set_identity_cache(cache);
        self
    }

    /// See [`identity_cache`](Self::identity_cache).
    pub fn set_identity_cache(&mut self, cache: impl ResolveCachedIdentity + 'static) -> &mut Self {
        self.config.identity_cache = Some(SharedIdentityCache::new(cache));
        self
    }

    /// Adds code that runs at set points of each call.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.push_interceptor(SharedInterceptor::new(interceptor));
        self
    }

    /// See [`interceptor`](Self::interceptor).
    pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
        self.config.interceptors.push(interceptor);
        self
    }

    /// Replaces all interceptors.
    pub fn set_interceptors(&mut self, interceptors: impl IntoIterator<Item = SharedInterceptor>) -> &mut Self {
        self.config.interceptors = interceptors.into_iter().collect();
        self
    }

    /// Adds code that decides whether a failure is tried again.
    pub fn retry_classifier(mut self, classifier: impl ClassifyRetry + 'static) -> Self {
        self.push_retry_classifier(SharedRetryClassifier::new(classifier));
        self
    }

    /// See [`retry_classifier`](Self::retry_classifier).
    pub fn push_retry_classifier(&mut self, classifier: SharedRetryClassifier) -> &mut Self {
        self.config.retry_classifiers.push(classifier);
        self
    }

    /// Replaces all retry classifiers of the program; the built-in rules stay.
    pub fn set_retry_classifiers(&mut self, all: impl IntoIterator<Item = SharedRetryClassifier>) -> &mut Self {
        self.config.retry_classifiers = all.into_iter().collect();
        self
    }

    /// The configuration.
    pub fn build(self) -> Config {
        self.config
    }
}
