//! What generated crates say about their waiters.

use crate::path::Path;
use std::time::Duration;

/// One waiter: when a poll ends the wait, and how long to sleep between polls.
#[derive(Debug)]
pub struct Waiter {
    /// The waiter's name as errors and logs show it, such as `service_created`.
    pub name: &'static str,
    /// The shortest sleep between two polls.
    pub min_delay: Duration,
    /// The longest sleep that the model admits; see [`MAX_DELAY`](super::MAX_DELAY).
    pub max_delay: Duration,
    /// What ends the wait; the first that matches counts.
    pub acceptors: &'static [Acceptor],
}

/// What a poll that matches means.
#[derive(Debug)]
pub struct Acceptor {
    /// What the wait does next.
    pub state: State,
    /// Which polls match.
    pub matcher: Matcher,
    /// Where in the output the resource's own message stands, which a failure shows.
    pub reason: Option<Path>,
}

/// What the wait does after a poll that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It ends well.
    Success,
    /// It ends badly: the state that is waited for cannot be reached any more.
    Failure,
    /// It goes on.
    Retry,
}

/// Which polls an acceptor matches.
#[derive(Debug)]
pub enum Matcher {
    /// Any answer (`true`), or any error that the service answered with (`false`).
    Success(bool),
    /// The error with this code or shape name; a namespace before `#` does not count.
    ErrorType(&'static str),
    /// An answer whose output has the value.
    Output {
        /// Where to look.
        path: Path,
        /// What must be there.
        expected: Expected,
    },
    /// An answer where `{"input": …, "output": …}` has the value.
    InputOutput {
        /// Where to look.
        path: Path,
        /// What must be there.
        expected: Expected,
    },
}

/// What a path must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// This text (`stringEquals`).
    Text(&'static str),
    /// This boolean (`booleanEquals`).
    Boolean(bool),
    /// A list that is not empty and holds this text alone (`allStringEquals`).
    All(&'static str),
    /// A list that holds this text (`anyStringEquals`).
    Any(&'static str),
}

impl Acceptor {
    /// An acceptor whose resource has no message of its own.
    pub const fn new(state: State, matcher: Matcher) -> Self {
        Self { state, matcher, reason: None }
    }

    /// Ends a wait well.
    pub const fn success(matcher: Matcher) -> Self {
        Self::new(State::Success, matcher)
    }

    /// Ends a wait badly.
    pub const fn failure(matcher: Matcher) -> Self {
        Self::new(State::Failure, matcher)
    }

    /// Goes on with a wait.
    pub const fn retry(matcher: Matcher) -> Self {
        Self::new(State::Retry, matcher)
    }

    /// Shows the text at `path` of the output when the acceptor ends a wait badly.
    pub const fn reason(mut self, path: Path) -> Self {
        self.reason = Some(path);
        self
    }
}

impl Matcher {
    /// Matches an answer whose output has the value.
    pub const fn output(path: Path, expected: Expected) -> Self {
        Self::Output { path, expected }
    }

    /// Matches an answer where `{"input": …, "output": …}` has the value.
    pub const fn input_output(path: Path, expected: Expected) -> Self {
        Self::InputOutput { path, expected }
    }
}
