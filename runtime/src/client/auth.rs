//! Which authentication scheme a request is sent with, where the program has a say in it.

use super::failure::Failure;
use super::handle::Inner;
use super::signature;
use super::target::Target;
use crate::config::auth::{NO_AUTH, Params, SIGV4};
use crate::http::{from_shared_request, to_shared_request};
use crate::operation::Metadata;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams,
    ResolveAuthSchemeOptions, SharedAuthScheme,
};
use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityResolver};
use aws_smithy_types::config_bag::ConfigBag;
use bytes::Bytes;
use http::Request;

/// Makes the request one that the service can tell the sender of.
pub(super) async fn authenticate(
    inner: &Inner,
    metadata: &Metadata,
    request: &mut Request<Bytes>,
    target: Option<&Target>,
) -> Result<(), Failure> {
    let config = &inner.config;
    let usual = config.auth_scheme_resolver.is_none()
        && config.auth_schemes.is_empty()
        && config.auth_scheme_preference.is_none();
    if usual || metadata.anonymous {
        return signature::sign(inner, metadata, request, target).await;
    }
    let mut bag = ConfigBag::base();
    let options = options(inner, metadata, &bag).await?;
    for option in &options {
        if let Some((scheme, resolver)) = custom(inner, option.scheme_id()) {
            if let Some(properties) = option.properties() {
                bag.push_shared_layer(properties);
            }
            return sign(inner, scheme, resolver, request, &bag).await;
        }
        if *option.scheme_id() == SIGV4 {
            return signature::sign(inner, metadata, request, target).await;
        }
        if *option.scheme_id() == NO_AUTH {
            return Ok(());
        }
    }
    let names: Vec<_> = options.iter().map(|option| option.scheme_id().inner()).collect();
    let reason =
        format!("no authentication scheme of `{}` is there: `push_auth_scheme(..)` adds one", names.join("`, `"));
    Err(Failure::Construction(reason.into()))
}

/// What may be used, the preferred first.
async fn options(inner: &Inner, metadata: &Metadata, bag: &ConfigBag) -> Result<Vec<AuthSchemeOption>, Failure> {
    let config = &inner.config;
    let mut options = match &config.auth_scheme_resolver {
        None => vec![SIGV4.into()],
        Some(resolver) => {
            let params = Params::builder().operation_name(metadata.name).build();
            let params =
                AuthSchemeOptionResolverParams::new(params.map_err(|error| Failure::Construction(error.into()))?);
            let found = resolver.resolve_auth_scheme_options_v2(&params, bag, &inner.components).await;
            found.map_err(Failure::Construction)?
        }
    };
    if config.allow_no_auth {
        options.push(NO_AUTH.into());
    }
    if let Some(preference) = &config.auth_scheme_preference {
        let preference: Vec<_> = preference.clone().into_iter().collect();
        // A stable sort: what is not preferred keeps its place behind.
        options.sort_by_key(|option| {
            preference.iter().position(|id| id == option.scheme_id()).unwrap_or(preference.len())
        });
    }
    Ok(options)
}

/// The program's scheme of this name, and who signs with it.
fn custom<'a>(inner: &'a Inner, id: &AuthSchemeId) -> Option<(&'a SharedAuthScheme, SharedIdentityResolver)> {
    let scheme = inner.config.auth_schemes.iter().rev().find(|scheme| scheme.scheme_id() == *id)?;
    Some((scheme, scheme.identity_resolver(&inner.components)?))
}

async fn sign(
    inner: &Inner,
    scheme: &SharedAuthScheme,
    resolver: SharedIdentityResolver,
    request: &mut Request<Bytes>,
    bag: &ConfigBag,
) -> Result<(), Failure> {
    let identity = inner.cache.resolve_cached_identity(resolver, &inner.components, bag).await;
    let identity = identity.map_err(Failure::Construction)?;
    let mut shared = to_shared_request(std::mem::take(request)).map_err(Failure::Dispatch)?;
    let endpoint = AuthSchemeEndpointConfig::empty();
    let signed = scheme.signer().sign_http_request(&mut shared, &identity, endpoint, &inner.components, bag);
    *request = from_shared_request(shared).map_err(Failure::Dispatch)?;
    signed.map_err(Failure::Construction)
}
