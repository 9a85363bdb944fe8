//! Authentication schemes of the program, in place of signatures.

use crate::support::{CreateThing, SERVICE, Server, answer, call, config, handle, input};
use aws_smithy_runtime_api::client::auth::*;
use aws_smithy_runtime_api::client::identity::{Identity, IdentityFuture, ResolveIdentity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;
use smithy_runtime::client::{Call, Handle};
use smithy_runtime::config::auth::{DefaultAuthSchemeResolver, Params, ResolveAuthScheme};
use smithy_runtime::config::endpoint::{self, EndpointFuture, ResolveEndpoint};
use smithy_runtime::config::{Builder, Config, ConfigBag, Credentials, HttpRequest, RuntimeComponents};
use smithy_runtime::error::{BoxError, ConfigError, SdkError};

const BEARER: AuthSchemeId = AuthSchemeId::new("bearer");

/// Sends a token.
#[derive(Clone, Debug)]
struct Bearer(&'static str, AuthSchemeId);

impl AuthScheme for Bearer {
    fn scheme_id(&self) -> AuthSchemeId {
        self.1.clone()
    }

    fn identity_resolver(&self, _: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        Some(SharedIdentityResolver::new(self.clone()))
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl ResolveIdentity for Bearer {
    fn resolve_identity<'a>(&'a self, _: &'a RuntimeComponents, _: &'a ConfigBag) -> IdentityFuture<'a> {
        IdentityFuture::ready(Ok(Identity::new(self.0, None)))
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

/// Names the schemes for the operation of the tests.
#[derive(Debug)]
struct Order(Vec<AuthSchemeId>);

impl ResolveAuthScheme for Order {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        assert_eq!(params.operation_name(), "CreateThing");
        AuthSchemeOptionsFuture::ready(Ok(self.0.iter().cloned().map(Into::into).collect()))
    }
}

fn ids(names: &[&'static str]) -> Vec<AuthSchemeId> {
    names.iter().map(|name| AuthSchemeId::new(name)).collect()
}

#[tokio::test]
async fn the_first_scheme_that_is_there_is_used() {
    let bearer = || Bearer("abc", BEARER);
    for (order, preference, expected) in [
        (vec!["bearer", "sigv4"], vec![], Some("Bearer abc")),
        (vec!["unknown", "sigv4", "bearer"], vec![], Some("AWS4-HMAC-SHA256")),
        (vec!["sigv4", "bearer"], vec!["other", "bearer"], Some("Bearer abc")),
        (vec!["noAuth"], vec![], None),
    ] {
        let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
        let mut config = config(&server).push_auth_scheme(bearer()).auth_scheme_resolver(Order(ids(&order)));
        if !preference.is_empty() {
            config = config.auth_scheme_preference(ids(&preference));
        }
        call(config).send(input()).await.unwrap();
        let sent = &server.header("authorization")[0];
        let sent = sent.as_deref().map(|value| if value.starts_with("AWS4") { "AWS4-HMAC-SHA256" } else { value });
        assert_eq!(sent, expected, "{order:?} {preference:?}");
    }
}

#[tokio::test]
async fn a_scheme_may_take_the_place_of_signatures() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let client = handle(config(&server).push_auth_scheme(Bearer("own", AuthSchemeId::new("sigv4"))));
    assert_eq!(client.config().auth_schemes().count(), 1);
    assert_eq!(client.config().signing_name(), "enginetest");
    Call::<CreateThing>::new(client).send(input()).await.unwrap();
    let usual = config(&server).auth_scheme_resolver(DefaultAuthSchemeResolver);
    call(usual).send(input()).await.unwrap();
    let sent = server.header("authorization");
    assert_eq!(sent[0].as_deref(), Some("Bearer own"));
    assert!(sent[1].as_ref().unwrap().starts_with("AWS4-HMAC-SHA256"));
}

#[tokio::test]
async fn a_scheme_that_is_not_there_is_named() {
    let server = Server::start([answer("{}")]).await;
    let config = config(&server).auth_scheme_resolver(Order(vec![BEARER]));
    let error = call(config).send(input()).await.unwrap_err();
    assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
    assert!(error.to_string().contains("no authentication scheme of `bearer` is there"), "{error}");
    assert!(server.requests().is_empty());
    assert!(Params::builder().build().unwrap_err().to_string().contains("operation_name"));
}

#[test]
fn a_program_that_signs_or_locates_by_itself_needs_no_credentials_or_region() {
    let check = |config: Builder| Handle::checked(config.build(), &SERVICE).map(drop);
    let own = Config::builder().endpoint_url("http://localhost/").push_auth_scheme(Bearer("abc", BEARER));
    assert_eq!(check(own.auth_scheme_resolver(Order(vec![BEARER]))), Ok(()));
    let located = Config::builder().credentials_provider(Credentials::new("a", "b", None, None, "test"));
    assert_eq!(check(located.clone()), Err(ConfigError::MissingRegion));
    assert_eq!(check(located.endpoint_resolver(Nowhere)), Ok(()));
}

/// A resolver that is never asked.
#[derive(Debug)]
struct Nowhere;

impl ResolveEndpoint for Nowhere {
    fn resolve_endpoint<'a>(&'a self, _: &'a endpoint::Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Err("nowhere".into()))
    }
}
