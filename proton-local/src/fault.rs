//! What an operation answers when it cannot do what it was asked.

use crate::store::StoreError;
use proton_sdk::Error;
use proton_sdk::error::BuildError;
use proton_sdk::types::error as shapes;

/// Why an operation was refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The request is malformed or breaks a rule.
    #[error("{0}")]
    Validation(String),
    /// The state of the resource does not permit it.
    #[error("{0}")]
    Conflict(String),
    /// Something that the request names is absent.
    #[error("{0}")]
    NotFound(String),
    /// A limit on the number of resources.
    #[error("{0}")]
    Quota(String),
    /// The caller's account may not do this.
    #[error("{0}")]
    Denied(String),
    /// The store's failure.
    #[error("The server could not read or write its store. See its log.")]
    Store(#[from] StoreError),
    /// A bug: an answer without a required member.
    #[error("The server could not put its answer together. See its log.")]
    Build(#[from] BuildError),
}

impl Fault {
    /// A rule of the API is broken; the text says which.
    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::Validation(message.into())
    }

    /// The resource's state is in the way; the text says how.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::Conflict(message.into())
    }

    /// `thing` is what was looked for (`service`), `arn` which one.
    pub(crate) fn not_found(thing: &str, arn: &str) -> Self {
        Self::NotFound(format!("The requested {thing} does not exist: {arn}"))
    }

    /// The same for an operation that has no error for what is absent: the request is at fault.
    pub(crate) fn into_validation(self) -> Self {
        match self {
            Self::NotFound(message) => Self::Validation(message),
            other => other,
        }
    }

    /// There are `limit` of `things` already.
    pub(crate) fn quota(things: &str, limit: u64) -> Self {
        Self::Quota(format!("The limit of {limit} {things} is reached. Delete some or raise the quota."))
    }

    /// The same name or token came with other parameters.
    pub(crate) fn mismatch() -> Self {
        Self::Validation("IdempotentParameterMismatch: Idempotent parameter mismatch".into())
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let message = fault.to_string();
        // A builder refuses only a missing message, and each has one.
        match fault {
            Fault::Validation(_) => shapes::ValidationException::builder()
                .message(message)
                .build()
                .map_or_else(Self::from, Self::ValidationException),
            Fault::Conflict(_) => shapes::ConflictException::builder()
                .message(message)
                .build()
                .map_or_else(Self::from, Self::ConflictException),
            Fault::NotFound(_) => shapes::ResourceNotFoundException::builder()
                .message(message)
                .build()
                .map_or_else(Self::from, Self::ResourceNotFoundException),
            Fault::Quota(_) => shapes::ServiceQuotaExceededException::builder()
                .message(message)
                .build()
                .map_or_else(Self::from, Self::ServiceQuotaExceededException),
            Fault::Denied(_) => shapes::AccessDeniedException::builder()
                .message(message)
                .build()
                .map_or_else(Self::from, Self::AccessDeniedException),
            Fault::Store(_) | Fault::Build(_) => {
                tracing::error!(error = %proton_sdk::error::DisplayErrorContext(&fault), "an operation failed");
                shapes::InternalServerException::builder()
                    .message(message)
                    .build()
                    .map_or_else(Self::from, Self::InternalServerException)
            }
        }
    }
}
