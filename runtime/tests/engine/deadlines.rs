//! The time that a call has as a whole: no wait begins that cannot end in it, and the service is told.

use crate::interceptors::Recorder;
use crate::support::{FakeTime, Server, Step, answer, call, config, error_answer, input};
use smithy_runtime::config::retry::{RetryConfig, RetryPartition};
use smithy_runtime::config::timeout::TimeoutConfig;
use smithy_runtime::error::SdkError;
use std::time::{Duration, Instant};

fn within(limit: Duration) -> TimeoutConfig {
    TimeoutConfig::builder().operation_timeout(limit).build()
}

#[tokio::test]
async fn a_pause_that_the_call_would_not_survive_is_not_begun() {
    let busy = error_answer("500 Oops", "x-amz-retry-after: 4000\r\n", r#"{"message":"busy"}"#);
    let server = Server::start([busy]).await;
    let started = Instant::now();
    let error = call(config(&server).timeout_config(within(Duration::from_secs(3)))).send(input()).await.unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(2), "it waited");
    // The caller learns what the service said, not that time would have run out.
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert!(error.to_string().contains("busy") && error.attempts() == 1, "{error}");
}

#[tokio::test]
async fn the_service_is_told_when_the_call_ends() {
    let server = Server::start([error_answer("500 Oops", "", ""), answer(r#"{"arn":"a"}"#)]).await;
    let config = config(&server).time_source(FakeTime::new()).timeout_config(within(Duration::from_secs(12)));
    call(config).send(input()).await.unwrap();
    let attempts = server.header("amz-sdk-request");
    assert_eq!(attempts[1].as_deref(), Some("ttl=20150830T123612Z; attempt=2; max=3"));
}

#[tokio::test]
async fn a_wait_for_leave_to_send_counts_as_well() {
    let throttled = error_answer("400 Slow", "", r#"{"__type":"ThrottlingException"}"#);
    let server = Server::start([throttled]).await;
    let partition = RetryPartition::custom("deadline").build();
    let adaptive = || {
        let once = RetryConfig::adaptive().with_max_attempts(1);
        config(&server).retry_config(once).retry_partition(partition.clone()).time_source(FakeTime::new())
    };
    call(adaptive()).send(input()).await.unwrap_err();
    let error = call(adaptive().timeout_config(within(Duration::from_millis(500)))).send(input()).await.unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    assert!(error.to_string().contains("rate limiter asks to wait 2s, past the operation_timeout"), "{error}");
    assert_eq!((server.requests().len(), error.attempts()), (1, 0));
}

#[tokio::test]
async fn hooks_of_the_end_run_when_time_is_up() {
    let server = Server::start([Step::Hang(String::new())]).await;
    let recorder = Recorder::default();
    let config = config(&server).timeout_config(within(Duration::from_millis(50))).interceptor(recorder.clone());
    let error = call(config).send(input()).await.unwrap_err();
    assert!(error.to_string().contains("operation_timeout of 50ms"), "{error}");
    let ran = recorder.names();
    let end =
        ["modify_before_attempt_completion", "read_after_attempt", "modify_before_completion", "read_after_execution"];
    assert!(ran.ends_with(&end), "{ran:?}");
    for hook in end {
        assert_eq!(ran.iter().filter(|name| **name == hook).count(), 1, "{hook}");
    }
}
