//! Why there is no endpoint.

use std::borrow::Cow;
use std::fmt;

/// The rules, or a resolver, found no endpoint for the parameters. `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolveEndpointError {
    message: Cow<'static, str>,
}

impl ResolveEndpointError {
    /// An error that says this.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into() }
    }

    /// What is wrong, in the words of the rule set or the resolver.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ResolveEndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no endpoint: {}", self.message)
    }
}

impl std::error::Error for ResolveEndpointError {}

/// A parameter that must not reach the rules, because it would become part of a host name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidParams {
    pub(super) field: &'static str,
    pub(super) value: String,
}

impl fmt::Display for InvalidParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, value } = self;
        write!(f, "endpoint parameter {field} is {value:?}: use letters, digits and dashes, as in a host name")
    }
}

impl std::error::Error for InvalidParams {}

impl From<InvalidParams> for ResolveEndpointError {
    fn from(error: InvalidParams) -> Self {
        Self::new(error.to_string())
    }
}
