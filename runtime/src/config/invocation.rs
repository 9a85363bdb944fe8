//! Ids that tie the attempts of one call together.

use crate::error::BoxError;
use std::fmt::Debug;
use std::sync::Arc;

/// Makes the value of `amz-sdk-invocation-id`: one for each call, the same for all its attempts.
pub trait InvocationIdGenerator: Debug + Send + Sync {
    /// The next id; `None` leaves the header out.
    ///
    /// # Errors
    /// Those of the generator; the call fails before anything is sent.
    fn generate(&self) -> Result<Option<InvocationId>, BoxError>;
}

/// A generator that several clients hold.
#[derive(Clone, Debug)]
pub struct SharedInvocationIdGenerator(Arc<dyn InvocationIdGenerator>);

impl SharedInvocationIdGenerator {
    /// Shares a generator.
    pub fn new(generator: impl InvocationIdGenerator + 'static) -> Self {
        Self(Arc::new(generator))
    }
}

impl InvocationIdGenerator for SharedInvocationIdGenerator {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        self.0.generate()
    }
}

/// An id of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvocationId(String);

impl InvocationId {
    /// An id with this text, which must be fit for an HTTP header.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
