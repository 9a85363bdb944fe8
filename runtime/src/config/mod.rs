//! What a client is told: where to send, as whom, how often to try, how long to wait.
//!
//! ```
//! use smithy_runtime::config::{Config, Credentials, Region};
//!
//! let config = Config::builder()
//!     .region(Region::new("eu-west-1"))
//!     .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "example"))
//!     .endpoint_url("http://localhost:8080")
//!     .build();
//! assert_eq!(config.region().map(Region::as_ref), Some("eu-west-1"));
//! ```
//!
//! [`Config::from_env`] takes what the environment and the shared files say, for the program to change:
//!
//! ```
//! use smithy_runtime::config::{Config, Environment, retry::RetryConfig};
//!
//! let environment = Environment::empty().with_variable("AWS_REGION", "eu-west-1"); // or `Environment::process()`
//! let config = Config::from_environment(&environment)?.to_builder().retry_config(RetryConfig::adaptive()).build();
//!
//! let wrong = Config::from_environment(&environment.with_variable("AWS_MAX_ATTEMPTS", "many")).unwrap_err();
//! assert_eq!(wrong.to_string(), "AWS_MAX_ATTEMPTS: `many` is no number of attempts: use 1 or more");
//! # Ok::<(), smithy_runtime::error::ConfigError>(())
//! ```

pub mod auth;
mod builder;
mod from_env;
mod getters;
mod invocation;
mod merge;
mod reexport;
mod sdk_config;
mod settings;
mod token;

pub use builder::Builder;
pub use invocation::{InvocationId, InvocationIdGenerator, SharedInvocationIdGenerator};
pub use reexport::*;
pub use token::IdempotencyTokenProvider;

#[cfg(feature = "http-client")]
pub(crate) use settings::Setting;
pub(crate) use settings::Settings;

pub use crate::environment::Environment;
pub use crate::identity::{CredentialsChain, IdentityCache, IdentityCacheBuilder};
pub use crate::random::{RandomSource, SharedRandom};

use crate::identity::Chain;
use aws_smithy_runtime_api::client::auth::{AuthSchemePreference, SharedAuthScheme};
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_types::endpoint_config::AccountIdEndpointMode;
use retry::RetryConfig;
use std::path::PathBuf;
use std::sync::Arc;
use timeout::TimeoutConfig;

/// A client's configuration. What is not set takes a default when a client is made.
#[derive(Clone, Default)]
pub struct Config {
    pub(crate) account_id_endpoint_mode: Option<AccountIdEndpointMode>,
    pub(crate) allow_no_auth: bool,
    pub(crate) app_name: Option<AppName>,
    pub(crate) auth_scheme_preference: Option<AuthSchemePreference>,
    pub(crate) auth_scheme_resolver: Option<auth::SharedAuthSchemeOptionResolver>,
    pub(crate) auth_schemes: Vec<SharedAuthScheme>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
    /// Certificates to trust instead of the operating system's.
    pub(crate) ca_bundle: Option<PathBuf>,
    /// Who signs, where the program names no provider.
    pub(crate) chain: Option<Chain>,
    pub(crate) credentials_provider: Option<SharedCredentialsProvider>,
    pub(crate) disable_clock_skew_correction: Option<bool>,
    pub(crate) endpoint_resolver: Option<endpoint::SharedEndpointResolver>,
    pub(crate) endpoint_url: Option<String>,
    pub(crate) environment: Environment,
    pub(crate) framework_metadata: Vec<FrameworkMetadata>,
    pub(crate) http_client: Option<SharedHttpClient>,
    pub(crate) idempotency_token_provider: Option<IdempotencyTokenProvider>,
    pub(crate) identity_cache: Option<SharedIdentityCache>,
    pub(crate) interceptors: Vec<SharedInterceptor>,
    pub(crate) invocation_id_generator: Option<SharedInvocationIdGenerator>,
    pub(crate) random: Option<SharedRandom>,
    pub(crate) region: Option<Region>,
    pub(crate) retry_classifiers: Vec<retry::SharedRetryClassifier>,
    pub(crate) retry_config: Option<RetryConfig>,
    pub(crate) retry_partition: Option<retry::RetryPartition>,
    /// Of the service that the configuration was last given to.
    pub(crate) signing_name: Option<&'static str>,
    pub(crate) sleep_impl: Option<SharedAsyncSleep>,
    pub(crate) stalled_stream_protection: Option<StalledStreamProtectionConfig>,
    pub(crate) strict_responses: Option<bool>,
    /// Members of inputs that interceptors and metrics are told.
    pub(crate) telemetry: RequestedTelemetryAttributes,
    pub(crate) time_source: Option<SharedTimeSource>,
    pub(crate) timeout_config: Option<TimeoutConfig>,
    pub(crate) use_dual_stack: Option<bool>,
    pub(crate) use_fips: Option<bool>,
    #[cfg(feature = "test-util")]
    pub(crate) user_agent: Option<&'static str>,
    pub(crate) validate_requests: Option<bool>,
    /// Where a service's own endpoint URL is looked up, once it is known which service the client is for.
    pub(crate) settings: Option<Arc<Settings>>,
    /// The same, for a configuration that came as an `SdkConfig`.
    pub(crate) shared: Option<Arc<SdkConfig>>,
}

impl Config {
    /// The configuration that a shared one gives to any service.
    pub fn new(config: &SdkConfig) -> Self {
        Self::from(config)
    }

    /// Starts with nothing set.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A builder that starts from here.
    pub fn to_builder(&self) -> Builder {
        Builder { config: self.clone() }
    }
}
