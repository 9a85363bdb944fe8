//! Faults of a real socket: how often a call is tried, how long it waits between, what it says.

mod fault_suite;

use proton_sdk::Client;
use proton_sdk::config::Builder;
use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::timeout::TimeoutConfig;
use std::time::Duration;
use tests::client::{VirtualTime, config};
use tests::server::{Answer, Server};

/// Lists services; gives what came of it and how long the client slept between attempts.
async fn list(server: &Server, change: impl FnOnce(Builder) -> Builder) -> (Result<usize, String>, Vec<Duration>) {
    let time = VirtualTime::default();
    let config = change(config(&server.url()).retry_config(RetryConfig::standard()));
    let client = Client::from_conf(time.drive(config).build());
    let result = client.list_services().send().await;
    (result.map(|output| output.services().len()).map_err(|error| error.to_string()), time.slept())
}

fn empty() -> Answer {
    Answer::json(200, r#"{"services":[]}"#)
}

#[tokio::test]
async fn transient_faults_are_tried_again() {
    let half = br#"{"services":[],"nextToken":"abcdefghijklmnopqrstuvwxyz"}"#.to_vec();
    for fault in [
        Answer::Close,
        Answer::HalfBody(half),
        Answer::json(500, ""),
        Answer::json(503, "<html>busy</html>"),
        Answer::error(500, "InternalServerException", "oops"),
        Answer::error(429, "ThrottlingException", "slow down"),
        Answer::error(400, "ThrottlingException", "slow down"),
    ] {
        let server = Server::sequence(vec![fault.clone(), fault.clone(), empty()]).await;
        let (result, slept) = list(&server, |config| config).await;
        assert_eq!((result, server.requests().len(), slept.len()), (Ok(0), 3, 2), "{fault:?}");
        let ids: Vec<_> =
            server.requests().iter().map(|it| it.header("amz-sdk-invocation-id").map(str::to_owned)).collect();
        assert!(ids.iter().all(|id| id.is_some() && *id == ids[0]), "{ids:?}");
        let attempts: Vec<_> =
            server.requests().iter().map(|it| it.header("amz-sdk-request").map(str::to_owned)).collect();
        assert!(attempts[2].as_deref().is_some_and(|it| it.ends_with("attempt=3; max=3")), "{attempts:?}");
    }
}

#[tokio::test]
async fn after_the_last_attempt_the_error_counts_them() {
    let server = Server::always(Answer::error(500, "InternalServerException", "oops")).await;
    let (result, slept) = list(&server, |config| config).await;
    let message = result.expect_err("an error");
    assert!(message.starts_with("ListServices: InternalServerException: oops"), "{message}");
    assert!(message.contains("3 attempts"), "{message}");
    assert_eq!((server.requests().len(), slept.len()), (3, 2));
}

#[tokio::test]
async fn errors_of_the_caller_are_not_tried_again() {
    for (status, code) in
        [(400, "ValidationException"), (403, "AccessDeniedException"), (404, "ResourceNotFoundException")]
    {
        let server = Server::always(Answer::error(status, code, "no")).await;
        let (result, slept) = list(&server, |config| config).await;
        assert!(result.is_err_and(|message| message.contains(code)));
        assert_eq!((server.requests().len(), slept.len()), (1, 0), "{code}");
    }
}

#[tokio::test]
async fn the_service_says_how_long_to_wait_for_every_error() {
    for error in [
        Answer::error(429, "ThrottlingException", "slow down"),
        Answer::error(500, "InternalServerException", "oops"),
        Answer::json(503, ""),
    ] {
        let error = error.with_header("x-amz-retry-after", "1500");
        let server = Server::sequence(vec![error.clone(), empty()]).await;
        let (result, slept) = list(&server, |config| config).await;
        assert_eq!(result, Ok(0));
        assert_eq!(slept.len(), 1);
        let bounds = Duration::from_millis(1500)..=Duration::from_millis(6500);
        assert!(bounds.contains(&slept[0]), "{error:?}: slept {:?}", slept[0]);
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let server = Server::always(Answer::Stall).await;
    let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_millis(200)).build();
    let config = config(&server.url()).timeout_config(timeouts).build();
    let started = std::time::Instant::now();
    let error = Client::from_conf(config).list_services().send().await.expect_err("a timeout");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert!(error.to_string().contains("ListServices"), "{error}");
}

#[tokio::test]
async fn a_refused_connection_says_where_to() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = Client::from_conf(config(&url).build()).list_services().send().await.expect_err("nobody listens");
    let message = error.to_string();
    assert!(message.contains("ListServices") && message.contains(url.trim_start_matches("http://")), "{message}");
}

#[tokio::test]
async fn connections_are_shared_with_overridden_copies() {
    let server = Server::always(empty()).await;
    let client = Client::from_conf(config(&server.url()).build());
    client.list_services().send().await.expect("an answer");
    let copy = client.with_config(|config| config.retry_config(RetryConfig::standard().with_max_attempts(5)));
    copy.list_services().send().await.expect("an answer");
    let requests = server.requests();
    assert_eq!(requests[0].connection, requests[1].connection);
    assert_eq!(requests[1].header("amz-sdk-request"), Some("attempt=1; max=5"));
}

/// `cargo test -p tests --test faults -- --nocapture table` shows it.
#[tokio::test]
async fn table_of_all_faults() {
    fault_suite::run().await;
}
