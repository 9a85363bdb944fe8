//! Waiting until a resource is in a state.
//!
//! A generated [`Waiter`] says what to look at; [`wait`] polls until an acceptor of the waiter
//! matches, time is up, or a poll fails. Between polls it sleeps a random time between the shortest
//! delay and a ceiling that doubles with each poll.
//!
//! Models let the ceiling grow for up to hours. It stays at two minutes here
//! ([`MAX_DELAY`], Smithy's own default), so that a wait ends soon after its resource is
//! ready; [`WaitOptions::max_delay`] sets any other.

mod backoff;
mod customize;
mod error;
mod final_poll;
mod matching;
mod options;
mod run;
mod table;
#[cfg(test)]
mod tests;

pub use customize::CustomizableWait;
pub use error::{ExceededMaxWait, FailureState, OperationFailed, WaiterError};
pub use final_poll::FinalPoll;
pub use options::{MAX_DELAY, PollEvent, PollOutcome, WaitOptions};
pub use run::wait;
pub use table::{Acceptor, Expected, Matcher, State, Waiter};
