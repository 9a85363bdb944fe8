//! One operation of a client, ready to be called.

use super::{Handle, Sending};
use crate::config::{Builder, Intercept, SharedInterceptor};
use crate::operation::Operation;
use std::fmt::{Debug, Formatter};
use std::marker::PhantomData;

/// A client and an operation, with what is particular to the next call.
pub struct Call<O> {
    pub(super) handle: Handle,
    pub(super) overrides: Vec<Builder>,
    pub(super) interceptors: Vec<SharedInterceptor>,
    pub(super) features: Vec<&'static str>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Call<O> {
    /// A call through this client.
    pub fn new(handle: Handle) -> Self {
        Self { handle, overrides: Vec::new(), interceptors: Vec::new(), features: Vec::new(), operation: PhantomData }
    }

    /// The client that the call goes through.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Replaces what is set in `overrides`, for this call. A second override is laid over the first.
    pub fn with_config_override(mut self, overrides: impl Into<Builder>) -> Self {
        self.overrides.push(overrides.into());
        self
    }

    /// Adds an interceptor to those of the client.
    pub fn with_interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors.push(SharedInterceptor::new(interceptor));
        self
    }

    /// Names a feature in the user agent by its metric id, such as `C` for a paginator.
    pub fn with_feature(mut self, id: &'static str) -> Self {
        self.features.push(id);
        self
    }

    /// The same call with its overrides applied once, for what is sent more than once. Overrides
    /// that are in error stay, and fail the first call.
    pub(crate) fn settled(mut self) -> Self {
        if let Ok(handle) = self.handle.clone().settled(self.overrides.clone()) {
            self.handle = handle;
            self.overrides.clear();
        }
        self
    }

    /// Sends the input and waits for the answer, over as many attempts as the configuration allows.
    ///
    /// # Errors
    /// What the service answered instead, or why there is no answer.
    pub fn send(self, input: O::Input) -> Sending<O> {
        Sending::new(self, Ok(input))
    }
}

impl<O> Clone for Call<O> {
    fn clone(&self) -> Self {
        Self {
            handle: self.handle.clone(),
            overrides: self.overrides.clone(),
            interceptors: self.interceptors.clone(),
            features: self.features.clone(),
            operation: PhantomData,
        }
    }
}

impl<O: Operation> Debug for Call<O> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("operation", &O::METADATA.name).finish_non_exhaustive()
    }
}
