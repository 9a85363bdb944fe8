//! From a request to its response.

use super::body;
use super::rendered::Wanted;
use crate::auth::Gate;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::injection::inject;
use crate::metrics::Metrics;
use crate::random::Random;
use crate::settings::Faults;
use crate::store::Store;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use proton_sdk::server::{Protocol, Rejection, Route};
use std::error::Error;
use std::sync::Arc;
use tracing::Instrument;
use tracing::field::Empty;

/// The operation that a request is for, if there is one.
type Routed<H> = Result<&'static Route<H, Caller>, Rejection>;

/// What stands before the operations, whoever answers them.
#[derive(Debug)]
pub(crate) struct Front<H: 'static> {
    protocol: Protocol<H, Caller>,
    handler: H,
    store: Store,
    gate: Gate,
    faults: Faults,
    pub(super) metrics: Metrics,
    clock: Clock,
    random: Random,
}

impl<H: Send + Sync> Front<H> {
    /// A front for the handler; the store is for what is looked at beside the API.
    pub(crate) fn new(protocol: Protocol<H, Caller>, handler: H, store: Store, random: Random) -> Self {
        let (settings, clock) = (&store.shared().settings, store.shared().clock.clone());
        let gate = Gate::new(settings, protocol.signing_name());
        let faults = settings.faults.clone();
        Self { protocol, handler, store, gate, faults, metrics: Metrics::new(), clock, random }
    }

    /// The response to a request; there always is one.
    pub(crate) async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<Full<Bytes>> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            let path = request.uri().path();
            match path {
                "/healthz" => return page("application/json", r#"{"status":"ok"}"#).map(Full::new),
                "/metrics" => return page("text/plain; version=0.0.4", self.metrics.text()).map(Full::new),
                _ => {}
            }
            if let Some(wanted) = Wanted::parse(path) {
                return self.show(wanted, request).await.map(Full::new);
            }
        }
        // A task of its own: a client that goes away stops no write half-way, and its request is still counted.
        let answered = tokio::spawn(Arc::clone(&self).call(request)).await;
        answered.unwrap_or_else(|panic| self.protocol.response("", Err(Rejection::internal(panic)))).map(Full::new)
    }

    /// Shows what a deployment has rendered to those who may call about it: templates may hold secrets.
    async fn show(&self, wanted: Wanted, request: Request<Incoming>) -> Response<Bytes> {
        let request_id = self.random.uuid();
        let (parts, body) = request.into_parts();
        // Nothing is to be read in it; one that does not come whole is not what was signed.
        let body = body::read(body).await.unwrap_or_default();
        let caller = match self.gate.admit(&parts, &body, self.clock.time.now()) {
            Ok(caller) => caller,
            Err(refused) => {
                let mut response = self.protocol.response(&request_id, Err(refused));
                *response.status_mut() = StatusCode::FORBIDDEN;
                return response;
            }
        };
        let missing = wanted.missing(&caller.account, &caller.region);
        let rejection = match self.store.read(&caller, move |reader| wanted.find(reader)).await {
            Ok(Some((content_type, content))) => return page(content_type, content),
            Ok(None) => Rejection::new(StatusCode::NOT_FOUND, "ResourceNotFoundException", &missing),
            Err(fault) => {
                tracing::error!(%request_id, error = &fault as &(dyn Error + 'static), "a page failed");
                Rejection::internal(fault)
            }
        };
        self.protocol.response(&request_id, Err(rejection))
    }

    /// Has the operation answer that the request names, and tells of it.
    async fn call(self: Arc<Self>, request: Request<Incoming>) -> Response<Bytes> {
        let started = self.clock.time.now();
        let request_id = self.random.uuid();
        let (parts, body) = request.into_parts();
        let route = self.protocol.route(&parts);
        let operation = route.as_ref().map_or("Unknown", |route| route.name());
        let span = tracing::info_span!("request", %request_id, operation, account = Empty, region = Empty);
        // A task of its own again: a panic in it is an error like others.
        let front = Arc::clone(&self);
        let task = tokio::spawn(async move { front.operate(route, &parts, body).await }.instrument(span.clone()));
        let result = task.await.unwrap_or_else(|panic| Err(Rejection::internal(panic)));
        let result = result.map_err(|rejection| self.protocol.settle(rejection));

        let took = self.clock.time.now().duration_since(started).unwrap_or_default();
        let code = result.as_ref().err().map(Rejection::code);
        self.metrics.answered(operation, code, took);
        let _entered = span.entered();
        if let Some(source) = result.as_ref().err().and_then(Rejection::source) {
            let source: &(dyn Error + 'static) = &**source;
            tracing::error!(error = source, "an operation failed");
        }
        tracing::info!(code = code.unwrap_or("OK"), micros = took.as_micros() as u64, "answered");
        self.protocol.response(&request_id, result)
    }

    async fn operate(&self, route: Routed<H>, parts: &Parts, body: Incoming) -> Result<Vec<u8>, Rejection> {
        // Read first, so that a refusal does not cut off a client that is still writing.
        let body = body::read(body).await?;
        let route = route?;
        let caller = self.gate.admit(parts, &body, self.clock.time.now())?;
        tracing::Span::current().record("account", &caller.account).record("region", &caller.region);
        inject(&self.faults, route.name(), &self.clock, &self.random).await?;
        self.protocol.call(route, &self.handler, &caller, &body).await
    }
}

fn page(content_type: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
