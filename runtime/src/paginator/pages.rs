//! The pages of an operation, one request at a time.

use super::stream::Source;
use crate::error::{self, BuildError, SdkError};
use crate::operation::{Operation, Paginated};
use std::pin::Pin;
use std::task::{Context, Poll};

/// One answer of the operation.
pub(super) type Page<O> = Result<<O as Operation>::Output, SdkError<<O as Operation>::Error>>;

pub(super) type Fetching<O> = Pin<Box<dyn Future<Output = Page<O>> + Send>>;

/// What happens when a page's token is the one that the page was asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Duplicate {
    Stop,
    Continue,
    Error,
}

pub(super) struct Pages<O: Paginated> {
    fetch: Box<dyn Fn(O::Input) -> Fetching<O> + Send>,
    duplicate: Duplicate,
    state: State<O>,
    /// Of the page that was given out last, or that failed.
    token: Option<O::Token>,
    next_token: Option<O::Token>,
}

enum State<O: Paginated> {
    /// The input cannot be sent.
    Invalid(BuildError),
    Ready(O::Input),
    Fetching(O::Input, Fetching<O>),
    /// The last token came twice, and that is an error.
    Stuck,
    Done,
}

impl<O: Paginated> Pages<O> {
    pub(super) fn new(
        input: Result<O::Input, BuildError>,
        duplicate: Duplicate,
        fetch: impl Fn(O::Input) -> Fetching<O> + Send + 'static,
    ) -> Self {
        let token = input.as_ref().ok().and_then(O::input_token).cloned();
        let state = input.map_or_else(State::Invalid, State::Ready);
        Self { fetch: Box::new(fetch), duplicate, state, token, next_token: None }
    }

    /// Takes an answer in, and says what comes after it.
    fn advance(&mut self, mut input: O::Input, page: &Page<O>) -> State<O> {
        self.token = O::input_token(&input).cloned();
        self.next_token = None;
        let Ok(output) = page else { return State::Done };
        let Some(next) = O::token(output).filter(|token| !O::is_end(token)) else { return State::Done };
        if self.token.as_ref() == Some(next) {
            match self.duplicate {
                Duplicate::Stop => {
                    tracing::debug!(operation = O::METADATA.name, "the page leads to itself, so the pages end here");
                    return State::Done;
                }
                Duplicate::Error => return State::Stuck,
                Duplicate::Continue => {}
            }
        }
        self.next_token = Some(next.clone());
        O::set_token(&mut input, Some(next.clone()));
        State::Ready(input)
    }
}

impl<O: Paginated> Source<Page<O>, O::Token> for Pages<O> {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        // `Done` stays behind if a fetch panics, so that it is not polled again.
        let (input, mut fetching) = match std::mem::replace(&mut self.state, State::Done) {
            State::Ready(input) => {
                let fetching = (self.fetch)(input.clone());
                (input, fetching)
            }
            State::Fetching(input, fetching) => (input, fetching),
            State::Invalid(error) => return Poll::Ready(Some(Err(SdkError::construction_failure(error)))),
            State::Stuck => {
                let context = error::Context { operation: O::METADATA.name, ..Default::default() };
                return Poll::Ready(Some(Err(SdkError::construction_in(STUCK.into(), context))));
            }
            State::Done => return Poll::Ready(None),
        };
        let page = match fetching.as_mut().poll(cx) {
            Poll::Ready(page) => page,
            Poll::Pending => {
                self.state = State::Fetching(input, fetching);
                return Poll::Pending;
            }
        };
        self.state = self.advance(input, &page);
        Poll::Ready(Some(page))
    }

    fn token(&self) -> Option<&O::Token> {
        self.token.as_ref()
    }

    fn next_token(&self) -> Option<&O::Token> {
        self.next_token.as_ref()
    }

    fn is_terminated(&self) -> bool {
        matches!(self.state, State::Done)
    }
}

const STUCK: &str =
    "the request for the next page, whose token is the one of the page before: the pages would never end";
