//! One operation: from the body of a request to the body of its answer.

use super::Rejection;
use super::input;
use crate::codec;
use crate::error::BoxError;
use crate::operation::{Operation, ServiceError};
use crate::value::{Empty, Structure};
use std::fmt::{Debug, Formatter};
use std::pin::Pin;

/// The body of an answer to come, or why there is none.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, Rejection>> + Send + 'a>>;

/// An operation of the service and the method of the handler `H` that answers it. `C` is what a request carries
/// beside its input.
pub struct Route<H: 'static, C: 'static> {
    name: &'static str,
    pub(super) call: for<'a> fn(&'a H, &'a C, &'a [u8]) -> Answer<'a>,
}

impl<H, C> Route<H, C> {
    /// The operation's name and what answers it.
    pub const fn new(name: &'static str, call: for<'a> fn(&'a H, &'a C, &'a [u8]) -> Answer<'a>) -> Self {
        Self { name, call }
    }

    /// The operation's name, such as `CreateService`.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<H, C> Debug for Route<H, C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Route").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Reads the input, calls the method with it and writes what it gives.
///
/// # Errors
/// An input that cannot be read or that the model does not admit, and the method's own errors.
pub async fn answer<O, F>(body: &[u8], method: impl FnOnce(O::Input) -> F) -> Result<Vec<u8>, Rejection>
where
    O: Operation,
    F: Future<Output = Result<O::Output, O::Error>>,
{
    let mut input = O::Input::empty();
    input::read(body, &mut input)?;
    match method(input).await {
        Ok(output) => encode(&output),
        Err(mut error) => Err(match error.structure_mut() {
            Some(structure) => modelled(structure),
            None => Rejection::internal(error),
        }),
    }
}

fn modelled(error: &dyn Structure) -> Rejection {
    match encode(error) {
        Ok(members) => Rejection::with_members(error.shape().name(), members),
        Err(failure) => failure,
    }
}

fn encode(structure: &dyn Structure) -> Result<Vec<u8>, Rejection> {
    codec::encode(structure).map_err(|error| Rejection::internal(BoxError::from(error)))
}
