//! What is measured of calls, read from meters in memory.

#![cfg(feature = "metrics")]
#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

#[allow(dead_code, unused_imports)] // this test, which needs a process of its own, uses only a part
#[path = "engine/support/mod.rs"]
mod support;

use crate::support::{CreateThing, FakeTime, Server, Step, answer, config, error_answer, handle, input};
use aws_smithy_observability::instruments::*;
use aws_smithy_observability::meter::{Meter, ProvideMeter};
use aws_smithy_observability::{AttributeValue, Attributes, Context, TelemetryProvider, global};
use smithy_runtime::client::Call;
use smithy_runtime::config::retry::RetryConfig;
use smithy_runtime::config::timeout::TimeoutConfig;
use smithy_runtime::config::{InvocationId, InvocationIdGenerator};
use smithy_runtime::error::BoxError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Keeps each value as `scope name unit value attributes`.
#[derive(Clone, Debug, Default)]
struct Meters {
    lines: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
    place: String,
}

impl ProvideMeter for Meters {
    fn get_meter(&self, scope: &'static str, _: Option<&Attributes>) -> Meter {
        Meter::new(Arc::new(Self { place: scope.to_owned(), ..self.clone() }))
    }
}

impl ProvideInstrument for Meters {
    fn create_histogram(&self, builder: InstrumentBuilder<'_, Arc<dyn Histogram>>) -> Arc<dyn Histogram> {
        let unit = builder.get_units().as_deref().unwrap_or_default();
        let place = format!("{} {} {unit}", self.place, builder.get_name());
        Arc::new(Self { place, ..self.clone() })
    }

    fn create_gauge(
        &self,
        _: AsyncInstrumentBuilder<'_, Arc<dyn AsyncMeasure<Value = f64>>, f64>,
    ) -> Arc<dyn AsyncMeasure<Value = f64>> {
        unreachable!("only histograms are written")
    }

    fn create_up_down_counter(&self, _: InstrumentBuilder<'_, Arc<dyn UpDownCounter>>) -> Arc<dyn UpDownCounter> {
        unreachable!("only histograms are written")
    }

    fn create_async_up_down_counter(
        &self,
        _: AsyncInstrumentBuilder<'_, Arc<dyn AsyncMeasure<Value = i64>>, i64>,
    ) -> Arc<dyn AsyncMeasure<Value = i64>> {
        unreachable!("only histograms are written")
    }

    fn create_monotonic_counter(
        &self,
        _: InstrumentBuilder<'_, Arc<dyn MonotonicCounter>>,
    ) -> Arc<dyn MonotonicCounter> {
        unreachable!("only histograms are written")
    }

    fn create_async_monotonic_counter(
        &self,
        _: AsyncInstrumentBuilder<'_, Arc<dyn AsyncMeasure<Value = u64>>, u64>,
    ) -> Arc<dyn AsyncMeasure<Value = u64>> {
        unreachable!("only histograms are written")
    }
}

impl Histogram for Meters {
    fn record(&self, value: f64, attributes: Option<&Attributes>, _: Option<&dyn Context>) {
        let attributes = attributes.into_iter().flat_map(|attributes| attributes.attributes());
        let text = attributes.map(|(name, value)| match value {
            AttributeValue::String(text) => format!("{name}={text}"),
            AttributeValue::I64(number) => format!("{name}={number}"),
            other => format!("{name}={other:?}"),
        });
        let mut text: Vec<_> = text.collect();
        text.sort();
        self.lines.lock().unwrap().push(format!("{} {value} {}", self.place, text.join(" ")));
    }
}

impl Meters {
    /// What was written since the last time. A connection takes as long as it takes.
    fn take(&self) -> Vec<String> {
        let (connections, lines) =
            self.lines.lock().unwrap().drain(..).partition::<Vec<_>, _>(|line| line.contains("acquire_duration"));
        for line in &connections {
            let value = line.strip_prefix("smithy-runtime smithy.client.http.connections.acquire_duration s ").unwrap();
            let seconds: f64 = value.trim_end().parse().unwrap();
            assert!((0.0..10.0).contains(&seconds), "{line}");
        }
        self.connections.fetch_add(connections.len(), Ordering::SeqCst);
        lines
    }
}

#[tokio::test]
async fn calls_and_attempts_are_measured() {
    let meters = Meters::default();
    let provider = TelemetryProvider::builder().meter_provider(Arc::new(meters.clone())).build();
    global::set_telemetry_provider(provider).unwrap();

    let body = r#"{"arn":"a"}"#;
    let busy = error_answer("503 Busy", "x-amz-retry-after: 2000\r\n", "");
    let server = Server::start([busy, answer(body), Step::Reset]).await;
    let time = FakeTime::new();
    let config = config(&server).emit_input_attributes(["name", "secret"]).capture_input_attributes(["token"]);
    let client = handle(config.sleep_impl(time.clone()).time_source(time));
    Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap();
    let once = client.with_config(|config| config.retry_config(RetryConfig::disabled())).unwrap();
    Call::<CreateThing>::new(once).send(input()).await.unwrap_err();

    let sent = server.bodies()[0].len();
    let call = "rpc.method=CreateThing rpc.service=Engine Test";
    let scope = "aws-sdk-enginetest smithy.client.call";
    let expected = [
        format!("{scope}.request.size By {sent} {call}"),
        format!("{scope}.response.size By 0 {call}"),
        format!("{scope}.attempt.duration s 0 attempt=1 {call}"),
        format!("{scope}.request.size By {sent} {call}"),
        format!("{scope}.response.size By {} {call}", body.len()),
        format!("{scope}.attempt.duration s 0 attempt=2 {call}"),
        format!("{scope}.duration s 2 http.status_code=200 name=thing {call}"),
        format!("{scope}.request.size By {sent} {call}"),
        format!("{scope}.attempt.duration s 0 attempt=1 {call}"),
        format!("{scope}.duration s 0 error.type=connector name=thing {call}"),
    ];
    assert_eq!(meters.take(), expected);
    assert_eq!(meters.connections.load(Ordering::SeqCst), server.connections());

    for (step, kind) in [
        (error_answer("400 Bad Request", "", "{}"), "error.type=operation http.status_code=400"),
        (answer("no JSON"), "error.type=response http.status_code=200"),
        (Step::Hang(String::new()), "error.type=timeout"),
    ] {
        let server = Server::start([step]).await;
        let limit = TimeoutConfig::builder().operation_timeout(Duration::from_millis(200)).build();
        let config = support::config(&server).timeout_config(limit);
        Call::<CreateThing>::new(handle(config)).send(input()).await.unwrap_err();
        let line = meters.take().pop().unwrap();
        assert!(line.contains(&format!("{scope}.duration s ")) && line.ends_with(&format!("{kind} {call}")), "{line}");
    }
    let broken = support::config(&server).invocation_id_generator(Broken);
    Call::<CreateThing>::new(handle(broken)).send(input()).await.unwrap_err();
    assert!(meters.take().pop().unwrap().ends_with(&format!(" error.type=other {call}")));
}

#[derive(Debug)]
struct Broken;

impl InvocationIdGenerator for Broken {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        Err("out of ids".into())
    }
}
