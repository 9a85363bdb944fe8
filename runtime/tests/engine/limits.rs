//! What clients share: the retry budget, the rate limit of the adaptive mode, connections.

use crate::support::{CreateThing, FakeTime, Server, Step, answer, call, config, error_answer, handle, input};
use smithy_runtime::client::Call;
use smithy_runtime::config::Builder;
use smithy_runtime::config::SharedRandom;
use smithy_runtime::config::retry::{ReconnectMode, RetryConfig, RetryPartition, TokenBucket};
use std::time::Duration;

const OK: &str = r#"{"arn":"a"}"#;

fn throttled() -> Step {
    error_answer("400 Slow", "", r#"{"__type":"ThrottlingException"}"#)
}

fn instant(server: &Server, time: &FakeTime) -> Builder {
    config(server).sleep_impl(time.clone()).time_source(time.clone()).random(SharedRandom::seeded(1))
}

#[tokio::test]
async fn a_partition_is_a_budget() {
    let server = Server::start([error_answer("500 Oops", "", "")]).await;
    let time = FakeTime::new();
    let partition = RetryPartition::custom("small").token_bucket(TokenBucket::new(30)).build();
    let attempts = async |config: Builder| call(config).send(input()).await.unwrap_err().attempts();
    let small = || instant(&server, &time).retry_partition(partition.clone());
    // 30 tokens pay for two retries at 14, for all clients of the partition together.
    assert_eq!(attempts(small()).await, 3);
    assert_eq!(attempts(small()).await, 1);
    assert_eq!(attempts(instant(&server, &time)).await, 3);
}

#[tokio::test]
async fn a_throttled_client_slows_down_in_the_adaptive_mode() {
    let server = Server::start([throttled(), answer(OK)]).await;
    let time = FakeTime::new();
    let partition = RetryPartition::custom("adaptive").build();
    let adaptive =
        || handle(instant(&server, &time).retry_config(RetryConfig::adaptive()).retry_partition(partition.clone()));
    Call::<CreateThing>::new(adaptive()).send(input()).await.unwrap();
    // The usual pause, which brings a part of a token, and the wait for the rest at half a token a second.
    let slept = time.slept();
    assert_eq!(slept.len(), 2, "{slept:?}");
    let sum: Duration = slept.iter().sum();
    assert!(slept[0] < Duration::from_secs(1) && (1999..=2001).contains(&sum.as_millis()), "{slept:?}");

    // A first attempt waits as well, of any client in the partition; others do not.
    Call::<CreateThing>::new(adaptive()).send(input()).await.unwrap();
    let all = time.slept();
    assert_eq!(all.len(), 3, "{all:?}");
    call(instant(&server, &time).retry_config(RetryConfig::adaptive())).send(input()).await.unwrap();
    assert_eq!(time.slept().len(), 3);
}

#[tokio::test]
async fn the_older_adaptive_mode_waits_for_more_tokens() {
    let server = Server::start([throttled(), answer(OK)]).await;
    let time = FakeTime::new();
    let older = RetryConfig::adaptive().with_initial_backoff(Duration::from_millis(10));
    call(instant(&server, &time).retry_config(older.with_max_backoff(Duration::from_secs(60))))
        .send(input())
        .await
        .unwrap();
    // Ten tokens at half a token a second.
    assert_eq!(time.slept(), [Duration::from_secs(20)]);
}

#[tokio::test]
async fn a_transient_error_ends_the_connection_unless_told_otherwise() {
    let reuse = RetryConfig::standard().with_reconnect_mode(ReconnectMode::ReuseAllConnections);
    for (failure, retries, connections) in [
        (error_answer("503 Busy", "", ""), RetryConfig::standard(), 2),
        (error_answer("503 Busy", "", ""), reuse, 1),
        // The service itself answered: its connection is sound.
        (error_answer("500 Oops", "", r#"{"__type":"BusyException"}"#), RetryConfig::standard(), 1),
        (throttled(), RetryConfig::standard(), 1),
    ] {
        let server = Server::start([failure, answer(OK)]).await;
        let client = handle(instant(&server, &FakeTime::new()).retry_config(retries));
        for _ in 0..3 {
            Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap();
        }
        assert_eq!((server.requests().len(), server.connections()), (4, connections));
    }
}

#[cfg(feature = "http-client")]
#[tokio::test]
async fn a_client_with_settings_of_its_own_reconnects_as_well() {
    let server = Server::start([error_answer("503 Busy", "", ""), answer(OK)]).await;
    let http = smithy_runtime::http::Client::builder().pool_idle_timeout(Duration::from_secs(9)).build().unwrap();
    let client = handle(instant(&server, &FakeTime::new()).http_client(http));
    for _ in 0..3 {
        Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (4, 2));
}
