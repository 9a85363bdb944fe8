//! The items of all pages.

use super::pages::Pages;
use super::stream::Source;
use crate::error::SdkError;
use crate::operation::PaginatedItems;
use std::task::{Context, Poll, ready};

pub(super) struct Items<O: PaginatedItems> {
    pages: Pages<O>,
    buffer: std::vec::IntoIter<O::Item>,
}

impl<O: PaginatedItems> Items<O> {
    pub(super) fn new(pages: Pages<O>) -> Self {
        Self { pages, buffer: Vec::new().into_iter() }
    }
}

impl<O: PaginatedItems> Source<Result<O::Item, SdkError<O::Error>>, O::Token> for Items<O> {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<O::Item, SdkError<O::Error>>>> {
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
