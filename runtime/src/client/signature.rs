//! Who signs a call, and the signature of an attempt.

use super::attempt::corrects_skew;
use super::failure::Failure;
use super::handle::Inner;
use super::target::Target;
use crate::error::ConfigError;
use crate::operation::Metadata;
use crate::sign::{self, Scope};
use aws_smithy_runtime_api::client::identity::{Identity, ResolveCachedIdentity};
use aws_smithy_types::config_bag::ConfigBag;
use bytes::Bytes;
use http::Request;

/// Signs the request, unless the call goes unsigned.
pub(super) async fn sign(
    inner: &Inner,
    metadata: &Metadata,
    request: &mut Request<Bytes>,
    target: Option<&Target>,
) -> Result<(), Failure> {
    let Some(identity) = identity(inner, metadata).await? else { return Ok(()) };
    if let Some(scheme) = target.and_then(|target| target.other_scheme.as_deref()) {
        let reason = format!(
            "this endpoint takes requests of the scheme `{scheme}` alone: `push_auth_scheme(..)` and \
             `auth_scheme_resolver(..)` add one"
        );
        return Err(Failure::Construction(reason.into()));
    }
    let region = target.and_then(|target| target.signing_region.as_deref());
    let region = region.or(inner.config.region.as_ref().map(|region| region.as_ref()));
    let now = inner.time.now();
    let scope = Scope {
        identity: &identity,
        name: target.and_then(|target| target.signing_name.as_deref()).unwrap_or(inner.service.signing_name),
        region: region.ok_or_else(|| Failure::Construction(ConfigError::MissingRegion.into()))?,
        time: if corrects_skew(inner) { inner.skew.correct(now) } else { now },
        single_encoding: target.is_some_and(|target| target.single_encoding),
    };
    sign::sign(request, &scope).map_err(Failure::Construction)
}

/// The credentials of a call; `None` where it goes unsigned.
pub(super) async fn identity(inner: &Inner, metadata: &Metadata) -> Result<Option<Identity>, Failure> {
    let Some(resolver) = inner.identity.as_ref().filter(|_| !metadata.anonymous) else { return Ok(None) };
    let bag = ConfigBag::base();
    match inner.cache.resolve_cached_identity(resolver.clone(), &inner.components, &bag).await {
        Ok(identity) => Ok(Some(identity)),
        // A place that was only looked into, such as an instance that this machine is not.
        Err(error) if inner.config.allow_no_auth && is_missing(&*error) => Ok(None),
        Err(error) => Err(Failure::Construction(error)),
    }
}

fn is_missing(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(ConfigError::of_credentials(error), ConfigError::MissingCredentials { .. })
}
