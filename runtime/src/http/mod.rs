//! Sending a request and reading the whole answer, through the built-in client or the program's.

#[cfg(feature = "http-client")]
mod builtin;
mod convert;
mod custom;
#[cfg(feature = "aws-config")]
mod shared;
#[cfg(feature = "rustls")]
mod tls;

#[cfg(feature = "http-client")]
pub(crate) use builtin::BuiltIn;
pub(crate) use convert::{from_shared_request, read_shared_response, to_shared_request, to_shared_response};
#[cfg(feature = "aws-config")]
pub(crate) use shared::SharedBuiltIn;

use crate::config::Config;
use crate::error::{BoxError, ConfigError, ConnectorError};
use crate::timeout::{Limit, TimedOut, Timeouts};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use bytes::Bytes;
use http::{Request, Response};

/// What sends requests.
#[derive(Clone, Debug)]
pub(crate) enum Transport {
    #[cfg(feature = "http-client")]
    BuiltIn(BuiltIn),
    Custom(custom::Custom),
}

/// Why there is no answer, or only the beginning of one.
#[derive(Debug)]
pub(crate) enum SendError {
    Connector(ConnectorError),
    TimedOut(TimedOut),
    /// The head came, the body broke off.
    Body(Box<Response<Bytes>>, BoxError),
}

impl Transport {
    /// The transport of a new client; `base` is that of the client that it is a copy of.
    pub(crate) fn new(
        config: &Config,
        timeouts: &Timeouts,
        components: &RuntimeComponents,
        base: Option<&Self>,
    ) -> Result<Self, ConfigError> {
        if let Some(client) = &config.http_client {
            return Ok(Self::Custom(custom::Custom::new(client, timeouts, components)));
        }
        #[cfg(feature = "http-client")]
        {
            let pool = match base {
                Some(Self::BuiltIn(base)) => base.with_connect_timeout(timeouts.connect),
                _ => BuiltIn::new(timeouts.connect),
            };
            Ok(Self::BuiltIn(pool))
        }
        #[cfg(not(feature = "http-client"))]
        {
            let _ = base;
            Err(ConfigError::MissingHttpClient)
        }
    }

    /// Sends the request and reads the answer to its end. `read` limits each wait for the next bytes.
    pub(crate) async fn send(
        &self,
        request: Request<Bytes>,
        read: &Limit,
        sleep: &SharedAsyncSleep,
    ) -> Result<Response<Bytes>, SendError> {
        match self {
            #[cfg(feature = "http-client")]
            Self::BuiltIn(client) => client.send(request, read, sleep).await,
            Self::Custom(client) => client.send(request, read, sleep).await,
        }
    }
}

/// Puts the parts of a body together; a body in one part is not copied.
#[derive(Debug, Default)]
struct Collector {
    first: Bytes,
    rest: Vec<u8>,
}

impl Collector {
    fn push(&mut self, part: Bytes) {
        if self.first.is_empty() && self.rest.is_empty() {
            self.first = part;
            return;
        }
        if self.rest.is_empty() {
            self.rest.reserve((self.first.len() + part.len()) * 2);
            self.rest.extend_from_slice(&self.first);
            self.first = Bytes::new();
        }
        self.rest.extend_from_slice(&part);
    }

    fn finish(self) -> Bytes {
        if self.rest.is_empty() { self.first } else { self.rest.into() }
    }
}
