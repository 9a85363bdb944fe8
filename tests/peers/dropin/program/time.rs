//! A clock that moves only when somebody sleeps.

use aws_sdk_proton::config::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// No timer is ever exact.
const LATE: Duration = Duration::from_millis(1);

#[derive(Clone, Debug)]
pub(crate) struct Clock(Arc<Mutex<SystemTime>>);

impl Clock {
    pub(crate) fn start() -> Self {
        Self(Arc::new(Mutex::new(SystemTime::now())))
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        *self.0.lock().expect("no thread panics with the clock in hand")
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        let clock = self.clone();
        Sleep::new(async move {
            *clock.0.lock().expect("no thread panics with the clock in hand") += duration + LATE;
        })
    }
}
