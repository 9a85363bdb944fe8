//! A clock that only sleeping moves, and that keeps what was slept.

use smithy_runtime::config::{AsyncSleep, Sleep, TimeSource};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

#[derive(Clone, Debug)]
pub(crate) struct FakeTime {
    now: Arc<Mutex<SystemTime>>,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl FakeTime {
    /// 2015-08-30T12:36:00Z, as in the published signing examples.
    pub(crate) fn new() -> Self {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160);
        Self { now: Arc::new(Mutex::new(now)), slept: Arc::default() }
    }

    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }

    pub(crate) fn advance(&self, duration: Duration) {
        *self.now.lock().unwrap() += duration;
    }
}

impl TimeSource for FakeTime {
    fn now(&self) -> SystemTime {
        *self.now.lock().unwrap()
    }
}

impl AsyncSleep for FakeTime {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.slept.lock().unwrap().push(duration);
        self.advance(duration);
        Sleep::new(std::future::ready(()))
    }
}
