//! Reading an operation's pages one after the other.
//!
//! A [`Paginator`] is set up, then `send` gives a [`PaginationStream`] of pages, or of items after
//! [`Paginator::items`]. Nothing is sent before the stream is asked, and at most one request is in
//! flight. An error ends the stream; [`PaginationStream::token`] then leads back to the page that
//! failed.

mod collect;
mod items;
mod pages;
mod setup;
mod stream;
#[cfg(test)]
mod tests;

pub use collect::Collectable;
pub use setup::{Paginator, PaginatorItems};
pub use stream::PaginationStream;
