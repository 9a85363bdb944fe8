//! The items of all pages.

use super::pages::Pages;
use super::stream::Source;
use crate::error::SdkError;
use crate::operation::{Operation, PaginatedItems};
use std::task::{Context, Poll, ready};

/// One item, or why its page could not be had.
pub(super) type Item<O> = Result<<O as PaginatedItems>::Item, SdkError<<O as Operation>::Error>>;

pub(super) struct Items<O: PaginatedItems> {
    pages: Pages<O>,
    buffer: std::vec::IntoIter<O::Item>,
}

impl<O: PaginatedItems> Items<O> {
    pub(super) fn new(pages: Pages<O>) -> Self {
        Self { pages, buffer: Vec::new().into_iter() }
    }
}

impl<O: PaginatedItems> Source<Item<O>, O::Token> for Items<O> {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Item<O>>> {
        loop {
            if let Some(item) = self.buffer.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // An empty page is not the end: the next one may have items.
            match ready!(self.pages.poll_next(cx)) {
                Some(Ok(page)) => self.buffer = O::items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn token(&self) -> Option<&O::Token> {
        self.pages.token()
    }

    fn next_token(&self) -> Option<&O::Token> {
        self.pages.next_token()
    }

    fn is_terminated(&self) -> bool {
        self.buffer.len() == 0 && self.pages.is_terminated()
    }
}
