//! The stream that a paginator gives.

use super::collect::Collectable;
use futures_core::stream::{FusedStream, Stream};
use std::fmt::{Debug, Formatter};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Pages or items, fetched when they are asked for.
///
/// It is a `futures_core::Stream` too, and needs no pinning. Dropping it, or a future of
/// [`next`](Self::next), loses nothing but the request in flight: a dropped `next` goes on with
/// that request when it is called again.
#[must_use = "a stream does nothing until it is asked for an item"]
pub struct PaginationStream<Item, Token = String> {
    source: Box<dyn Source<Item, Token> + Send>,
}

/// Where a stream's items come from.
pub(super) trait Source<Item, Token> {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Item>>;
    fn token(&self) -> Option<&Token>;
    fn next_token(&self) -> Option<&Token>;
    fn is_terminated(&self) -> bool;
}

impl<Item, Token> PaginationStream<Item, Token> {
    pub(super) fn new(source: impl Source<Item, Token> + Send + 'static) -> Self {
        Self { source: Box::new(source) }
    }

    /// The next page or item; `None` at the end.
    pub async fn next(&mut self) -> Option<Item> {
        std::future::poll_fn(|cx| self.poll_next(cx)).await
    }

    /// The next page or item, where it is there already.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Item>> {
        self.source.poll_next(cx)
    }

    /// Gathers all that is left into a `Vec`, or, of a stream of results, into a
    /// `Result<Vec<_>, _>` that stops at the first error.
    pub async fn collect<C: Collectable<Item>>(mut self) -> C {
        let mut buffer = C::start();
        while let Some(item) = self.next().await {
            if !C::push(&mut buffer, item) {
                break;
            }
        }
        C::finish(buffer)
    }

    /// The token that leads to the current page: the one that the last item came from, or, after an
    /// error, the one that could not be had. `None` is the first page.
    ///
    /// Another paginator of the same input goes on there with
    /// [`Paginator::resume_from`](super::Paginator::resume_from).
    pub fn token(&self) -> Option<&Token> {
        self.source.token()
    }

    /// The token that leads to the page after the current one; `None` where there is none, or none
    /// is known yet.
    pub fn next_token(&self) -> Option<&Token> {
        self.source.next_token()
    }
}

impl<T, E, Token> PaginationStream<Result<T, E>, Token> {
    /// The next page or item; `Ok(None)` at the end.
    ///
    /// # Errors
    /// Why a page could not be had; the stream is at its end then.
    pub async fn try_next(&mut self) -> Result<Option<T>, E> {
        self.next().await.transpose()
    }

    /// Gathers all that is left.
    ///
    /// # Errors
    /// Why a page could not be had; what was gathered before is lost.
    pub async fn try_collect(self) -> Result<Vec<T>, E> {
        self.collect().await
    }
}

impl<Item, Token> Stream for PaginationStream<Item, Token> {
    type Item = Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Item>> {
        self.get_mut().source.poll_next(cx)
    }
}

impl<Item, Token> FusedStream for PaginationStream<Item, Token> {
    fn is_terminated(&self) -> bool {
        self.source.is_terminated()
    }
}

// A token is no secret of the caller's, yet services pack what they like into it.
impl<Item, Token> Debug for PaginationStream<Item, Token> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaginationStream").field("ended", &self.source.is_terminated()).finish_non_exhaustive()
    }
}
