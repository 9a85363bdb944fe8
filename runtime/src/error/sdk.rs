//! The error of a call.

use super::detail::{Answered, Failure};
use super::{BoxError, BuildError, ConnectorError, ConstructionFailure, Context, DispatchFailure};
use super::{ErrorMetadata, ProvideErrorMetadata, ResponseError, ServiceError, TimeoutError, Unhandled};
use crate::operation;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::metadata::EMPTY_ERROR_METADATA;
use aws_types::request_id::RequestId;
use std::error::Error;
use std::fmt::Debug;
use std::time::Duration;

/// Why a call has no output. Two pointers in size; what it knows is behind one of them.
#[derive(Debug)]
#[non_exhaustive]
pub enum SdkError<E, R = HttpResponse> {
    /// Nothing was sent: the input or the configuration is incomplete or wrong.
    ConstructionFailure(ConstructionFailure),
    /// The answer did not come in time. The request may have taken effect.
    TimeoutError(TimeoutError),
    /// The service was not reached, or the connection broke. The request may have taken effect.
    DispatchFailure(DispatchFailure),
    /// An answer came that cannot be read. The request may have taken effect.
    ResponseError(ResponseError<R>),
    /// The service answered with an error.
    ServiceError(ServiceError<E, R>),
}

impl<E, R> SdkError<E, R> {
    /// A failure before anything was sent.
    pub fn construction_failure(source: impl Into<BoxError>) -> Self {
        Self::construction_in(source.into(), Context::default())
    }

    /// A failure to answer in time.
    pub fn timeout_error(source: impl Into<BoxError>) -> Self {
        Self::timeout_in(source.into(), Context::default())
    }

    /// A failure to reach the service.
    pub fn dispatch_failure(source: ConnectorError) -> Self {
        Self::dispatch_in(source, Context::default())
    }

    /// A response that cannot be read.
    pub fn response_error(source: impl Into<BoxError>, raw: R) -> Self {
        Self::response_in(source.into(), raw, Context::default())
    }

    /// An error that the service answered.
    pub fn service_error(source: E, raw: R) -> Self {
        Self::service_in(source, raw, Context::default())
    }

    pub(crate) fn construction_in(source: BoxError, context: Context) -> Self {
        Self::ConstructionFailure(ConstructionFailure(Box::new(Failure { source, context })))
    }

    pub(crate) fn timeout_in(source: BoxError, context: Context) -> Self {
        Self::TimeoutError(TimeoutError(Box::new(Failure { source, context })))
    }

    pub(crate) fn dispatch_in(source: ConnectorError, context: Context) -> Self {
        Self::DispatchFailure(DispatchFailure(Box::new(Failure { source, context })))
    }

    pub(crate) fn response_in(source: BoxError, raw: R, context: Context) -> Self {
        Self::ResponseError(ResponseError(Box::new(Answered { source, raw, context })))
    }

    pub(crate) fn service_in(source: E, raw: R, context: Context) -> Self {
        Self::ServiceError(ServiceError(Box::new(Answered { source, raw, context })))
    }

    /// The error that the service answered, if it did.
    pub fn as_service_error(&self) -> Option<&E> {
        match self {
            Self::ServiceError(error) => Some(error.err()),
            _ => None,
        }
    }

    /// The error that the service answered; any other failure becomes the service's catch-all.
    pub fn into_service_error(self) -> E
    where
        E: operation::ServiceError,
        R: Debug + Send + Sync + 'static,
    {
        match self {
            Self::ServiceError(error) => error.into_err(),
            other => {
                let mut meta = ErrorMetadata::builder();
                if let Some(id) = other.context().request_id.as_deref() {
                    meta = meta.custom("aws_request_id", id);
                }
                E::from_unhandled(Unhandled::new(other.into(), meta.build()))
            }
        }
    }

    /// The same failure with another type for what the service answered.
    pub fn map_service_error<E2>(self, map: impl FnOnce(E) -> E2) -> SdkError<E2, R> {
        match self {
            Self::ConstructionFailure(error) => SdkError::ConstructionFailure(error),
            Self::TimeoutError(error) => SdkError::TimeoutError(error),
            Self::DispatchFailure(error) => SdkError::DispatchFailure(error),
            Self::ResponseError(error) => SdkError::ResponseError(error),
            Self::ServiceError(error) => {
                let Answered { source, raw, context } = *error.0;
                SdkError::service_in(map(source), raw, context)
            }
        }
    }

    /// The response, where there was one.
    pub fn raw_response(&self) -> Option<&R> {
        match self {
            Self::ResponseError(error) => Some(error.raw()),
            Self::ServiceError(error) => Some(error.raw()),
            _ => None,
        }
    }

    /// What went wrong, without the rest.
    ///
    /// # Errors
    /// None at present.
    pub fn into_source(self) -> Result<BoxError, Self>
    where
        E: Error + Send + Sync + 'static,
    {
        Ok(match self {
            Self::ConstructionFailure(error) => error.0.source,
            Self::TimeoutError(error) => error.0.source,
            Self::DispatchFailure(error) => error.0.source.into(),
            Self::ResponseError(error) => error.0.source,
            Self::ServiceError(error) => error.0.source.into(),
        })
    }

    /// The operation that was called; `None` for an error that no call produced.
    pub fn operation(&self) -> Option<&'static str> {
        Some(self.context().operation).filter(|name| !name.is_empty())
    }

    /// How many requests were sent, retries included.
    pub fn attempts(&self) -> u32 {
        self.context().attempts
    }

    /// How long the call took, pauses between attempts included.
    pub fn elapsed(&self) -> Duration {
        self.context().elapsed
    }

    pub(super) fn context(&self) -> &Context {
        match self {
            Self::ConstructionFailure(error) => &error.0.context,
            Self::TimeoutError(error) => &error.0.context,
            Self::DispatchFailure(error) => &error.0.context,
            Self::ResponseError(error) => &error.0.context,
            Self::ServiceError(error) => &error.0.context,
        }
    }
}

impl<E: Error + 'static, R> Error for SdkError<E, R>
where
    Self: Debug,
{
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::ConstructionFailure(error) => &*error.0.source,
            Self::TimeoutError(error) => &*error.0.source,
            Self::DispatchFailure(error) => &error.0.source,
            Self::ResponseError(error) => &*error.0.source,
            Self::ServiceError(error) => error.err(),
        })
    }
}

impl<E, R> From<BuildError> for SdkError<E, R> {
    fn from(error: BuildError) -> Self {
        Self::construction_failure(error)
    }
}

impl<E: ProvideErrorMetadata, R> ProvideErrorMetadata for SdkError<E, R> {
    fn meta(&self) -> &ErrorMetadata {
        self.as_service_error().map_or(&EMPTY_ERROR_METADATA, ProvideErrorMetadata::meta)
    }
}

impl<E> RequestId for SdkError<E, HttpResponse> {
    fn request_id(&self) -> Option<&str> {
        let known = self.context().request_id.as_deref();
        known.or_else(|| self.raw_response().and_then(RequestId::request_id))
    }
}
