//! Time that passes only when somebody sleeps.

use crate::config::Builder;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// When test time starts, in seconds after 1970: the moment that the official SDKs' tests know.
pub(super) const START: u64 = 1_234_567_890;

/// A clock and a sleep that belong together: a sleep ends at once and moves the clock. Copies are the same clock.
///
/// A time-out that a configuration sets is such a sleep: with a real network below, set none.
///
/// ```
/// use smithy_runtime::test_util::VirtualTime;
/// use smithy_runtime::config::{AsyncSleep, Config, TimeSource};
/// use std::time::Duration;
///
/// # tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(async {
/// let time = VirtualTime::default();
/// let config = time.drive(Config::builder());
/// let before = time.now();
/// time.sleep(Duration::from_secs(3600)).await;
/// assert_eq!(time.now(), before + Duration::from_secs(3600));
/// assert_eq!(time.slept(), [Duration::from_secs(3600)]);
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct VirtualTime {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    now: SystemTime,
    slept: Vec<Duration>,
}

impl VirtualTime {
    /// A clock that shows this time.
    pub fn starting_at(now: SystemTime) -> Self {
        Self { state: Arc::new(Mutex::new(State { now, slept: Vec::new() })) }
    }

    /// Makes this clock that of a configuration.
    pub fn drive(&self, config: Builder) -> Builder {
        config.time_source(self.clone()).sleep_impl(self.clone())
    }

    /// Moves the clock without a sleep.
    pub fn advance(&self, duration: Duration) {
        self.with(|state| state.now += duration);
    }

    /// The sleeps so far: pauses between attempts, delays between a waiter's polls.
    pub fn slept(&self) -> Vec<Duration> {
        self.with(|state| state.slept.clone())
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for VirtualTime {
    fn default() -> Self {
        Self::starting_at(SystemTime::UNIX_EPOCH + Duration::from_secs(START))
    }
}

impl AsyncSleep for VirtualTime {
    fn sleep(&self, duration: Duration) -> Sleep {
        let time = self.clone();
        Sleep::new(async move {
            time.with(|state| {
                state.now += duration;
                state.slept.push(duration);
            });
        })
    }
}

impl TimeSource for VirtualTime {
    fn now(&self) -> SystemTime {
        self.with(|state| state.now)
    }
}
