//! One provider's identity: how fresh it is, and what came of the last attempt to renew it.

use super::IdentityCacheBuilder;
use crate::error::one_line;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use std::error::Error;
use std::fmt::{Display, Formatter};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The pause after a failed renewal; it doubles with each further one, up to a minute.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

#[derive(Default)]
pub(super) struct Entry {
    state: Mutex<State>,
    /// Held while one loads what the others wait for.
    pub(super) loading: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    failure: Option<Failure>,
    /// How many loads have ended.
    loads: u64,
}

struct Kept {
    identity: Identity,
    /// From when on it is renewed in the background, and from when on calls wait for that.
    ageing: SystemTime,
    due: SystemTime,
    /// `None` where nobody said.
    end: Option<SystemTime>,
}

struct Failure {
    error: Arc<BoxError>,
    in_a_row: u32,
    retry: SystemTime,
}

/// What a call finds.
pub(super) enum Look {
    Fresh(Identity),
    /// Good for this call, and time to renew it.
    Ageing(Identity),
    /// To wait for.
    Due,
}

impl Entry {
    pub(super) fn look(&self, now: SystemTime) -> Look {
        let state = self.state();
        let Some(kept) = state.kept.as_ref().filter(|kept| kept.is_valid(now)) else { return Look::Due };
        let identity = kept.identity.clone();
        if now < kept.ageing || state.rests(now) {
            Look::Fresh(identity)
        } else if now < kept.due {
            Look::Ageing(identity)
        } else {
            Look::Due
        }
    }

    pub(super) fn loads(&self) -> u64 {
        self.state().loads
    }

    /// What came of a load that ended after the first `loads`, if there is one.
    pub(super) fn outcome_since(&self, loads: u64, now: SystemTime) -> Option<Result<Identity, BoxError>> {
        let state = self.state();
        if state.loads == loads {
            return None;
        }
        match (&state.kept, &state.failure) {
            (Some(kept), _) if kept.is_valid(now) => Some(Ok(kept.identity.clone())),
            (_, Some(failure)) => Some(Err(Shared(Arc::clone(&failure.error)).into())),
            _ => None,
        }
    }

    pub(super) fn keep(&self, identity: &Identity, now: SystemTime, settings: &IdentityCacheBuilder) {
        let end = identity.expiration();
        // A time past all clocks is no end.
        let far = || now.checked_add(settings.default_expiration).unwrap_or(now + A_YEAR);
        let until = end.unwrap_or_else(far);
        // Of a short life no more than the second half goes by in renewing.
        let half = until.duration_since(now).unwrap_or_default() / 2;
        let before = |time: Duration| until.checked_sub(time.min(half)).unwrap_or(until);
        let due = before(settings.buffer_time);
        let jitter = 1.0 - settings.random.fraction() / 2.0;
        let ageing = before(settings.refresh_ahead.min(half).mul_f64(jitter)).min(due);
        let mut state = self.state();
        state.kept = Some(Kept { identity: identity.clone(), ageing, due, end });
        state.failure = None;
        state.loads += 1;
    }

    /// The identity at hand, if it is still valid; else the error.
    pub(super) fn fail(&self, error: BoxError, now: SystemTime) -> Result<Identity, BoxError> {
        let error = Arc::new(error);
        let mut state = self.state();
        let in_a_row = state.failure.as_ref().map_or(1, |last| last.in_a_row.saturating_add(1));
        let pause = FIRST_PAUSE.saturating_mul(1_u32.checked_shl(in_a_row - 1).unwrap_or(u32::MAX)).min(LONGEST_PAUSE);
        state.failure = Some(Failure { error: Arc::clone(&error), in_a_row, retry: now + pause });
        state.loads += 1;
        match state.kept.as_ref().filter(|kept| kept.is_valid(now)) {
            Some(kept) => {
                let reason = one_line(&**error);
                tracing::warn!(reason, end = ?kept.end, ?pause, "credentials were not renewed; the old ones are used");
                Ok(kept.identity.clone())
            }
            None => Err(Shared(error).into()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether a failure is so recent that nobody tries again yet.
    fn rests(&self, now: SystemTime) -> bool {
        self.failure.as_ref().is_some_and(|failure| now < failure.retry)
    }
}

impl Kept {
    fn is_valid(&self, now: SystemTime) -> bool {
        self.end.is_none_or(|end| now < end)
    }
}

/// A failure that several calls waited for.
#[derive(Debug)]
struct Shared(Arc<BoxError>);

impl Display for Shared {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Shared {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
