//! The built-in HTTP client: reqwest, one connection pool for a client and all its copies.

use super::{Collector, SendError};
use crate::error::ConnectorError;
use crate::timeout::Limit;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use bytes::Bytes;
use http::{Request, Response, Uri};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A pool, and how long its owner waits for a connection.
#[derive(Clone, Debug)]
pub(crate) struct BuiltIn {
    pool: Arc<Pool>,
    connect: Option<Duration>,
}

#[derive(Debug, Default)]
struct Pool {
    /// reqwest fixes the connect time-out and TLS when a client is built, so there is one for each pair in use.
    clients: Mutex<Vec<Client>>,
    /// The last URL, parsed: most clients have one.
    url: Mutex<Option<(Uri, reqwest::Url)>>,
}

#[derive(Clone, Debug)]
struct Client {
    key: Key,
    /// Tells a client from the one that took its place.
    id: usize,
    client: reqwest::Client,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    connect: Option<Duration>,
    tls: bool,
}

impl BuiltIn {
    pub(crate) fn new(connect: Option<Duration>) -> Self {
        Self { pool: Arc::default(), connect }
    }

    /// The same pool for a copy of the client.
    pub(crate) fn with_connect_timeout(&self, connect: Option<Duration>) -> Self {
        Self { pool: Arc::clone(&self.pool), connect }
    }

    pub(crate) fn connection(&self, uri: &Uri) -> Result<Connection, ConnectorError> {
        let tls = uri.scheme() == Some(&http::uri::Scheme::HTTPS);
        let client = self.pool.client(Key { connect: self.connect, tls })?;
        Ok(Connection { pool: Arc::clone(&self.pool), client })
    }
}

/// A client of the pool, for one request.
#[derive(Debug)]
pub(crate) struct Connection {
    pool: Arc<Pool>,
    client: Client,
}

impl Connection {
    pub(crate) async fn send(
        &self,
        request: Request<Bytes>,
        read: &Limit,
        sleep: &SharedAsyncSleep,
    ) -> Result<Response<Bytes>, SendError> {
        let (parts, body) = request.into_parts();
        let url = self.pool.url(parts.uri).map_err(SendError::Connector)?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(body.into());

        let sent = read.guard(sleep, self.client.client.execute(request)).await.map_err(SendError::TimedOut)?;
        let mut received = sent.map_err(|error| SendError::Connector(connector_error(error)))?;
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = received.status();
        *response.version_mut() = received.version();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        let mut body = Collector::default();
        loop {
            match read.guard(sleep, received.chunk()).await.map_err(SendError::TimedOut)? {
                Ok(Some(part)) => body.push(part),
                Ok(None) => break,
                Err(error) => return Err(SendError::Body(Box::new(response), error.without_url().into())),
            }
        }
        *response.body_mut() = body.finish();
        Ok(response)
    }

    /// reqwest does not let go of a single connection, so all idle ones go, once for all requests that find out.
    pub(crate) fn poison(&self) {
        self.pool.lock().retain(|client| client.id != self.client.id);
    }
}

impl Pool {
    fn client(&self, key: Key) -> Result<Client, ConnectorError> {
        static IDS: AtomicUsize = AtomicUsize::new(0);
        let mut clients = self.lock();
        if let Some(client) = clients.iter().find(|client| client.key == key) {
            return Ok(client.clone());
        }
        let client = Client { key, id: IDS.fetch_add(1, Ordering::Relaxed), client: build(key)? };
        clients.push(client.clone());
        Ok(client)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Client>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn url(&self, uri: Uri) -> Result<reqwest::Url, ConnectorError> {
        let mut last = self.url.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, url)) = &*last
            && *known == uri
        {
            return Ok(url.clone());
        }
        let url = reqwest::Url::parse(&uri.to_string()).map_err(|error| ConnectorError::user(error.into()))?;
        *last = Some((uri, url.clone()));
        Ok(url)
    }
}

fn build(key: Key) -> Result<reqwest::Client, ConnectorError> {
    let mut builder = reqwest::Client::builder()
        .http1_only()
        .no_proxy()
        .pool_idle_timeout(Duration::from_secs(90))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // The engine retries, by rules that know the service.
        .retry(reqwest::retry::never())
        .tcp_nodelay(true);
    if let Some(limit) = key.connect {
        builder = builder.connect_timeout(limit);
    }
    #[cfg(feature = "rustls")]
    {
        builder = builder.tls_backend_preconfigured(super::tls::config(key.tls).map_err(ConnectorError::user)?);
    }
    #[cfg(not(feature = "rustls"))]
    if key.tls {
        let reason = "an https endpoint needs the cargo feature `rustls`, or `http_client(..)`";
        return Err(ConnectorError::user(reason.into()));
    }
    builder.build().map_err(|error| ConnectorError::user(error.into()))
}

fn connector_error(error: reqwest::Error) -> ConnectorError {
    let error = error.without_url();
    if error.is_timeout() {
        ConnectorError::timeout(error.into()).never_connected()
    } else if error.is_connect() {
        ConnectorError::io(error.into()).never_connected()
    } else if error.is_builder() {
        ConnectorError::user(error.into())
    } else {
        ConnectorError::io(error.into())
    }
}
