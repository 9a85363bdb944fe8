//! How a wait can fail.

use super::FinalPoll;
use super::matching::Observed;
use crate::error::{BoxError, ConstructionFailure, ErrorMetadata, ProvideErrorMetadata, SdkError, one_line};
use aws_smithy_types::error::metadata::EMPTY_ERROR_METADATA;
use std::error::Error;
use std::fmt::{Debug, Display, Formatter, Result as FmtResult};
use std::time::Duration;

/// Why a wait did not end well.
///
/// `Display` is one line with the waiter, the state that was reached, the message that the resource
/// carries, and what was spent:
/// `service_created: service.status is CREATE_FAILED: no such template (3 polls, 21 s)`.
/// That message is shown although a model may call it sensitive; `Debug` leaves it out.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaiterError<O, E> {
    /// The input is not complete or the configuration cannot work; nothing was sent.
    ConstructionFailure(ConstructionFailure),
    /// Time is up.
    ExceededMaxWait(ExceededMaxWait),
    /// The resource is in a state from which the one waited for cannot be reached.
    FailureState(FailureState<O, E>),
    /// A poll failed, after its own retries, and nothing in the waiter expects that.
    OperationFailed(OperationFailed<E>),
}

/// Time is up.
#[derive(Debug)]
pub struct ExceededMaxWait(Box<Exceeded>);

#[derive(Debug)]
struct Exceeded {
    max_wait: Duration,
    spent: Spent,
    last: Option<Observed>,
    /// What the last poll failed with, where that was tolerated.
    error: Option<BoxError>,
}

/// The resource is in a state from which the one waited for cannot be reached.
#[derive(Debug)]
pub struct FailureState<O, E>(Box<Failed<O, E>>);

struct Failed<O, E> {
    final_poll: FinalPoll<O, E>,
    spent: Spent,
    state: Option<Observed>,
    reason: Option<String>,
}

/// A poll failed.
#[derive(Debug)]
pub struct OperationFailed<E>(Box<Poll<E>>);

#[derive(Debug)]
struct Poll<E> {
    source: SdkError<E>,
    spent: Spent,
}

/// What a wait took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    pub(super) waiter: &'static str,
    pub(super) polls: u32,
    pub(super) elapsed: Duration,
}

impl<O, E> WaiterError<O, E> {
    /// A wait that could not begin.
    pub fn construction_failure(source: impl Into<BoxError>) -> Self {
        Self::ConstructionFailure(ConstructionFailure::new(source.into()))
    }
}

impl ExceededMaxWait {
    /// Makes one, as tests need it.
    pub fn new(max_wait: Duration, elapsed: Duration, poll_count: u32) -> Self {
        Self::after(max_wait, Spent { waiter: "", polls: poll_count, elapsed }, None, None)
    }

    pub(super) fn after(max_wait: Duration, spent: Spent, last: Option<Observed>, error: Option<BoxError>) -> Self {
        Self(Box::new(Exceeded { max_wait, spent, last, error }))
    }

    /// The time that was allowed.
    pub fn max_wait(&self) -> Duration {
        self.0.max_wait
    }

    /// The time that passed.
    pub fn elapsed(&self) -> Duration {
        self.0.spent.elapsed
    }

    /// How often the service was asked.
    pub fn poll_count(&self) -> u32 {
        self.0.spent.polls
    }

    /// The state that the last poll found, such as `CREATE_IN_PROGRESS`.
    pub fn state(&self) -> Option<&str> {
        self.0.last.as_ref().map(|last| last.value.as_str())
    }

    /// The error of the last poll, where the wait went on in spite of it or it was given up.
    pub fn last_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.0.error.as_deref()
    }
}

impl<O, E> FailureState<O, E> {
    /// Makes one, as tests need it.
    pub fn new(final_poll: FinalPoll<O, E>) -> Self {
        Self::after(final_poll, Spent::default(), None, None)
    }

    pub(super) fn after(
        final_poll: FinalPoll<O, E>,
        spent: Spent,
        state: Option<Observed>,
        reason: Option<String>,
    ) -> Self {
        Self(Box::new(Failed { final_poll, spent, state, reason }))
    }

    /// What the last poll brought.
    pub fn final_poll(&self) -> &FinalPoll<O, E> {
        &self.0.final_poll
    }

    /// What the last poll brought, taken out.
    pub fn into_final_poll(self) -> FinalPoll<O, E> {
        self.0.final_poll
    }

    /// The state that ended the wait, such as `CREATE_FAILED`; an error's code where one did.
    pub fn state(&self) -> Option<&str> {
        self.0.state.as_ref().map(|state| state.value.as_str())
    }

