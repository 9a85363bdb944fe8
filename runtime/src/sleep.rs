//! The one place that sleeps; everything else asks the configured sleep.

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use std::time::Duration;

/// The sleep of a client that is given none: tokio's timer.
pub(crate) fn tokio_sleep() -> SharedAsyncSleep {
    SharedAsyncSleep::new(TokioSleep)
}

/// Whether there is a tokio runtime here. Its timer has to be enabled, which nobody can ask.
pub(crate) fn has_tokio() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}

#[derive(Debug)]
struct TokioSleep;

impl AsyncSleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration))
    }
}
