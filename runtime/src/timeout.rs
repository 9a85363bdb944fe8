//! How long each step may take, and what ends it.

use crate::sleep;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_types::timeout::TimeoutConfig;
use std::fmt::{Display, Formatter};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, SystemTime};

/// The limits of a client, defaults filled in.
#[derive(Clone, Debug)]
pub(crate) struct Timeouts {
    /// TCP and TLS; the HTTP client enforces it.
    pub(crate) connect: Option<Duration>,
    /// Without a byte of the answer.
    pub(crate) read: Limit,
    /// One attempt, from its request to the end of its answer.
    pub(crate) attempt: Limit,
    /// A call, pauses between attempts included.
    pub(crate) operation: Limit,
}

/// A limit on a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    duration: Option<Duration>,
    /// Nobody set it: it only keeps a call from hanging for ever.
    default: bool,
    name: &'static str,
    /// What raises it; empty where nothing does.
    raise: &'static str,
}

/// What raises the limits of a client.
const CONFIG: &str = "`TimeoutConfig`";

impl Timeouts {
    pub(crate) fn new(config: Option<&TimeoutConfig>) -> Self {
        let mut set = config.cloned().unwrap_or_else(|| TimeoutConfig::builder().build());
        let given = set.clone();
        set.take_defaults_from(
            &TimeoutConfig::builder()
                .connect_timeout(Duration::from_millis(3_100))
                .read_timeout(Duration::from_secs(30))
                .operation_attempt_timeout(Duration::from_secs(60))
                .operation_timeout(Duration::from_secs(300))
                .build(),
        );
        let limit = |duration: Option<Duration>, given: Option<Duration>, name| Limit {
            duration,
            default: given.is_none(),
            name,
            raise: CONFIG,
        };
        Self {
            connect: set.connect_timeout(),
            read: limit(set.read_timeout(), given.read_timeout(), "read_timeout"),
            attempt: limit(
                set.operation_attempt_timeout(),
                given.operation_attempt_timeout(),
                "operation_attempt_timeout",
            ),
            operation: limit(set.operation_timeout(), given.operation_timeout(), "operation_timeout"),
        }
    }
}

impl Limit {
    /// A limit that is none of the timeout configuration's, and what raises it, or nothing.
    pub(crate) fn internal(duration: Duration, name: &'static str, raise: &'static str) -> Self {
        Self { duration: Some(duration), default: true, name, raise }
    }

    /// The limit that a connector is given with its settings.
    #[cfg(feature = "http-client")]
    pub(crate) fn of_connector(duration: Option<Duration>) -> Self {
        Self { duration, default: false, name: "read_timeout", raise: CONFIG }
    }

    pub(crate) fn duration(&self) -> Option<Duration> {
        self.duration
    }

    /// When a step that begins now has to end, where the program says so: a limit that it did not set only keeps a call
    /// from hanging, and its clock may be one that sleeps move.
    pub(crate) fn deadline(&self, now: SystemTime) -> Option<SystemTime> {
        self.duration.filter(|_| !self.default).and_then(|limit| now.checked_add(limit))
    }

    /// Runs the step until it ends or the limit is reached.
    ///
    /// A limit that the program set is measured by the program's sleep. One that it did not set must not end a call
    /// because a test's sleep takes no time, so tokio's timer measures it where there is one.
    pub(crate) async fn guard<T>(
        &self,
        sleep_impl: &SharedAsyncSleep,
        step: impl Future<Output = T>,
    ) -> Result<T, TimedOut> {
        let Some(limit) = self.duration else { return Ok(step.await) };
        let mut step = pin!(step);
        let mut timer: Option<Sleep> = None;
        poll_fn(|context| {
            if let Poll::Ready(value) = step.as_mut().poll(context) {
                return Poll::Ready(Ok(value));
            }
            let timer = timer.get_or_insert_with(|| {
                if self.default && sleep::has_tokio() {
                    sleep::tokio_sleep().sleep(limit)
                } else {
                    sleep_impl.sleep(limit)
                }
            });
            match pin!(timer).poll(context) {
                Poll::Ready(()) => Poll::Ready(Err(TimedOut { name: self.name, limit, raise: self.raise })),
                Poll::Pending => Poll::Pending,
            }
        })
        .await
    }
}

/// A limit was reached.
#[derive(Debug)]
pub(crate) struct TimedOut {
    name: &'static str,
    limit: Duration,
    raise: &'static str,
}

#[cfg(test)]
impl TimedOut {
    pub(crate) fn new(limit: Duration) -> Self {
        Self { name: "rest of the wait", limit, raise: "" }
    }
}

impl Display for TimedOut {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let Self { name, limit, raise } = self;
        write!(f, "no answer within the {name} of {limit:?}")?;
        if raise.is_empty() { Ok(()) } else { write!(f, "; raise it with {raise}") }
    }
}

impl std::error::Error for TimedOut {}
