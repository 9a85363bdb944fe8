//! Resolvers: a service's own rules, or a program's.

use super::{Endpoint, Params, ResolveEndpointError};
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint as ResolveShared, SharedEndpointResolver,
};
use std::error::Error;
use std::fmt::Debug;

/// Chooses the endpoint of each request, in place of the service's own rules.
///
/// ```
/// use aws_smithy_runtime_api::client::endpoint::EndpointFuture;
/// use aws_smithy_types::endpoint::Endpoint;
/// use smithy_runtime::endpoint::{Params, ResolveEndpoint};
///
/// #[derive(Debug)]
/// struct PerStage(&'static str);
///
/// impl ResolveEndpoint for PerStage {
///     fn resolve_endpoint<'a>(&'a self, _params: &'a Params) -> EndpointFuture<'a> {
///         let url = format!("https://{}.example.com", self.0);
///         EndpointFuture::ready(Ok(Endpoint::builder().url(url).build()))
///     }
/// }
/// ```
pub trait ResolveEndpoint: Send + Sync + Debug {
    /// The endpoint for these parameters, at once or later.
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

    /// The resolver in the form that a client's configuration holds.
    fn into_shared_resolver(self) -> SharedEndpointResolver
    where
        Self: Sized + 'static,
    {
        SharedEndpointResolver::new(Typed(self))
    }
}

/// Asks the resolver; what goes wrong, whatever its type, becomes one line of text.
pub async fn resolve(resolver: &SharedEndpointResolver, params: Params) -> Result<Endpoint, ResolveEndpointError> {
    let params = EndpointResolverParams::new(params);
    match resolver.resolve_endpoint(&params).await {
        Ok(endpoint) => Ok(endpoint.into()),
        Err(error) => match error.downcast::<ResolveEndpointError>() {
            Ok(error) => Err(*error),
            Err(error) => Err(ResolveEndpointError::new(chain(&*error))),
        },
    }
}

/// A service's own rules as a resolver, for programs that wrap them.
#[derive(Clone, Copy, Debug)]
pub struct RulesResolver {
    rules: fn(&Params) -> Result<Endpoint, ResolveEndpointError>,
}

impl RulesResolver {
    /// A resolver that follows these rules.
    pub fn new(rules: fn(&Params) -> Result<Endpoint, ResolveEndpointError>) -> Self {
        Self { rules }
    }
}

impl ResolveEndpoint for RulesResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready((self.rules)(params).map(Into::into).map_err(Into::into))
    }
}

/// Finds our parameters in the box that the shared vocabulary passes around.
#[derive(Debug)]
struct Typed<R>(R);

impl<R: ResolveEndpoint> ResolveShared for Typed<R> {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_endpoint(params),
            None => EndpointFuture::ready(Err("the endpoint parameters are another crate's".into())),
        }
    }
}

fn chain(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}
