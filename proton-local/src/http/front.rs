//! From a request to its response.

use super::body;
use crate::auth::Gate;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::injection::inject;
use crate::metrics::Metrics;
use crate::random::Random;
use crate::settings::{Faults, Settings};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, header};
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
    gate: Gate,
    faults: Faults,
    pub(super) metrics: Metrics,
    clock: Clock,
    random: Random,
}

impl<H: Send + Sync> Front<H> {
    /// A front for the handler.
    pub(crate) fn new(
        protocol: Protocol<H, Caller>,
        handler: H,
        settings: &Settings,
        clock: Clock,
        random: Random,
    ) -> Self {
        let gate = Gate::new(settings, protocol.signing_name());
        let faults = settings.faults.clone();
        Self { protocol, handler, gate, faults, metrics: Metrics::new(), clock, random }
    }

    /// The response to a request; there always is one.
    pub(crate) async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<Full<Bytes>> {
        match (request.method(), request.uri().path()) {
            (&Method::GET | &Method::HEAD, "/healthz") => plain("application/json", r#"{"status":"ok"}"#),
            (&Method::GET | &Method::HEAD, "/metrics") => plain("text/plain; version=0.0.4", self.metrics.text()),
            _ => {
                // A task of its own: a client that goes away stops no write half-way, and its request is still counted.
                let answered = tokio::spawn(Arc::clone(&self).call(request)).await;
                answered
                    .unwrap_or_else(|panic| self.protocol.response("", Err(Rejection::internal(panic))))
                    .map(Full::new)
            }
        }
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

fn plain(content_type: &'static str, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