    /// The message that the resource carries about its state, or the error's, on one line.
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The time that passed.
    pub fn elapsed(&self) -> Duration {
        self.0.spent.elapsed
    }

    /// How often the service was asked.
    pub fn poll_count(&self) -> u32 {
        self.0.spent.polls
    }
}

impl<E> OperationFailed<E> {
    /// Makes one, as tests need it.
    pub fn new(source: SdkError<E>) -> Self {
        Self::after(source, Spent::default())
    }

    pub(super) fn after(source: SdkError<E>, spent: Spent) -> Self {
        Self(Box::new(Poll { source, spent }))
    }

    /// The poll's error.
    pub fn error(&self) -> &SdkError<E> {
        &self.0.source
    }

    /// The poll's error, taken out.
    pub fn into_error(self) -> SdkError<E> {
        self.0.source
    }

    /// The time that passed.
    pub fn elapsed(&self) -> Duration {
        self.0.spent.elapsed
    }

    /// How often the service was asked.
    pub fn poll_count(&self) -> u32 {
        self.0.spent.polls
    }
}

impl<O, E: Display> Display for WaiterError<O, E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        match self {
            Self::ConstructionFailure(failure) => write!(f, "not sent: {}", one_line(failure.cause())),
            Self::ExceededMaxWait(exceeded) => Display::fmt(exceeded, f),
            Self::FailureState(failure) => Display::fmt(failure, f),
            Self::OperationFailed(failure) => Display::fmt(failure, f),
        }
    }
}

impl Display for ExceededMaxWait {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        let Exceeded { max_wait, spent, last, error } = &*self.0;
        write!(f, "{}time is up after {}", spent.prefix(), Seconds(*max_wait))?;
        if let Some(last) = last {
            write!(f, ", {last}")?;
        }
        if let Some(error) = error {
            write!(f, ", last poll: {}", one_line(&**error))?;
        }
        write!(f, " ({spent})")
    }
}

impl<O, E: Display> Display for FailureState<O, E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        let Failed { spent, state, reason, final_poll } = &*self.0;
        f.write_str(&spent.prefix())?;
        match (state, final_poll.as_result()) {
            (Some(state), _) => write!(f, "{state}")?,
            (None, Err(error)) => write!(f, "{error}")?,
            (None, Ok(_)) => f.write_str("a state was reached that ends the wait")?,
        }
        if let Some(reason) = reason {
            write!(f, ": {reason}")?;
        }
        write!(f, " ({spent})")
    }
}

impl<E: Display> Display for OperationFailed<E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        let Poll { source, spent } = &*self.0;
        write!(f, "{}{source} ({spent})", spent.prefix())
    }
}

impl Spent {
    fn prefix(&self) -> String {
        if self.waiter.is_empty() { String::new() } else { format!("{}: ", self.waiter) }
    }
}

impl Display for Spent {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        let plural = if self.polls == 1 { "" } else { "s" };
        write!(f, "{} poll{plural}, {}", self.polls, Seconds(self.elapsed))
    }
}

/// Whole seconds; tenths below ten.
struct Seconds(Duration);

impl Display for Seconds {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        let seconds = self.0.as_secs_f64();
        if seconds < 9.95 && (seconds - seconds.round()).abs() >= 0.05 {
            write!(f, "{seconds:.1} s")
        } else {
            write!(f, "{seconds:.0} s")
        }
    }
}

// By hand, because the reason may be sensitive.
impl<O: Debug, E: Debug> Debug for Failed<O, E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.debug_struct("Failed")
            .field("final_poll", &self.final_poll)
            .field("spent", &self.spent)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl<O: Debug, E: Error + 'static> Error for WaiterError<O, E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::ConstructionFailure(failure) => Some(failure.cause()),
            Self::ExceededMaxWait(exceeded) => exceeded.last_error().map(|error| error as _),
            Self::FailureState(failure) => failure.final_poll().as_result().err().map(|error| error as _),
            Self::OperationFailed(failure) => Some(failure.error()),
        }
    }
}

impl<O, E: ProvideErrorMetadata> ProvideErrorMetadata for WaiterError<O, E> {
    fn meta(&self) -> &ErrorMetadata {
        let meta = match self {
            Self::ConstructionFailure(_) | Self::ExceededMaxWait(_) => None,
            Self::FailureState(failure) => failure.final_poll().as_result().err().map(ProvideErrorMetadata::meta),
            Self::OperationFailed(failure) => Some(failure.error().meta()),
        };
        meta.unwrap_or(&EMPTY_ERROR_METADATA)
    }
}
