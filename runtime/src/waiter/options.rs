//! What a caller may change about a wait.

use std::error::Error;
use std::fmt::{Debug, Formatter};
use std::sync::Arc;
use std::time::Duration;

/// The longest sleep between two polls unless [`WaitOptions::max_delay`] says otherwise or the
/// model's own is shorter: 120 seconds.
pub const MAX_DELAY: Duration = Duration::from_secs(120);

type OnPoll = Arc<dyn Fn(&PollEvent<'_>) + Send + Sync>;

/// Changes to a wait.
#[derive(Clone, Default)]
pub struct WaitOptions {
    pub(super) min_delay: Option<Duration>,
    pub(super) max_delay: Option<Duration>,
    pub(super) tolerated: u32,
    on_poll: Option<OnPoll>,
}

impl WaitOptions {
    /// Changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sleeps at least this long between polls instead of the model's time; at least a millisecond.
    #[must_use]
    pub fn min_delay(mut self, delay: Duration) -> Self {
        self.min_delay = Some(delay);
        self
    }

    /// Sleeps at most this long between polls; a value below the shortest delay means that delay.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = Some(delay);
        self
    }

    /// Goes on after up to this many polls in a row that failed for a reason that may pass: no
    /// connection, a timeout, an unreadable answer, throttling, a status of 500 or above. Each such
    /// poll has had its own retries before. None is tolerated unless this is set.
    #[must_use]
    pub fn tolerate_transient_errors(mut self, polls: u32) -> Self {
        self.tolerated = polls;
        self
    }

    /// Calls the function after each poll.
    #[must_use]
    pub fn on_poll(mut self, report: impl Fn(&PollEvent<'_>) + Send + Sync + 'static) -> Self {
        self.on_poll = Some(Arc::new(report));
        self
    }

    pub(super) fn report(&self, event: &PollEvent<'_>) {
        if let Some(report) = &self.on_poll {
            report(event);
        }
    }
}

impl Debug for WaitOptions {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WaitOptions")
            .field("min_delay", &self.min_delay)
            .field("max_delay", &self.max_delay)
            .field("tolerate_transient_errors", &self.tolerated)
            .field("on_poll", &self.on_poll.is_some())
            .finish()
    }
}

/// One poll of a wait.
#[derive(Debug)]
#[non_exhaustive]
pub struct PollEvent<'a> {
    /// The waiter's name, such as `service_created`.
    pub waiter: &'static str,
    /// Which poll this was; the first is 1.
    pub attempt: u32,
    /// The time since the wait began.
    pub elapsed: Duration,
    /// What the poll brought.
    pub outcome: PollOutcome<'a>,
    /// The resource's state, such as `CREATE_IN_PROGRESS`, where the waiter looks at one.
    pub state: Option<&'a str>,
    /// The sleep before the next poll; `None` after the last.
    pub next_delay: Option<Duration>,
}

/// What one poll of a wait brought.
#[derive(Debug)]
#[non_exhaustive]
pub enum PollOutcome<'a> {
    /// The state that was waited for.
    Success,
    /// A state from which that one cannot be reached.
    Failure,
    /// Neither yet.
    Pending,
    /// An error that is tolerated.
    TransientError(&'a (dyn Error + 'static)),
    /// An error that ends the wait.
    Error(&'a (dyn Error + 'static)),
}
