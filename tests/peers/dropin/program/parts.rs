//! Parts of a client that a program replaces: authentication, retry budget, a share of the endpoint rules.

use crate::{Transcript, configure};
use aws_sdk_proton::Client;
use aws_sdk_proton::config::auth::{Params as AuthParams, ResolveAuthScheme};
use aws_sdk_proton::config::endpoint::{DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint};
use aws_sdk_proton::config::retry::{ClientRateLimiter, RetryPartition, TokenBucket};
use aws_sdk_proton::config::{ConfigBag, RuntimeComponents};
use aws_sdk_proton::error::{ErrorMetadata, ProvideErrorMetadata};
use aws_sdk_proton::operation::list_services::ListServices;
use aws_sdk_proton::types::error::ThrottlingException;
use aws_sdk_proton::types::error::builders::ThrottlingExceptionBuilder;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, AuthSchemeOptionsFuture, Sign,
};
use aws_smithy_runtime_api::client::identity::{Identity, IdentityFuture, ResolveIdentity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;

const BEARER: AuthSchemeId = AuthSchemeId::new("bearer");

#[derive(Clone, Debug)]
struct Bearer;

impl AuthScheme for Bearer {
    fn scheme_id(&self) -> AuthSchemeId {
        BEARER
    }

    fn identity_resolver(&self, _: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        Some(SharedIdentityResolver::new(Self))
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl ResolveIdentity for Bearer {
    fn resolve_identity<'a>(&'a self, _: &'a RuntimeComponents, _: &'a ConfigBag) -> IdentityFuture<'a> {
        IdentityFuture::ready(Ok(Identity::new("token", None)))
    }
}

impl Sign for Bearer {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        let token = identity.data::<&str>().ok_or("another identity")?;
        request.headers_mut().insert("authorization", format!("Bearer {token}"));
        Ok(())
    }
}

impl ResolveAuthScheme for Bearer {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a AuthParams,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let sigv4 = AuthSchemeId::new("sigv4");
        let order = if params.operation_name() == "GetService" { vec![BEARER, sigv4] } else { vec![sigv4] };
        AuthSchemeOptionsFuture::ready(Ok(order.into_iter().map(Into::into).collect()))
    }
}

/// The service's rules, in another Region.
#[derive(Debug)]
struct Elsewhere(DefaultResolver);

impl ResolveEndpoint for Elsewhere {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        let endpoint = params.endpoint().unwrap_or_default().to_owned();
        EndpointFuture::new(async move {
            let there = Params::builder().region("eu-west-1").build()?;
            let endpoint_there = self.0.resolve_endpoint(&there).await?;
            let host = endpoint_there.url().trim_start_matches("https://").to_owned();
            Ok(Endpoint::builder().url(format!("{endpoint}/{host}")).build())
        })
    }
}

pub(crate) async fn run(endpoint: &str, seen: &mut Transcript) {
    let token = || configure::config(endpoint).push_auth_scheme(Bearer);
    let client = Client::from_conf(token().auth_scheme_resolver(Bearer).build());
    seen.note("by token", client.get_service().name("plain").send().await.is_ok());
    seen.note("signed", client.list_services().send().await.is_ok());
    seen.note("schemes", client.config().auth_scheme_resolver().is_some());
    seen.note("signing name", client.config().signing_name());
    let unsigned = configure::config(endpoint).allow_no_auth().auth_scheme_preference([AuthSchemeId::new("noAuth")]);
    let client = Client::from_conf(unsigned.build());
    seen.note("unsigned", client.get_service().name("plain").send().await.is_ok());

    let resolver = Elsewhere(DefaultResolver::new());
    let client = Client::from_conf(configure::config(endpoint).endpoint_resolver(resolver).build());
    seen.note("elsewhere", client.get_service().name("plain").send().await.is_ok());

    let limiter = ClientRateLimiter::new(10.0);
    let partition = RetryPartition::custom("mine").token_bucket(TokenBucket::new(3)).client_rate_limiter(limiter);
    let poor = configure::config(endpoint).retry_partition(partition.build());
    let client = Client::from_conf(poor.emit_input_attributes(["name"]).capture_input_attributes(["spec"]).build());
    seen.note("partition", client.config().retry_partition().map(ToString::to_string).unwrap_or_default());
    let error = client.get_service().name("broken").send().await.expect_err("it is down, and there is no budget");
    seen.note("no budget", format!("{:?}", error.code()));

    let mut builder: ThrottlingExceptionBuilder = ThrottlingException::builder().message("slow down");
    builder.set_meta(Some(ErrorMetadata::builder().code("Slow").build()));
    let error = builder.build().expect("it has a message");
    seen.note("kind", format!("{:?} {:?}", error.retryable_error_kind(), error.meta().code()));
    seen.note("operation", format!("{:?}", ListServices::new()));
}
