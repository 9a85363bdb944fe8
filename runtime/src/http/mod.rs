//! How requests travel: the client that comes with the crate, and what it can be told.
//!
//! Nothing of this needs to be touched to call a service. A program that has to trust certificates of its own, show
//! one, or go through a proxy gives its configuration a [`Client`]; any other `HttpClient` will do as well.

mod body;
#[cfg(feature = "http-client")]
mod client;
#[cfg(all(feature = "http-client", feature = "metrics"))]
mod connecting;
mod convert;
mod custom;
#[cfg(feature = "http-client")]
mod failure;
#[cfg(feature = "http-client")]
mod pool;
#[cfg(feature = "http-client")]
mod proxy;
#[cfg(feature = "http-client")]
mod settings;
#[cfg(feature = "http-client")]
mod tls;

#[cfg(feature = "http-client")]
pub use client::Client;
#[cfg(feature = "http-client")]
pub use proxy::Proxy;
#[cfg(feature = "http-client")]
pub use settings::ClientBuilder;

pub(crate) use convert::{from_shared_request, read_shared_response, to_shared_request, to_shared_response};

use crate::config::Config;
use crate::error::{BoxError, ConfigError, ConnectorError};
use crate::timeout::{Limit, TimedOut, Timeouts};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use bytes::Bytes;
use http::{Request, Response, Uri};

/// What sends requests.
#[derive(Clone, Debug)]
pub(crate) enum Transport {
    #[cfg(feature = "http-client")]
    BuiltIn(Client),
    Custom(custom::Custom),
}

/// What one request goes over. It can be kept from being used again.
#[derive(Debug)]
pub(crate) enum Connection {
    #[cfg(feature = "http-client")]
    BuiltIn(pool::Connection),
    Custom(custom::Connection),
}

/// Why there is no answer, or only the beginning of one.
#[derive(Debug)]
pub(crate) enum SendError {
    Connector(ConnectorError),
    /// No head came in time.
    TimedOut(TimedOut),
    /// The head came, the body broke off or stalled.
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
            let client = match base {
                Some(Self::BuiltIn(base)) => base.clone(),
                _ => Client::with_bundle(config.ca_bundle.as_deref(), &config.environment)?,
            };
            Ok(Self::BuiltIn(client.with_connect_timeout(timeouts.connect)))
        }
        #[cfg(not(feature = "http-client"))]
        {
            let _ = base;
            Err(ConfigError::MissingHttpClient)
        }
    }

    /// A way to send one request there.
    pub(crate) fn connection(&self, uri: &Uri) -> Result<Connection, ConnectorError> {
        #[cfg(not(feature = "http-client"))]
        let _ = uri;
        match self {
            #[cfg(feature = "http-client")]
            Self::BuiltIn(client) => client.connection(uri).map(Connection::BuiltIn),
            Self::Custom(client) => Ok(Connection::Custom(client.connection())),
        }
    }
}

impl Connection {
    /// Sends the request and reads the answer to its end. `read` limits each wait for the next bytes.
    pub(crate) async fn send(
        &self,
        request: Request<Bytes>,
        read: &Limit,
        sleep: &SharedAsyncSleep,
    ) -> Result<Response<Bytes>, SendError> {
        match self {
            #[cfg(feature = "http-client")]
            Self::BuiltIn(connection) => connection.send(request, read, sleep).await,
            Self::Custom(connection) => connection.send(request, read, sleep).await,
        }
    }

    /// No later request goes over it.
    pub(crate) fn poison(&self) {
        match self {
            #[cfg(feature = "http-client")]
            Self::BuiltIn(connection) => connection.poison(),
            Self::Custom(connection) => connection.poison(),
        }
    }
}
