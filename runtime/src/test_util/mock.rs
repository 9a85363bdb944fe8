//! A service made of rules.

use super::defaults;
use super::request::SentRequest;
use super::rule::Rule;
use super::rulebook::Rulebook;
use super::time::VirtualTime;
use crate::client::FromConfig;
use crate::config::Builder;
use crate::operation::Operation;
use std::fmt::{Debug, Formatter};
use std::marker::PhantomData;

/// Answers the calls of a client by rules, one or more for an operation.
///
/// A call that no rule answers fails with an error that names the operation and the rules. Rules are asked in the order
/// in which they were added, and the first one whose operation and [`when`](Rule::when) fit and that has answers left
/// counts; with [`in_order`](Self::in_order) the calls themselves have to come in the rules' order.
///
/// `C` is the generated client; a generated crate's own `testing` module leaves it out.
pub struct Mock<C> {
    rulebook: Rulebook,
    time: VirtualTime,
    client: PhantomData<fn() -> C>,
}

impl<C> Mock<C> {
    /// A mock without rules.
    pub fn new() -> Self {
        Self { rulebook: Rulebook::default(), time: VirtualTime::default(), client: PhantomData }
    }

    /// A mock whose rules have to be used in their order, each to its last answer, which is given once where nothing
    /// else is said. Any other call fails.
    pub fn in_order() -> Self {
        Self { rulebook: Rulebook::in_order(), ..Self::new() }
    }

    /// Adds a rule for an operation.
    pub fn on<O: Operation>(self, rule: impl FnOnce(Rule<O>) -> Rule<O>) -> Self {
        self.rulebook.add(rule(Rule::new()));
        self
    }

    /// A client of the mock, with what [`config`](Self::config) says.
    pub fn client(&self) -> C
    where
        C: FromConfig,
    {
        C::from_config(self.config().build())
    }

    /// The configuration of the mock's clients, for a test that changes some of it: the mock in place of the network,
    /// the mock's [time](Self::time), a full retry budget that nobody else draws on, and
    /// [`with_test_defaults_v2`](Builder::with_test_defaults_v2).
    pub fn config(&self) -> Builder {
        defaults::config(&self.time, self.rulebook.clone())
    }

    /// The time of the mock's clients.
    pub fn time(&self) -> &VirtualTime {
        &self.time
    }

    /// The inputs of an operation's requests so far, in their order. What was tried again is there again.
    pub fn inputs<O: Operation>(&self) -> Vec<O::Input> {
        self.requests().iter().filter_map(SentRequest::input::<O>).collect()
    }

    /// All requests so far, in their order, also those that no rule answered.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.rulebook.requests()
    }

    /// Checks that every answer that a rule names was given, as often as it says.
    ///
    /// # Panics
    /// Some were not; the message names the rules.
    #[track_caller]
    pub fn verify(&self) {
        let due = self.rulebook.due();
        assert!(due.is_empty(), "rules of the mock have answers that no call asked for: {}", due.join(", "));
    }
}

impl<C> Clone for Mock<C> {
    fn clone(&self) -> Self {
        Self { rulebook: self.rulebook.clone(), time: self.time.clone(), client: PhantomData }
    }
}

impl<C> Default for Mock<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Debug for Mock<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mock").field("rulebook", &self.rulebook).finish_non_exhaustive()
    }
}
