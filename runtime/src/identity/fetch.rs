//! Small HTTP requests to a container's or instance's own endpoint.

use crate::error::one_line;
use crate::http::{Client, SendError};
use crate::timeout::Limit;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use bytes::Bytes;
use http::{Request, Response};
use std::fmt::{Display, Formatter};
use std::time::Duration;

/// How long to wait and how often to try.
pub(super) struct Fetch {
    pub(super) connect: Duration,
    pub(super) read: Duration,
    pub(super) attempts: u32,
    pub(super) sleep: SharedAsyncSleep,
}

/// What to do with an answer.
pub(super) enum Verdict<T> {
    Done(T),
    Retry(String),
    Fail(String),
}

/// Why there is nothing.
#[derive(Debug, PartialEq)]
pub(super) enum Failed {
    /// Nobody listens there.
    NotThere(String),
    Broken(String),
}

impl Display for Failed {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let (Self::NotThere(reason) | Self::Broken(reason)) = self;
        f.write_str(reason)
    }
}

/// The pause before the first retry; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(100);

impl Fetch {
    /// Sends the request that `make` makes, until `judge` has what it wants.
    pub(super) async fn send<T>(
        &self,
        url: &str,
        request: Request<Bytes>,
        judge: impl Fn(&Response<Bytes>) -> Verdict<T>,
    ) -> Result<T, Failed> {
        // A proxy would ask for the credentials of another machine.
        let client = Client::builder().no_proxy().build().map_err(|error| Failed::Broken(error.to_string()))?;
        let client = client.with_connect_timeout(Some(self.connect));
        let read = Limit::internal(self.read, "read_timeout for credentials", "");
        let mut attempt = 1;
        loop {
            let sent = match client.connection(request.uri()) {
                Ok(connection) => connection.send(request.clone(), &read, &self.sleep).await,
                Err(error) => Err(SendError::Connector(error)),
            };
            let failure = match sent {
                Ok(response) => match judge(&response) {
                    Verdict::Done(value) => return Ok(value),
                    Verdict::Fail(reason) => return Err(Failed::Broken(format!("{url} {reason}"))),
                    Verdict::Retry(reason) => Failed::Broken(format!("{url} {reason}")),
                },
                Err(SendError::Connector(error)) if error.is_user() => {
                    return Err(Failed::Broken(format!("{url}: {}", one_line(&error))));
                }
                // Where nobody is, nobody will be a moment later.
                Err(SendError::Connector(error)) if error.is_timeout() => {
                    return Err(Failed::NotThere(format!("{url} did not answer: {}", one_line(&error))));
                }
                Err(SendError::Connector(error)) => Failed::NotThere(format!("{url}: {}", one_line(&error))),
                Err(SendError::TimedOut(late)) => Failed::Broken(format!("{url}: {late}")),
                Err(SendError::Body(_, error)) => Failed::Broken(format!("{url}: {}", one_line(&*error))),
            };
            if attempt == self.attempts {
                return Err(failure);
            }
            self.sleep.sleep(PAUSE * (1 << (attempt - 1).min(6))).await;
            attempt += 1;
        }
    }
}
