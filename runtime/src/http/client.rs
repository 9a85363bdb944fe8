//! The HTTP client that comes with the crate, with settings of its own.

use super::pool::{Connection, Pool};
use super::settings::ClientBuilder;
use super::{SendError, convert};
use crate::config::Environment;
use crate::error::{ConfigError, ConnectorError};
use crate::sleep;
use crate::timeout::Limit;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use http::Uri;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// reqwest as an HTTP client of AWS SDKs, with a connection pool that its copies share.
///
/// A client needs one only where it shall differ from the built-in one: certificates, proxies, the pool. It serves
/// `aws-config` and other SDKs as well. Bodies of requests have to be in memory; those of answers are read whole.
///
/// ```no_run
/// use smithy_runtime::config::Config;
/// use smithy_runtime::http::{Client, Proxy};
///
/// let http = Client::builder()
///     .root_certificates_file("/etc/ssl/corporate.pem")
///     .proxy(Proxy::https("http://proxy.example.com:3128").except("localhost,.internal"))
///     .build()?;
/// let config = Config::builder().http_client(http);
/// # Ok::<(), smithy_runtime::error::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    pool: Arc<Pool>,
    connect: Option<Duration>,
}

impl Client {
    /// Starts with the operating system's certificates and the environment's proxies.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// One with the operating system's certificates, or with those of the file.
    pub(crate) fn with_bundle(path: Option<&Path>, environment: &Environment) -> Result<Self, ConfigError> {
        let Some(path) = path else { return Ok(Self::of_pool(Pool::default())) };
        let place = path.display();
        let Some(pem) = environment.file(path)? else { return Err(ConfigError::setting(place, "is not there")) };
        let client = Self::builder().root_certificates_pem(pem).build();
        client.map_err(|error| ConfigError::setting(place, error))
    }

    pub(super) fn of_pool(pool: Pool) -> Self {
        Self { pool: Arc::new(pool), connect: None }
    }

    /// The same pool with another limit on connecting.
    pub(crate) fn with_connect_timeout(&self, connect: Option<Duration>) -> Self {
        Self { pool: Arc::clone(&self.pool), connect }
    }

    pub(crate) fn connection(&self, uri: &Uri) -> Result<Connection, ConnectorError> {
        Connection::new(&self.pool, uri, self.connect)
    }
}

impl HttpClient for Client {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector {
            client: self.with_connect_timeout(settings.connect_timeout()),
            read: Limit::of_connector(settings.read_timeout()),
            sleep: components.sleep_impl().unwrap_or_else(sleep::tokio_sleep),
        })
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("reqwest", None))
    }
}

#[derive(Clone, Debug)]
struct Connector {
    client: Client,
    read: Limit,
    sleep: SharedAsyncSleep,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let this = self.clone();
        HttpConnectorFuture::new(async move { this.send(request).await })
    }
}

impl Connector {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = convert::from_shared_request(request)?;
        let connection = Arc::new(self.client.connection(request.uri())?);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            let connection = Arc::clone(&connection);
            capture.set_connection_retriever(move || {
                let connection = Arc::clone(&connection);
                Some(ConnectionMetadata::builder().proxied(false).poison_fn(move || connection.poison()).build())
            });
        }
        match connection.send(request, &self.read, &self.sleep).await {
            Ok(response) => Ok(*convert::to_shared_response(response)),
            Err(SendError::Connector(error)) => Err(error),
            Err(SendError::TimedOut(late)) => Err(ConnectorError::timeout(late.into())),
            Err(SendError::Body(_, error)) => Err(ConnectorError::io(error)),
        }
    }
}
