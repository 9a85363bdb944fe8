//! What `/metrics` shows.

use prometheus::core::Collector;
use prometheus::{Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};
use std::time::Duration;

/// Upper bounds of the latency's classes, in seconds.
const BUCKETS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Counts of one server.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    errors: IntCounterVec,
    durations: HistogramVec,
    connections: IntGauge,
}

impl Metrics {
    /// Nothing counted yet.
    pub(crate) fn new() -> Self {
        let requests = Opts::new("proton_local_requests_total", "Requests that were answered, by operation.");
        let errors = Opts::new("proton_local_errors_total", "Requests that were refused, by operation and error.");
        let durations = HistogramOpts::new("proton_local_request_duration_seconds", "Time from request to answer.");
        let registry = Registry::new();
        Self {
            requests: register(&registry, IntCounterVec::new(requests, &["operation"])),
            errors: register(&registry, IntCounterVec::new(errors, &["operation", "code"])),
            durations: register(&registry, HistogramVec::new(durations.buckets(BUCKETS.to_vec()), &["operation"])),
            connections: register(&registry, IntGauge::new("proton_local_connections", "Open connections.")),
            registry,
        }
    }

    /// Counts a request that was answered, or refused with an error code.
    pub(crate) fn answered(&self, operation: &str, code: Option<&str>, took: Duration) {
        self.requests.with_label_values(&[operation]).inc();
        if let Some(code) = code {
            self.errors.with_label_values(&[operation, code]).inc();
        }
        self.durations.with_label_values(&[operation]).observe(took.as_secs_f64());
    }

    /// Counts a connection for as long as the result lives.
    pub(crate) fn connection(&self) -> OpenConnection {
        self.connections.inc();
        OpenConnection(self.connections.clone())
    }

    /// All counts in the text format of Prometheus.
    pub(crate) fn text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        // Writing to memory does not fail, and every metric has a name and a help text.
        let _ = TextEncoder::new().encode(&self.registry.gather(), &mut text);
        text
    }
}

/// Puts a metric in the registry. Names are fixed and differ, so it cannot fail.
fn register<M: Collector + Clone + 'static>(registry: &Registry, metric: Result<M, prometheus::Error>) -> M {
    let metric = metric.expect("a metric with a valid name");
    registry.register(Box::new(metric.clone())).expect("a metric of its own name");
    metric
}

/// One open connection.
#[derive(Debug)]
pub(crate) struct OpenConnection(IntGauge);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.dec();
    }
}
