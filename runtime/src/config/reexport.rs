//! The vocabulary of configurations, under the names that AWS SDKs for Rust give it.

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
pub use aws_smithy_async::time::{SharedTimeSource, TimeSource};
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
pub use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
pub use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
pub use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::shared::IntoShared;
pub use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
pub use aws_types::SdkConfig;
pub use aws_types::app_name::AppName;
pub use aws_types::region::Region;
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;

/// Endpoints and their resolvers.
pub mod endpoint {
    pub use crate::endpoint::{
        InvalidParams, Params, ParamsBuilder, ResolveEndpoint, ResolveEndpointError, RulesResolver,
    };
    pub use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, SharedEndpointResolver};
    pub use aws_smithy_types::endpoint::Endpoint;
    pub use aws_types::endpoint_config::AccountIdEndpointMode;
}

/// HTTP requests and responses, as interceptors see them, and the client that sends them.
pub mod http {
    #[cfg(feature = "http-client")]
    pub use crate::http::{Client, ClientBuilder, Proxy};
    pub use aws_smithy_runtime_api::client::http::{
        HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
    };
    pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
}

/// What interceptors see.
pub mod interceptors {
    pub use aws_smithy_runtime_api::client::interceptors::InterceptorError;
    pub use aws_smithy_runtime_api::client::interceptors::context::{
        AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
        BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
        BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
        BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut, FinalizerInterceptorContextRef,
        InterceptorContext,
    };
}

/// How often and when a request is tried again.
pub mod retry {
    pub use crate::retry::{
        ClientRateLimiter, ClientRateLimiterBuilder, RetryPartition, RetryPartitionBuilder, TokenBucket,
        TokenBucketBuilder,
    };
    pub use aws_smithy_runtime_api::client::retries::ShouldAttempt;
    pub use aws_smithy_runtime_api::client::retries::classifiers::{
        ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason, SharedRetryClassifier,
    };
    pub use aws_smithy_types::retry::RetrySpec;
    pub use aws_smithy_types::retry::{ErrorKind, ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
}

/// How long to wait.
pub mod timeout {
    pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
}
