//! The connections of a client and all its copies, in reqwest's hands.

use super::settings::Settings;
use super::{SendError, body, failure};
use crate::error::ConnectorError;
use crate::timeout::Limit;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use bytes::Bytes;
use http::{Request, Response, Uri};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[derive(Debug, Default)]
pub(super) struct Pool {
    settings: Settings,
    /// reqwest fixes some things when a client is built, so there is one for each key in use.
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
    /// The server is on this machine, where proxies of the environment do not lead.
    local: bool,
}

/// A client of the pool, for one request.
#[derive(Debug)]
pub(crate) struct Connection {
    pool: Arc<Pool>,
    client: Client,
}

impl Connection {
    pub(super) fn new(pool: &Arc<Pool>, uri: &Uri, connect: Option<Duration>) -> Result<Self, ConnectorError> {
        let tls = uri.scheme() == Some(&http::uri::Scheme::HTTPS);
        let client = pool.client(Key { connect, tls, local: is_local(uri) })?;
        Ok(Self { pool: Arc::clone(pool), client })
    }

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
        let mut received = sent.map_err(|error| SendError::Connector(failure::of_request(error)))?;
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = received.status();
        *response.version_mut() = received.version();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        match body::read(&mut received, read, sleep).await {
            Ok(Ok(body)) => *response.body_mut() = body,
            Ok(Err(error)) => return Err(SendError::Body(Box::new(response), failure::of_body(error))),
            Err(late) => return Err(SendError::Body(Box::new(response), late.into())),
        }
        Ok(response)
    }

    /// All idle connections go, once for all requests that find out; those in use end with their requests. hyper would
    /// mark a single one through the extensions of a request, which reqwest does not pass on, and a reqwest client for
    /// each connection would make a pool of our own.
    pub(crate) fn poison(&self) {
        self.pool.lock().retain(|client| client.id != self.client.id);
    }
}

impl body::Parts for reqwest::Response {
    type Error = reqwest::Error;

    fn expected(&self) -> Option<u64> {
        self.content_length()
    }

    fn next(&mut self) -> impl Future<Output = Result<Option<Bytes>, Self::Error>> + Send {
        self.chunk()
    }
}

impl Pool {
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    fn client(&self, key: Key) -> Result<Client, ConnectorError> {
        static IDS: AtomicUsize = AtomicUsize::new(0);
        let mut clients = self.lock();
        if let Some(client) = clients.iter().find(|client| client.key == key) {
            return Ok(client.clone());
        }
        let client = Client { key, id: IDS.fetch_add(1, Ordering::Relaxed), client: build(&self.settings, key)? };
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

fn build(settings: &Settings, key: Key) -> Result<reqwest::Client, ConnectorError> {
    let mut builder = reqwest::Client::builder()
        .pool_idle_timeout(settings.idle_timeout)
        .pool_max_idle_per_host(settings.max_idle)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // The engine retries, by rules that know the service.
        .retry(reqwest::retry::never())
        .tcp_nodelay(true);
    if !settings.http2 {
        builder = builder.http1_only();
    }
    if let Some(limit) = key.connect {
        builder = builder.connect_timeout(limit);
    }
    match &settings.proxies {
        Some(proxies) => {
            builder = builder.no_proxy();
            for proxy in proxies {
                builder = builder.proxy(proxy.clone());
            }
        }
        None if key.local => builder = builder.no_proxy(),
        None => {}
    }
    #[cfg(feature = "metrics")]
    let builder = super::connecting::measured(builder);
    let builder = settings.tls.apply(builder, key.tls, settings.http2).map_err(ConnectorError::user)?;
    builder.build().map_err(|error| ConnectorError::user(error.into()))
}

fn is_local(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let address = host.parse::<std::net::IpAddr>();
    address.map_or_else(|_| host.eq_ignore_ascii_case("localhost"), |address| address.is_loopback())
}
