//! Authentication schemes: which of them a request is sent with, where a program has a say in it.

use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams, ResolveAuthSchemeOptions,
};
use std::borrow::Cow;
use std::fmt::{Debug, Display, Formatter};

pub use aws_smithy_runtime_api::client::auth::{AuthSchemeOptionsFuture, SharedAuthSchemeOptionResolver};

use super::{ConfigBag, RuntimeComponents};

pub(crate) const SIGV4: AuthSchemeId = AuthSchemeId::new("sigv4");
pub(crate) const NO_AUTH: AuthSchemeId = AuthSchemeId::new("noAuth");

/// Says for each request which schemes it may be sent with, the best first.
///
/// Known are `sigv4`, `noAuth`, and those that the program adds with
/// [`push_auth_scheme`](super::Builder::push_auth_scheme).
pub trait ResolveAuthScheme: Send + Sync + Debug {
    /// The schemes for these parameters, at once or later.
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        bag: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a>;

    /// The resolver in the form that a client's configuration holds.
    fn into_shared_resolver(self) -> SharedAuthSchemeOptionResolver
    where
        Self: Sized + 'static,
    {
        SharedAuthSchemeOptionResolver::new(Typed(self))
    }
}

/// Signatures of version 4, as the services ask for them.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultAuthSchemeResolver;

impl ResolveAuthScheme for DefaultAuthSchemeResolver {
    fn resolve_auth_scheme<'a>(
        &'a self,
        _: &'a Params,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        AuthSchemeOptionsFuture::ready(Ok(vec![AuthSchemeOption::from(SIGV4)]))
    }
}

/// What a resolver decides on.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    operation_name: Cow<'static, str>,
}

impl Params {
    /// Starts with nothing set.
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    /// The operation that is called, such as `ListServices`.
    pub fn operation_name(&self) -> &str {
        &self.operation_name
    }
}

/// Puts [`Params`] together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParamsBuilder {
    operation_name: Option<Cow<'static, str>>,
}

impl ParamsBuilder {
    /// See [`Params::operation_name`].
    pub fn operation_name(self, name: impl Into<Cow<'static, str>>) -> Self {
        self.set_operation_name(Some(name.into()))
    }

    /// See [`Params::operation_name`].
    pub fn set_operation_name(mut self, name: Option<Cow<'static, str>>) -> Self {
        self.operation_name = name;
        self
    }

    /// The parameters.
    ///
    /// # Errors
    /// No operation is named.
    pub fn build(self) -> Result<Params, BuildError> {
        self.operation_name.map(|operation_name| Params { operation_name }).ok_or(BuildError)
    }
}

/// Parameters without an operation.
#[derive(Debug)]
pub struct BuildError;

impl Display for BuildError {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("`operation_name` is not set")
    }
}

impl std::error::Error for BuildError {}

/// Finds our parameters in the box that the shared vocabulary passes around.
#[derive(Debug)]
struct Typed<R>(R);

impl<R: ResolveAuthScheme> ResolveAuthSchemeOptions for Typed<R> {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        params: &'a AuthSchemeOptionResolverParams,
        bag: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_auth_scheme(params, bag, components),
            None => AuthSchemeOptionsFuture::ready(Err("the parameters are another crate's".into())),
        }
    }
}
