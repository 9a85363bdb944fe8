//! The polling itself.

use super::backoff::Backoff;
use super::error::{ExceededMaxWait, FailureState, OperationFailed, Spent, WaiterError};
use super::matching::{Answer, Observed};
use super::table::{Acceptor, State, Waiter};
use super::{FinalPoll, PollEvent, PollOutcome, WaitOptions};
use crate::client::{Call, Handle};
use crate::error::{BoxError, SdkError};
use crate::operation::{Operation, ServiceError};
use crate::retry::is_throttling;
use crate::timeout::{Limit, TimedOut};
use crate::value::Structure;
use aws_credential_types::provider::error::CredentialsError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use tracing::Instrument;

/// Polls the operation until the waiter is satisfied, for at most `max_wait`.
///
/// The first poll comes at once and the last at the latest when `max_wait` is over. A poll that is
/// under way then is given up; one that began in the last ten seconds has ten seconds. To stop
/// earlier, drop the future.
///
/// # Errors
/// Time is up, a failure state was reached, or a poll failed (see [`WaiterError`]).
pub async fn wait<O: Operation>(
    call: Call<O>,
    input: O::Input,
    waiter: &'static Waiter,
    options: WaitOptions,
    max_wait: Duration,
) -> Result<FinalPoll<O::Output, SdkError<O::Error>>, WaiterError<O::Output, O::Error>>
where
    O::Input: Sync,
{
    let call = call.with_feature("B").settled();
    static IDS: AtomicU64 = AtomicU64::new(1);
    let id = IDS.fetch_add(1, Ordering::Relaxed);
    let span = tracing::debug_span!("waiter", waiter_id = id, waiter = waiter.name, operation = O::METADATA.name);
    let poll = || call.clone().send(input.clone());
    run(waiter, call.handle(), &options, max_wait, &input, poll).instrument(span).await
}

/// What a poll has at least, however little is left of the wait.
const LAST_POLL: Duration = Duration::from_secs(10);

/// Where time and chance come from.
pub(super) trait Timer: Sync {
    fn now(&self) -> SystemTime;
    /// A number in `0..1`.
    fn random(&self) -> f64;
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send;
    /// The step, if it ends in that time.
    fn within<F: Future>(&self, limit: Duration, step: F) -> impl Future<Output = Result<F::Output, TimedOut>>;
}

impl Timer for Handle {
    fn now(&self) -> SystemTime {
        self.now()
    }

    fn random(&self) -> f64 {
        self.random()
    }

    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        self.sleep(duration)
    }

    fn within<F: Future>(&self, limit: Duration, step: F) -> impl Future<Output = Result<F::Output, TimedOut>> {
        self.within(Limit::internal(limit, "rest of the wait", ""), step)
    }
}

pub(super) async fn run<O, E, T, P, F>(
    waiter: &'static Waiter,
    timer: &T,
    options: &WaitOptions,
    max_wait: Duration,
    input: &dyn Structure,
    mut poll: P,
) -> Result<FinalPoll<O, SdkError<E>>, WaiterError<O, E>>
where
    O: Structure,
    E: ServiceError,
    T: Timer,
    P: FnMut() -> F,
    F: Future<Output = Result<O, SdkError<E>>>,
{
    let mut progress = Progress::new(waiter, options, timer.now(), max_wait);
    loop {
        let left = max_wait.saturating_sub(progress.elapsed(timer.now())).max(LAST_POLL);
        let result = match timer.within(left, poll()).await {
            Ok(result) => result,
            Err(late) => {
                progress.count(timer.now());
                return Err(progress.exceeded(max_wait, Some(late.into())));
            }
        };
        let error = result.as_ref().err();
        let answer = match &result {
            Ok(output) => Some(Ok(output as &dyn Structure)),
            Err(error) => error.as_service_error().map(|error| Err(error.meta())),
        };
        let poll = Poll {
            answer: answer.map(|result| Answer { input, result }),
            error: error.map(|error| error as _),
            transient: error.is_some_and(is_transient),
        };
        match progress.judge(&poll, timer.now(), timer.random()) {
            Verdict::Success => return Ok(FinalPoll::new(result)),
            Verdict::Sleep(delay) => timer.sleep(delay).await,
            Verdict::Failure { state, reason } => {
                let poll = FinalPoll::new(result.map_err(SdkError::into_service_error));
                let failure = FailureState::after(poll, progress.spent, Some(state), reason);
                return Err(WaiterError::FailureState(failure));
            }
            Verdict::End => {
                return Err(match result {
                    Err(SdkError::ConstructionFailure(failure)) if progress.spent.polls == 1 => {
                        WaiterError::ConstructionFailure(failure)
                    }
                    Err(error) if !progress.tolerated => {
                        WaiterError::OperationFailed(OperationFailed::after(error, progress.spent))
                    }
                    last => progress.exceeded(max_wait, last.err().map(Into::into)),
                });
            }
        }
    }
}

