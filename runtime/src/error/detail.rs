//! What each variant of `SdkError` holds. One pointer each, so that a `Result` stays small.

use super::{BoxError, ConnectorError, Context};
use aws_smithy_types::retry::ErrorKind;
use std::fmt::{Debug, Formatter, Result};

/// A failure before anything was sent.
#[derive(Debug)]
pub struct ConstructionFailure(pub(super) Box<Failure<BoxError>>);

/// A failure to answer in time.
#[derive(Debug)]
pub struct TimeoutError(pub(super) Box<Failure<BoxError>>);

/// A failure to reach the service.
#[derive(Debug)]
pub struct DispatchFailure(pub(super) Box<Failure<ConnectorError>>);

/// A response that cannot be read.
pub struct ResponseError<R>(pub(super) Box<Answered<BoxError, R>>);

/// An error that the service answered.
pub struct ServiceError<E, R>(pub(super) Box<Answered<E, R>>);

#[derive(Debug)]
pub(super) struct Failure<S> {
    pub(super) source: S,
    pub(super) context: Context,
}

pub(super) struct Answered<S, R> {
    pub(super) source: S,
    pub(super) raw: R,
    pub(super) context: Context,
}

impl ConstructionFailure {
    /// A failure that no call produced.
    pub(crate) fn new(source: BoxError) -> Self {
        Self(Box::new(Failure { source, context: Context::default() }))
    }

    /// What is incomplete or wrong.
    pub(crate) fn cause(&self) -> &(dyn std::error::Error + 'static) {
        &*self.0.source
    }

    /// Starts one without a source.
    pub fn builder() -> ConstructionFailureBuilder {
        ConstructionFailureBuilder::default()
    }
}

/// Puts a [`ConstructionFailure`] together.
#[derive(Debug, Default)]
pub struct ConstructionFailureBuilder {
    source: Option<BoxError>,
}

impl ConstructionFailureBuilder {
    /// Sets what is missing or wrong.
    pub fn source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The failure.
    pub fn build(self) -> ConstructionFailure {
        let source = self.source.unwrap_or_else(|| "no reason was given".into());
        ConstructionFailure(Box::new(Failure { source, context: Context::default() }))
    }
}

impl DispatchFailure {
    /// Whether the connection failed, before or after it stood.
    pub fn is_io(&self) -> bool {
        self.0.source.is_io()
    }

    /// Whether the connection took too long.
    pub fn is_timeout(&self) -> bool {
        self.0.source.is_timeout()
    }

    /// Whether the request or the configuration is at fault.
    pub fn is_user(&self) -> bool {
        self.0.source.is_user()
    }

    /// Whether it is none of the other kinds.
    pub fn is_other(&self) -> bool {
        self.0.source.is_other()
    }

    /// How a failure of no particular kind is to be retried.
    pub fn as_other(&self) -> Option<ErrorKind> {
        self.0.source.as_other()
    }

    /// The HTTP client's error.
    pub fn as_connector_error(&self) -> Option<&ConnectorError> {
        Some(&self.0.source)
    }
}

impl<R> ResponseError<R> {
    /// The response.
    pub fn raw(&self) -> &R {
        &self.0.raw
    }

    /// The response, and nothing else.
    pub fn into_raw(self) -> R {
        self.0.raw
    }
}

impl<E, R> ServiceError<E, R> {
    /// The error.
    pub fn err(&self) -> &E {
        &self.0.source
    }

    /// The error, and nothing else.
    pub fn into_err(self) -> E {
        self.0.source
    }

    /// The response that carried it.
    pub fn raw(&self) -> &R {
        &self.0.raw
    }

    /// The response, and nothing else.
    pub fn into_raw(self) -> R {
        self.0.raw
    }
}

// By hand, because the response's own `Debug` shows its body.
impl<S: Debug, R> Debug for Answered<S, R> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("Answered").field("source", &self.source).field("context", &self.context).finish_non_exhaustive()
    }
}

impl<R> Debug for ResponseError<R> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_tuple("ResponseError").field(&self.0).finish()
    }
}

impl<E: Debug, R> Debug for ServiceError<E, R> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_tuple("ServiceError").field(&self.0).finish()
    }
}
