//! What a call writes to the log, at any level: which call, how it went, and nothing that is secret.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

#[allow(dead_code, unused_imports)] // this test, which needs a process of its own, uses only a part
#[path = "engine/support/mod.rs"]
mod support;

use crate::support::{CreateThing, CreateThingInput, FakeTime, Server, answer, config, error_answer, handle, input};
use smithy_runtime::client::Call;
use smithy_runtime::config::{Credentials, Intercept};
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps every span and event as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Log {
    fn line(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut dyn Visit)) {
        let mut text = self.0.lock().unwrap();
        write!(text, "\n{} {} {}:", metadata.level(), metadata.target(), metadata.name()).unwrap();
        record(&mut Line(&mut text));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata(), |visit| span.record(visit));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata(), |visit| event.record(visit));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Sees everything and changes nothing; what follows an attempt and a call exists for interceptors.
#[derive(Debug)]
struct Onlooker;

impl Intercept for Onlooker {
    fn name(&self) -> &'static str {
        "Onlooker"
    }
}

#[tokio::test]
async fn calls_are_told_of_and_secrets_are_not() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let steps = [error_answer("500 Oops", "", r#"{"message":"HIDDEN3"}"#), answer(r#"{"secret":"HIDDEN2"}"#)];
    let server = Server::start(steps).await;
    let time = FakeTime::new();
    let credentials = Credentials::new("AKIDEXAMPLE", "HIDDENKEY", Some("HIDDENTOKEN".into()), None, "test");
    let config = config(&server).credentials_provider(credentials).sleep_impl(time.clone()).time_source(time);
    let input = CreateThingInput { secret: Some("HIDDEN1".into()), ..input() };
    let config = config.interceptor(Onlooker);
    let output = Call::<CreateThing>::new(handle(config)).send(input).await.unwrap();
    assert_eq!(output.secret.as_deref(), Some("HIDDEN2"));
    assert!(!format!("{output:?}").contains("HIDDEN"));

    let text = log.0.lock().unwrap().clone();
    for expected in [
        "DEBUG smithy_runtime::client::engine call: otel.name=Engine Test.CreateThing rpc.system=\"aws-api\" rpc.service=\"Engine Test\" \
         rpc.method=\"CreateThing\"",
        " sdk_invocation_id=\"",
        "engine apply_configuration:",
        "engine try_op:",
        "engine orchestrate_endpoint:",
        "engine serialization:",
        "try_attempt: attempt=2",
        "cache lazy_load_identity:",
        "body read_body:",
        "attempt deserialization:",
        "context finally_attempt:",
        "context finally_op:",
        "answered status=500",
        "trying again reason=\"HTTP status\" pause=",
        "WARN smithy_runtime::client::answer",
        "missing=`arn`",
    ] {
        assert!(text.contains(expected), "no `{expected}` in {text}");
    }
    assert!(!text.contains("HIDDEN"), "{text}");
}
