//! The one place that reads the clock and sleeps; everything else asks the server's time source.

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use std::time::{Duration, SystemTime};

/// Where a server takes time from and how it waits; tests inject their own.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    /// What time it is.
    pub(crate) time: SharedTimeSource,
    /// How to wait.
    pub(crate) sleep: SharedAsyncSleep,
}

impl Clock {
    /// The system's clock and tokio's timer.
    pub(crate) fn system() -> Self {
        Self { time: SharedTimeSource::new(System), sleep: SharedAsyncSleep::new(System) }
    }

    /// Milliseconds since 1970.
    pub(crate) fn millis(&self) -> i64 {
        let since = self.time.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// Waits for a socket in real time, whatever time it is for the server's resources; `None` where that is too long.
pub(crate) async fn within<T>(patience: Duration, future: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(patience, future).await.ok()
}

#[derive(Debug)]
struct System;

impl TimeSource for System {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl AsyncSleep for System {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration))
    }
}
