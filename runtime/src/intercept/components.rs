//! The components that hooks, identity caches and HTTP clients of the program are given.

use crate::config::Config;
use crate::config::auth::SIGV4;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign};
use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityCache, SharedIdentityResolver};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::retries::{RetryStrategy, ShouldAttempt};
use aws_smithy_runtime_api::client::runtime_components::{
    BuildError, GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;

/// Real time, sleep, credentials and cache. What the engine does itself is only there to be named.
pub(crate) fn components(
    config: &Config,
    time: &SharedTimeSource,
    sleep: &SharedAsyncSleep,
    identity: &SharedIdentityResolver,
    cache: &SharedIdentityCache,
) -> Result<RuntimeComponents, BuildError> {
    let builder = RuntimeComponentsBuilder::new("smithy-runtime")
        .with_auth_scheme_option_resolver(Some(StaticAuthSchemeOptionResolver::new(vec![SIGV4])))
        .with_auth_scheme(Engine)
        .with_identity_resolver(SIGV4, identity.clone())
        .with_identity_cache(Some(cache.clone()))
        .with_http_client(config.http_client.clone())
        .with_retry_strategy(Some(Engine))
        .with_sleep_impl(Some(sleep.clone()))
        .with_time_source(Some(time.clone()));
    match &config.endpoint_resolver {
        Some(resolver) => builder.with_endpoint_resolver(Some(resolver.clone())),
        None => builder.with_endpoint_resolver(Some(Engine)),
    }
    .build()
}

/// Stands for what the engine does without being asked through the components.
#[derive(Debug)]
struct Engine;

const OURS: &str = "the engine does this itself";

impl AuthScheme for Engine {
    fn scheme_id(&self) -> AuthSchemeId {
        SIGV4
    }

    fn identity_resolver(&self, resolvers: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(SIGV4)
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Engine {
    fn sign_http_request(
        &self,
        _: &mut HttpRequest,
        _: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        Err(OURS.into())
    }
}

impl ResolveEndpoint for Engine {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(Err(OURS.into()))
    }
}

impl RetryStrategy for Engine {
    fn should_attempt_initial_request(&self, _: &RuntimeComponents, _: &ConfigBag) -> Result<ShouldAttempt, BoxError> {
        Ok(ShouldAttempt::Yes)
    }

    fn should_attempt_retry(
        &self,
        _: &InterceptorContext,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        Ok(ShouldAttempt::No)
    }
}
