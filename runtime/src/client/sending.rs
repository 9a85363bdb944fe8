//! A call that is under way.

use super::Call;
use super::engine::{Options, run};
use super::typed::Slot;
use crate::error::{BuildError, Context, SdkError};
use crate::operation::{Answer, Operation};
use std::fmt::{Debug, Formatter};
use std::pin::Pin;
use std::task::{self, Poll};

/// The future of a call: it comes to the output, or to what the service answered instead, or to why there is no answer.
///
/// Nothing is sent before it is polled. Dropping it ends the call.
#[must_use = "a request is not sent before its future is awaited"]
pub struct Sending<O: Operation>(Pin<Box<dyn Future<Output = Answer<O>> + Send>>);

impl<O: Operation> Sending<O> {
    /// One box holds the whole call, so that a caller's future stays small however large the engine's is.
    pub(crate) fn new(call: Call<O>, input: Result<O::Input, BuildError>) -> Self {
        Self(Box::pin(async move {
            let handle = match call.handle.settled(call.overrides) {
                Ok(handle) => handle,
                Err(error) => {
                    let context = Context { operation: O::METADATA.name, ..Context::default() };
                    return Err(SdkError::construction_in(error.into(), context));
                }
            };
            let options = Options { inner: &handle.0, interceptors: &call.interceptors, features: &call.features };
            let mut slot = Slot::<O>::new(input?);
            let result = run(options, &mut slot).await;
            slot.finish(result)
        }))
    }
}

impl<O: Operation> Future for Sending<O> {
    type Output = Answer<O>;

    fn poll(mut self: Pin<&mut Self>, context: &mut task::Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<O: Operation> Debug for Sending<O> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sending").field("operation", &O::METADATA.name).finish_non_exhaustive()
    }
}
