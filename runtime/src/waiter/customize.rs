//! A wait whose polls differ from the other calls of their client.

use super::{FinalPoll, WaitOptions, Waiter, WaiterError, wait};
use crate::config::{Builder, HttpRequest, Intercept};
use crate::customize::CustomizableOperation;
use crate::error::SdkError;
use crate::operation::Operation;
use std::error::Error;
use std::time::Duration;

/// A wait whose polls can be changed: their configuration, their HTTP form, their interceptors.
#[derive(Debug)]
pub struct CustomizableWait<O: Operation> {
    poll: CustomizableOperation<O>,
    waiter: &'static Waiter,
    options: WaitOptions,
}

impl<O: Operation> CustomizableWait<O> {
    /// A wait with this poll.
    pub fn new(poll: CustomizableOperation<O>, waiter: &'static Waiter, options: WaitOptions) -> Self {
        Self { poll, waiter, options }
    }

    /// Adds an interceptor to those of the client.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.poll = self.poll.interceptor(interceptor);
        self
    }

    /// Puts another HTTP request in the place of each poll's, before it is signed.
    pub fn map_request<F, E>(mut self, map: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, E> + Send + Sync + 'static,
        E: Error + Send + Sync + 'static,
    {
        self.poll = self.poll.map_request(map);
        self
    }

    /// Changes each poll's HTTP request before it is signed.
    pub fn mutate_request<F>(mut self, mutate: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.poll = self.poll.mutate_request(mutate);
        self
    }

    /// Replaces what is set in `overrides` of the client's configuration, for each poll.
    pub fn config_override(mut self, overrides: impl Into<Builder>) -> Self {
        self.poll = self.poll.config_override(overrides);
        self
    }

    /// Polls until the resource is in the state, for at most `max_wait` in all.
    ///
    /// # Errors
    /// The resource went where the state cannot be reached any more, the time is up, or a poll failed.
    pub async fn wait(
        self,
        max_wait: Duration,
    ) -> Result<FinalPoll<O::Output, SdkError<O::Error>>, WaiterError<O::Output, O::Error>>
    where
        O::Input: Sync,
    {
        let (call, input) = self.poll.into_parts();
        let input = input.map_err(WaiterError::construction_failure)?;
        wait(call, input, self.waiter, self.options, max_wait).await
    }
}
