//! What a caller may change before the first page is asked for.

use super::items::{Item, Items};
use super::pages::{Duplicate, Page, Pages};
use super::stream::PaginationStream;
use crate::client::Call;
use crate::config;
use crate::error::BuildError;
use crate::operation::{PageSize, Paginated, PaginatedItems};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use std::fmt::{Debug, Formatter};

/// An operation's pages, not yet asked for.
#[must_use = "a paginator does nothing until it is sent"]
pub struct Paginator<O: Paginated> {
    call: Call<O>,
    input: Result<O::Input, BuildError>,
    duplicate: Duplicate,
}

/// An operation's items over all pages, not yet asked for.
#[must_use = "a paginator does nothing until it is sent"]
pub struct PaginatorItems<O: PaginatedItems>(Paginator<O>);

impl<O: Paginated> Paginator<O> {
    /// Prepares to read pages, from the token in the input if it has one. An input that could not
    /// be built is the error that the stream begins with.
    pub fn new(call: Call<O>, input: Result<O::Input, BuildError>) -> Self {
        Self { call, input, duplicate: Duplicate::Stop }
    }

    /// Asks for at most this many items a page.
    pub fn page_size(mut self, limit: i32) -> Self
    where
        O: PageSize,
    {
        if let Ok(input) = &mut self.input {
            O::set_page_size(input, limit);
        }
        self
    }

    /// Gives the items of the pages one by one instead of the pages.
    pub fn items(self) -> PaginatorItems<O>
    where
        O: PaginatedItems,
    {
        PaginatorItems(self)
    }

    /// Whether a page that leads to itself is the last one, as it is unless this says `false`.
    /// A service that lets its log be followed means such a token as "ask again later".
    pub fn stop_on_duplicate_token(mut self, stop: bool) -> Self {
        self.duplicate = if stop { Duplicate::Stop } else { Duplicate::Continue };
        self
    }

    /// Whether a page that leads to itself is followed by an error instead of a silent end, which
    /// may be short of the real one. The page itself is given out.
    pub fn error_on_duplicate_token(mut self, error: bool) -> Self {
        self.duplicate = if error { Duplicate::Error } else { Duplicate::Stop };
        self
    }

    /// Starts at the page behind a token of an earlier stream
    /// ([`token`](PaginationStream::token), [`next_token`](PaginationStream::next_token));
    /// `None` is the first page.
    pub fn resume_from(mut self, token: impl Into<Option<O::Token>>) -> Self {
        if let Ok(input) = &mut self.input {
            O::set_token(input, token.into());
        }
        self
    }

    /// Sends the requests with some values of the configuration replaced.
    pub fn config_override(mut self, overrides: config::Builder) -> Self {
        self.call = self.call.with_config_override(overrides);
        self
    }

    /// Lets an interceptor see and change each request.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.call = self.call.with_interceptor(interceptor);
        self
    }

    /// The stream of pages. Nothing is sent before it is asked for the first.
    pub fn send(self) -> PaginationStream<Page<O>, O::Token> {
        PaginationStream::new(self.into_pages())
    }

    fn into_pages(self) -> Pages<O> {
        let call = self.call.with_feature("C").settled();
        Pages::new(self.input, self.duplicate, move |input| Box::pin(call.clone().send(input)))
    }
}

impl<O: PaginatedItems> PaginatorItems<O> {
    /// The stream of items. Nothing is sent before it is asked for the first.
    pub fn send(self) -> PaginationStream<Item<O>, O::Token> {
        PaginationStream::new(Items::new(self.0.into_pages()))
    }
}

impl<O: Paginated> Debug for Paginator<O> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Paginator")
            .field("input", &self.input)
            .field("duplicate", &self.duplicate)
            .finish_non_exhaustive()
    }
}

impl<O: PaginatedItems> Debug for PaginatorItems<O> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PaginatorItems").field(&self.0).finish()
    }
}
