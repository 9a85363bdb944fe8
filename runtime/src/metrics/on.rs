//! The histograms of the official SDK, under their names, through the telemetry provider of the process.

use super::Outcome;
use crate::client::Failure;
use crate::operation::{Metadata, Service};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_observability::global::get_telemetry_provider;
use aws_smithy_observability::instruments::Histogram;
use aws_smithy_observability::meter::Meter;
use aws_smithy_observability::{AttributeValue, Attributes};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The histograms of a client; `None` where nobody listened when it was made.
#[derive(Debug)]
pub(crate) struct Metrics(Option<Histograms>);

#[derive(Debug)]
struct Histograms {
    call: Arc<dyn Histogram>,
    attempt: Arc<dyn Histogram>,
    sent: Arc<dyn Histogram>,
    received: Arc<dyn Histogram>,
}

/// When something began that is measured.
pub(crate) type Start = Option<SystemTime>;

impl Metrics {
    pub(crate) fn new(service: &Service) -> Self {
        let Some(meter) = meter(scope(service)) else { return Self(None) };
        let histogram = |name, unit, description| histogram(&meter, name, unit, description);
        Self(Some(Histograms {
            call: histogram("smithy.client.call.duration", "s", "a call with all its attempts and pauses"),
            attempt: histogram("smithy.client.call.attempt.duration", "s", "an attempt, to the end of its answer"),
            sent: histogram("smithy.client.call.request.size", "By", "the body of a request"),
            received: histogram("smithy.client.call.response.size", "By", "the body of an answer"),
        }))
    }

    pub(crate) fn start(&self, time: &SharedTimeSource) -> Start {
        self.0.as_ref().map(|_| time.now())
    }

    pub(crate) fn call<'a>(
        &self,
        metadata: &Metadata,
        start: Start,
        time: &SharedTimeSource,
        outcome: &Outcome<'_>,
        labels: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        let Some(histograms) = &self.0 else { return };
        let mut attributes = attributes(metadata);
        for (name, value) in labels {
            attributes.set(name, AttributeValue::String(value.to_owned()));
        }
        if let Some(failure) = outcome.failure {
            attributes.set("error.type", AttributeValue::String(kind(failure).to_owned()));
        }
        if let Some(status) = outcome.status {
            attributes.set("http.status_code", AttributeValue::I64(status.into()));
        }
        histograms.call.record(seconds(start, time), Some(&attributes), None);
    }

    pub(crate) fn attempt(&self, metadata: &Metadata, start: Start, time: &SharedTimeSource, number: u32) {
        let Some(histograms) = &self.0 else { return };
        let mut attributes = attributes(metadata);
        attributes.set("attempt", AttributeValue::I64(number.into()));
        histograms.attempt.record(seconds(start, time), Some(&attributes), None);
    }

    pub(crate) fn sent(&self, metadata: &Metadata, bytes: usize) {
        let Some(histograms) = &self.0 else { return };
        histograms.sent.record(bytes as f64, Some(&attributes(metadata)), None);
    }

    pub(crate) fn received(&self, metadata: &Metadata, bytes: usize) {
        let Some(histograms) = &self.0 else { return };
        histograms.received.record(bytes as f64, Some(&attributes(metadata)), None);
    }
}

/// Where the time goes that making a connection takes; `None` where nobody listens. Clients of several services may share
/// a pool, so this is no service's.
#[cfg(feature = "http-client")]
pub(crate) fn connections() -> Option<Arc<dyn Histogram>> {
    let name = "smithy.client.http.connections.acquire_duration";
    Some(histogram(&meter("smithy-runtime")?, name, "s", "making a connection, where none was idle"))
}

/// A meter of the process; `None` where nobody listens.
fn meter(scope: &'static str) -> Option<Meter> {
    let provider = get_telemetry_provider().ok()?;
    let provider = provider.meter_provider();
    (provider.provider_name() != "noop").then(|| provider.get_meter(scope, None))
}

fn histogram(meter: &Meter, name: &'static str, unit: &'static str, description: &'static str) -> Arc<dyn Histogram> {
    meter.create_histogram(name).set_units(unit).set_description(description).build()
}

fn attributes(metadata: &Metadata) -> Attributes {
    let mut attributes = Attributes::new();
    attributes.set("rpc.service", AttributeValue::String(metadata.service.id.to_owned()));
    attributes.set("rpc.method", AttributeValue::String(metadata.name.to_owned()));
    attributes
}

fn seconds(start: Start, time: &SharedTimeSource) -> f64 {
    let took = start.and_then(|start| time.now().duration_since(start).ok());
    took.unwrap_or_default().as_secs_f64()
}

fn kind(failure: &Failure) -> &'static str {
    match failure {
        Failure::Construction(_) => "other",
        Failure::Timeout(_) => "timeout",
        Failure::Dispatch(_) => "connector",
        Failure::Response(..) => "response",
        Failure::Service(_) => "operation",
    }
}

/// The name of the official crate for the service. A meter wants it for as long as the process lives, so there is one
/// a service.
fn scope(service: &Service) -> &'static str {
    static SCOPES: Mutex<BTreeMap<&str, &str>> = Mutex::new(BTreeMap::new());
    let mut scopes = SCOPES.lock().unwrap_or_else(PoisonError::into_inner);
    scopes.entry(service.id).or_insert_with(|| {
        let name = format!("aws-sdk-{}", service.id.to_lowercase().replace(' ', ""));
        Box::leak(name.into_boxed_str())
    })
}
