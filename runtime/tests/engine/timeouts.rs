//! Nothing hangs for ever.

use crate::support::{CreateThing, FakeTime, Server, Step, answer, call, config, input};
use smithy_runtime::config::retry::RetryConfig;
use smithy_runtime::config::timeout::TimeoutConfig;
use smithy_runtime::error::SdkError;
use smithy_runtime::operation::Operation;
use std::time::{Duration, Instant};

fn hanging(head: &str) -> [Step; 1] {
    [Step::Hang(head.into())]
}

fn millis(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[tokio::test]
async fn each_limit_ends_a_call_that_hangs_and_says_which_it_was() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
    let limit = || TimeoutConfig::builder();
    type Error = SdkError<<CreateThing as Operation>::Error>;
    let late: fn(&Error) -> bool = |error| matches!(error, SdkError::TimeoutError(_));
    // As in the official SDK, where the connector has this limit.
    let unanswered: fn(&Error) -> bool = |error| matches!(error, SdkError::DispatchFailure(it) if it.is_timeout());
    let broken_off: fn(&Error) -> bool = |error| matches!(error, SdkError::ResponseError(_));
    for (text, timeouts, is_right, name, attempts) in [
        ("", limit().read_timeout(millis(40)), unanswered, "read_timeout", 2),
        (head, limit().read_timeout(millis(40)), broken_off, "read_timeout", 2),
        ("", limit().operation_attempt_timeout(millis(40)), late, "operation_attempt_timeout", 2),
        (head, limit().operation_attempt_timeout(millis(40)), late, "operation_attempt_timeout", 2),
        ("", limit().operation_timeout(millis(40)), late, "operation_timeout", 1),
    ] {
        let server = Server::start(hanging(text)).await;
        let config =
            config(&server).timeout_config(timeouts.build()).retry_config(RetryConfig::standard().with_max_attempts(2));
        let started = Instant::now();
        let error = call(config).send(input()).await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(5));
        assert!(is_right(&error), "{error:?}");
        let text = error.to_string();
        let broken = matches!(error, SdkError::ResponseError(_));
        let what = if broken { "the response broke off" } else { "timed out" };
        assert!(text.starts_with(&format!("CreateThing: {what}: no answer within the {name} of 40ms")), "{text}");
        assert!(text.contains(&server.url()) || broken, "{text}");
        assert_eq!(error.attempts(), attempts, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_without_settings_gives_up_by_itself() {
    let server = Server::start(hanging("")).await;
    let started = tokio::time::Instant::now();
    let error = call(config(&server)).send(input()).await.unwrap_err();
    let took = started.elapsed();
    assert!(error.to_string().contains("read_timeout of 30s"), "{error}");
    assert!((90..95).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test]
async fn a_sleep_that_takes_no_time_does_not_end_calls() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let time = FakeTime::new();
    call(config(&server).sleep_impl(time.clone()).time_source(time)).send(input()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn limits_can_be_turned_off() {
    let server = Server::start(hanging("")).await;
    let config = config(&server).timeout_config(TimeoutConfig::disabled());
    let call = call(config).send(input());
    assert!(tokio::time::timeout(Duration::from_secs(100_000), call).await.is_err());
}
