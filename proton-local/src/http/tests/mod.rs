//! The front over real sockets: well-meant clients, hostile ones, and the end of the server.

mod hostile;
mod life;
mod rendered;
mod support;

use crate::clock::Clock;
use crate::settings::{Faults, Settings};
use proton_sdk::error::ProvideErrorMetadata;
use proton_sdk::operation::RequestId;
use std::time::{Duration, Instant};
use support::{Running, get_service};

#[tokio::test]
async fn a_client_gets_its_answer_and_a_request_id() {
    let running = Running::open().await;
    let output = running.client("AKIDEXAMPLE", "secret").get_service().name("web").send().await.expect("an answer");
    let service = output.service().expect("a service");
    assert_eq!(service.arn(), "arn:aws:proton:eu-central-1:123456789012:service/web");
    assert_eq!(output.request_id().map(str::len), Some(36));
}

#[tokio::test]
async fn a_panic_and_a_failure_are_internal_errors_that_tell_nothing() {
    let running = Running::open().await;
    let client = running.client("AKIDEXAMPLE", "secret");
    for name in ["panics", "never"] {
        let call = client.create_service().name(name).template_name("t").template_major_version("1").spec("s");
        let error = call.send().await.expect_err("an error").into_service_error();
        assert!(error.is_internal_server_exception(), "{error:?}");
        let text = error.to_string();
        assert!(!text.contains("bug") && !text.contains("disk"), "{text}");
        assert!(error.request_id().is_some());
    }
}

#[tokio::test]
async fn health_and_counts_are_there_without_a_signature() {
    let running = Running::open().await;
    running.client("AKIDEXAMPLE", "secret").get_service().name("web").send().await.expect("an answer");
    running.send(&get_service(b"{")).await;
    running.send(b"POST /elsewhere HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n").await;
    let health = running.send(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!((health.status, &health.body[..]), (200, &br#"{"status":"ok"}"#[..]));
    let metrics = running.send(b"GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(metrics.head.contains("content-type: text/plain; version=0.0.4"));
    let text = String::from_utf8(metrics.body).expect("text");
    for line in [
        "proton_local_requests_total{operation=\"GetService\"} 2",
        "proton_local_errors_total{code=\"SerializationException\",operation=\"GetService\"} 1",
        "proton_local_errors_total{code=\"UnknownOperationException\",operation=\"Unknown\"} 1",
        "proton_local_request_duration_seconds_count{operation=\"GetService\"} 2",
        "proton_local_connections ",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[tokio::test]
async fn faults_come_as_often_as_the_settings_say_to_the_operations_they_name() {
    let rates = |faults| async move {
        let running = Running::start(&Settings { faults, ..Settings::default() }, Clock::system()).await;
        let client = running.client("AKIDEXAMPLE", "secret");
        let mut codes = Vec::new();
        for _ in 0..200 {
            let result = client.get_service().name("web").send().await;
            codes.push(result.err().and_then(|error| error.code().map(str::to_owned)).unwrap_or_default());
        }
        let count = |code: &str| codes.iter().filter(|found| *found == code).count();
        (count("ThrottlingException"), count("InternalServerException"), count(""))
    };
    let (throttled, failed, well) = rates(Faults { throttle_rate: 0.2, error_rate: 0.5, ..Faults::default() }).await;
    assert_eq!(throttled + failed + well, 200);
    // Half of the four fifths that are not throttled fail.
    assert!((20..60).contains(&throttled) && (60..100).contains(&failed), "{throttled} {failed}");
    let elsewhere = Faults { throttle_rate: 1.0, operations: vec!["CreateService".to_owned()], ..Faults::default() };
    assert_eq!(rates(elsewhere).await, (0, 0, 200));
}

#[tokio::test]
async fn requests_wait_as_long_as_the_settings_say() {
    let faults = Faults { latency: Duration::from_millis(120), ..Faults::default() };
    let running = Running::start(&Settings { faults, ..Settings::default() }, Clock::system()).await;
    let started = Instant::now();
    running.client("AKIDEXAMPLE", "secret").get_service().name("web").send().await.expect("an answer");
    assert!(started.elapsed() >= Duration::from_millis(120));
}
