//! One call that differs from the others of its client.

use crate::client::{Call, Sending};
use crate::config::{Builder, HttpRequest, Intercept};
use crate::error::BuildError;
use crate::intercept::{MapRequest, MutateRequest};
use crate::operation::{Operation, Paginated};
use crate::paginator::Paginator;
use std::error::Error;
use std::fmt::{Debug, Formatter};

/// A request whose configuration, HTTP form or interceptors can be changed before it is sent.
pub struct CustomizableOperation<O: Operation> {
    call: Call<O>,
    input: Result<O::Input, BuildError>,
}

impl<O: Operation> CustomizableOperation<O> {
    /// A request with this input, or with what is wrong with it.
    pub fn new(call: Call<O>, input: Result<O::Input, BuildError>) -> Self {
        Self { call, input }
    }

    /// Adds an interceptor to those of the client.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.call = self.call.with_interceptor(interceptor);
        self
    }

    /// Puts another HTTP request in the place of each attempt's, before it is signed.
    pub fn map_request<F, E>(self, map: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, E> + Send + Sync + 'static,
        E: Error + Send + Sync + 'static,
    {
        self.interceptor(MapRequest(map))
    }

    /// Changes each attempt's HTTP request before it is signed.
    pub fn mutate_request<F>(self, mutate: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.interceptor(MutateRequest(mutate))
    }

    /// Replaces what is set in `overrides` of the client's configuration.
    pub fn config_override(mut self, overrides: impl Into<Builder>) -> Self {
        self.call = self.call.with_config_override(overrides);
        self
    }

    /// Reads all pages, one after the other, each with these changes.
    pub fn into_paginator(self) -> Paginator<O>
    where
        O: Paginated,
    {
        Paginator::new(self.call, self.input)
    }

    pub(crate) fn into_parts(self) -> (Call<O>, Result<O::Input, BuildError>) {
        (self.call, self.input)
    }

    /// Sends the request and waits for the answer.
    ///
    /// # Errors
    /// What the service answered instead, or why there is no answer.
    pub fn send(self) -> Sending<O> {
        Sending::new(self.call, self.input)
    }
}

impl<O: Operation> Debug for CustomizableOperation<O> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CustomizableOperation").field("call", &self.call).finish_non_exhaustive()
    }
}
