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

mod builder;
mod getters;
mod invocation;
mod merge;
mod reexport;
mod sdk_config;
mod token;

pub use builder::Builder;
pub use invocation::{InvocationId, InvocationIdGenerator, SharedInvocationIdGenerator};
pub use reexport::*;
pub use token::IdempotencyTokenProvider;

pub use crate::identity::{IdentityCache, IdentityCacheBuilder};
pub use crate::random::{RandomSource, SharedRandom};

use retry::RetryConfig;
use std::sync::Arc;
use timeout::TimeoutConfig;

/// A client's configuration. What is not set takes a default when a client is made.
#[derive(Clone, Default)]
pub struct Config {
    pub(crate) allow_no_auth: bool,
    pub(crate) app_name: Option<AppName>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
    pub(crate) credentials_provider: Option<SharedCredentialsProvider>,
    pub(crate) disable_clock_skew_correction: Option<bool>,
    pub(crate) endpoint_resolver: Option<endpoint::SharedEndpointResolver>,
    pub(crate) endpoint_url: Option<String>,
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
    pub(crate) sleep_impl: Option<SharedAsyncSleep>,
    pub(crate) stalled_stream_protection: Option<StalledStreamProtectionConfig>,
    pub(crate) strict_responses: Option<bool>,
    pub(crate) time_source: Option<SharedTimeSource>,
    pub(crate) timeout_config: Option<TimeoutConfig>,
    pub(crate) use_dual_stack: Option<bool>,
    pub(crate) use_fips: Option<bool>,
    pub(crate) validate_requests: Option<bool>,
    /// Where a service's own endpoint URL is looked up, once it is known which service the client is for.
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
