//! How long making connections takes, for whoever has set a telemetry provider before the first request.

use crate::clock::system_clock;
use crate::metrics::connections;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_observability::instruments::Histogram;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// Has new connections measured, name resolution, TLS and proxies included. Where nobody listens nothing is added.
pub(super) fn measured(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    match connections() {
        Some(histogram) => builder.connector_layer(Stopwatch { histogram, time: system_clock() }),
        None => builder,
    }
}

#[derive(Clone)]
struct Stopwatch {
    histogram: Arc<dyn Histogram>,
    time: SharedTimeSource,
}

impl<S> Layer<S> for Stopwatch {
    type Service = Measured<S>;

    fn layer(&self, connector: S) -> Measured<S> {
        Measured { connector, stopwatch: self.clone() }
    }
}

#[derive(Clone)]
struct Measured<S> {
    connector: S,
    stopwatch: Stopwatch,
}

impl<S, R> Service<R> for Measured<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, destination: R) -> Self::Future {
        let connecting = self.connector.call(destination);
        let Stopwatch { histogram, time } = self.stopwatch.clone();
        Box::pin(async move {
            let started = time.now();
            let connection = connecting.await?;
            let took = time.now().duration_since(started).unwrap_or_default();
            histogram.record(took.as_secs_f64(), None, None);
            Ok(connection)
        })
    }
}