/// One poll without its types.
struct Poll<'a> {
    /// What the service answered; absent where it did not answer.
    answer: Option<Answer<'a>>,
    error: Option<&'a (dyn std::error::Error + 'static)>,
    transient: bool,
}

enum Verdict {
    Success,
    Failure { state: Observed, reason: Option<String> },
    Sleep(Duration),
    End,
}

/// The wait so far.
struct Progress<'a> {
    waiter: &'static Waiter,
    options: &'a WaitOptions,
    backoff: Backoff,
    started: SystemTime,
    spent: Spent,
    last: Option<Observed>,
    transient_in_a_row: u32,
    /// Whether the last poll failed and that was tolerated.
    tolerated: bool,
}

impl<'a> Progress<'a> {
    fn new(waiter: &'static Waiter, options: &'a WaitOptions, started: SystemTime, max_wait: Duration) -> Self {
        Self {
            waiter,
            options,
            backoff: Backoff::new(waiter, options, max_wait),
            started,
            spent: Spent { waiter: waiter.name, polls: 0, elapsed: Duration::ZERO },
            last: None,
            transient_in_a_row: 0,
            tolerated: false,
        }
    }

    /// A clock that was set back counts as one that stands still.
    fn elapsed(&self, now: SystemTime) -> Duration {
        now.duration_since(self.started).unwrap_or_default().max(self.spent.elapsed)
    }

    /// A poll has ended.
    fn count(&mut self, now: SystemTime) {
        self.spent.polls = self.spent.polls.saturating_add(1);
        self.spent.elapsed = self.elapsed(now);
    }

    fn exceeded<O, E>(self, max_wait: Duration, error: Option<BoxError>) -> WaiterError<O, E> {
        WaiterError::ExceededMaxWait(ExceededMaxWait::after(max_wait, self.spent, self.last, error))
    }

    fn judge(&mut self, poll: &Poll<'_>, now: SystemTime, random: f64) -> Verdict {
        self.count(now);
        let acceptor = poll.answer.as_ref().and_then(|answer| self.waiter.accept(answer));
        let seen = poll.answer.as_ref().and_then(|answer| self.waiter.observe(answer));
        self.transient_in_a_row = if poll.transient { self.transient_in_a_row + 1 } else { 0 };
        self.tolerated = poll.transient && self.transient_in_a_row <= self.options.tolerated;

        let goes_on = match acceptor {
            Some(acceptor) => acceptor.state == State::Retry,
            None => poll.error.is_none() || self.tolerated,
        };
        let delay = goes_on.then(|| self.backoff.delay(self.spent.polls, self.spent.elapsed, random)).flatten();
        let state = seen.as_ref().map(|seen| seen.value.as_str());
        self.report(poll, acceptor, state, delay);
        // An error tells nothing new about the resource, so the last state that was seen stays.
        self.last = seen.or(self.last.take());

        match (acceptor, &poll.answer) {
            (Some(Acceptor { state: State::Success, .. }), _) => Verdict::Success,
            (Some(acceptor @ Acceptor { state: State::Failure, .. }), Some(answer)) => {
                Verdict::Failure { state: acceptor.matched(answer), reason: acceptor.reason_in(answer) }
            }
            _ => {
                // An error that an acceptor expects does not end the wait as an error either.
                self.tolerated |= acceptor.is_some();
                delay.map_or(Verdict::End, Verdict::Sleep)
            }
        }
    }

    fn report(&self, poll: &Poll<'_>, acceptor: Option<&Acceptor>, state: Option<&str>, next: Option<Duration>) {
        let outcome = match (acceptor.map(|acceptor| acceptor.state), poll.error) {
            (Some(State::Success), _) => PollOutcome::Success,
            (Some(State::Failure), _) => PollOutcome::Failure,
            (Some(State::Retry), _) | (None, None) => PollOutcome::Pending,
            (None, Some(error)) if self.tolerated => PollOutcome::TransientError(error),
            (None, Some(error)) => PollOutcome::Error(error),
        };
        let Spent { waiter, polls, elapsed } = self.spent;
        tracing::debug!(poll = polls, state, next_in = ?next, "polled");
        self.options.report(&PollEvent { waiter, attempt: polls, elapsed, outcome, state, next_delay: next });
    }
}

/// Whether the same poll may go through a little later.
fn is_transient<E: ServiceError>(error: &SdkError<E>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::ResponseError(_) => true,
        SdkError::DispatchFailure(failure) => failure.is_io() || failure.is_timeout(),
        SdkError::ServiceError(failure) => {
            matches!(failure.raw().status().as_u16(), 429 | 500..)
                || failure.err().meta().code().is_some_and(is_throttling)
        }
        // A source of credentials that does not answer may do so later.
        SdkError::ConstructionFailure(failure) => {
            let causes = std::iter::successors(Some(failure.cause()), |cause| cause.source());
            causes.filter_map(|cause| cause.downcast_ref()).any(|error| {
                matches!(error, CredentialsError::ProviderError(_) | CredentialsError::ProviderTimedOut(_))
            })
        }
    }
}
