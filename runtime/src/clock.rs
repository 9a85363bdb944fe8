//! The one place that reads the system's clock; everything else asks the configured time source.

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use std::time::SystemTime;

/// The time source of a client that is given none.
pub(crate) fn system_clock() -> SharedTimeSource {
    SharedTimeSource::new(SystemClock)
}

#[derive(Debug)]
struct SystemClock;

impl TimeSource for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}
