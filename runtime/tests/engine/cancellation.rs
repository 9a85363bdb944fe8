//! A call that its caller drops, at any moment, leaves nothing behind.

use crate::support::{CreateThing, Server, Step, answer, config, error_answer, handle, input};
use aws_credential_types::provider::{ProvideCredentials, future};
use smithy_runtime::client::Call;
use smithy_runtime::config::Credentials;
use smithy_runtime::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Handle as Runtime;

const HEAD: &str = "HTTP/1.1 200 OK\r\nx-amzn-requestid: r\r\ncontent-length: 11\r\n\r\n";
const OK: &str = r#"{"arn":"a"}"#;

/// Credentials that take some polls to come.
#[derive(Debug)]
struct Slow;

impl ProvideCredentials for Slow {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(Credentials::new("AKIDEXAMPLE", "SECRETKEY", None, None, "slow"))
        })
    }
}

/// The outcome, unless the future is dropped first: when it wants to be polled once more than this.
async fn within<T>(mut polls: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match polls.checked_sub(1) {
        None => Poll::Ready(None),
        Some(left) => {
            polls = left;
            future.as_mut().poll(context).map(Some)
        }
    })
    .await
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..500 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("{what}");
}

#[tokio::test]
async fn a_call_can_be_dropped_at_every_await() {
    let tasks = || Runtime::current().metrics().num_alive_tasks();
    let mut polls = 0;
    loop {
        let before = tasks();
        let steps = [error_answer("500 Oops", "", ""), Step::AnswerInParts(HEAD.into(), OK.into()), answer(OK)];
        let server = Server::start(steps).await;
        let listening = tasks();
        assert_eq!(listening, before + 1);
        let bucket = TokenBucket::new(100);
        let partition = RetryPartition::custom("dropped").token_bucket(bucket.clone()).build();
        let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(2));
        let client =
            handle(config(&server).credentials_provider(Slow).retry_partition(partition).retry_config(retries));

        let outcome = within(polls, Call::<CreateThing>::new(client.clone()).send(input())).await;
        assert!(bucket.is_full(), "{polls} polls: retry tokens are lost");
        // Whoever waited behind the dropped call for credentials or a connection is served.
        Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap();
        drop(client);
        until(&format!("{polls} polls: a connection or task is left"), || tasks() == listening).await;
        drop(server);
        if let Some(result) = outcome {
            assert_eq!(result.unwrap().arn, "a");
            break;
        }
        polls += 1;
    }
    assert!(polls >= 5, "only {polls} polls: the call does not wait where it should");
}

#[tokio::test]
async fn a_server_sees_that_a_dropped_call_is_gone() {
    let server = Server::start([Step::Hang(String::new())]).await;
    let client = handle(config(&server));
    let tasks = || Runtime::current().metrics().num_alive_tasks();
    let listening = tasks();
    let call = Call::<CreateThing>::new(client.clone()).send(input());
    assert!(tokio::time::timeout(Duration::from_millis(100), call).await.is_err());
    assert_eq!(server.requests().len(), 1);
    // The client still lives; only the hanging server holds its own end.
    until("the connection is left open", || tasks() <= listening + 1).await;
    drop(client);
}
