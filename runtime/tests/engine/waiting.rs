//! Waiters and paginators through the engine.

use crate::support::{CreateThing, CreateThingInput, FakeTime, Server, answer, call, config, error_answer, input};
use smithy_runtime::config::{Builder, Config};
use smithy_runtime::operation::{Operation, Paginated};
use smithy_runtime::paginator::Paginator;
use smithy_runtime::path::{Path, Step};
use smithy_runtime::waiter::{Acceptor, Expected, Matcher, WaitOptions, Waiter, WaiterError, wait};
use std::time::Duration;

static THERE: Waiter = Waiter {
    name: "thing_there",
    min_delay: Duration::from_secs(5),
    max_delay: Duration::from_secs(4999),
    acceptors: &[Acceptor::success(Matcher::output(Path::Plain(&[Step::Field("arn")]), Expected::Text("there")))],
};

fn over(time: &FakeTime) -> Builder {
    Config::builder().time_source(time.clone()).sleep_impl(time.clone())
}

#[tokio::test]
async fn a_wait_polls_by_the_clock_of_its_own_configuration() {
    let pending = answer(r#"{"arn":"not yet"}"#);
    let server = Server::start([pending.clone(), pending, answer(r#"{"arn":"there"}"#)]).await;
    let time = FakeTime::new();
    let call = call(config(&server)).with_config_override(over(&time));
    let poll = wait(call, input(), &THERE, WaitOptions::new(), Duration::from_secs(600)).await.unwrap();
    assert_eq!(poll.as_result().unwrap().arn, "there");
    let slept = time.slept();
    let seconds = |from, to| Duration::from_secs(from)..=Duration::from_secs(to);
    assert!(slept.len() == 2 && seconds(5, 5).contains(&slept[0]) && seconds(5, 10).contains(&slept[1]), "{slept:?}");
    for agent in server.header("user-agent") {
        let agent = agent.unwrap();
        let metrics = agent.split(' ').find_map(|part| part.strip_prefix("m/")).unwrap().to_owned();
        assert!(metrics.split(',').any(|metric| metric == "B"), "{agent}");
    }
}

#[tokio::test]
async fn a_poll_that_is_refused_ends_the_wait() {
    let server =
        Server::start([error_answer("400 Bad Request", "", r#"{"__type":"Refused","message":"not you"}"#)]).await;
    let time = FakeTime::new();
    let call = call(config(&server).time_source(time.clone()).sleep_impl(time.clone()));
    let error = wait(call, input(), &THERE, WaitOptions::new(), Duration::from_secs(600)).await.unwrap_err();
    assert!(matches!(error, WaiterError::OperationFailed(_)));
    let text = error.to_string();
    assert!(text.starts_with("thing_there: CreateThing: Refused: not you"), "{text}");
    assert!(text.ends_with("(1 poll, 0 s)"), "{text}");
}

impl Paginated for CreateThing {
    type Token = String;

    fn token(output: &<Self as Operation>::Output) -> Option<&String> {
        Some(&output.arn)
    }

    fn set_token(input: &mut CreateThingInput, token: Option<String>) {
        input.secret = token;
    }

    fn input_token(input: &CreateThingInput) -> Option<&String> {
        input.secret.as_ref()
    }

    fn is_end(token: &String) -> bool {
        token.is_empty()
    }
}

#[tokio::test]
async fn pages_are_asked_for_with_their_tokens() {
    let server = Server::start([answer(r#"{"arn":"two"}"#), answer(r#"{"arn":""}"#)]).await;
    let overrides = Config::builder().idempotency_token_provider("tok");
    let pages = Paginator::<CreateThing>::new(call(config(&server)), Ok(input()))
        .config_override(overrides)
        .resume_from("one".to_owned())
        .send();
    assert_eq!(pages.try_collect().await.unwrap().len(), 2);
    let body = |token: &str| format!(r#"{{"name":"thing","token":"tok","secret":"{token}"}}"#);
    assert_eq!(server.bodies(), [body("one"), body("two")]);
    assert_eq!(server.connections(), 1);
    assert!(server.header("user-agent").iter().flatten().all(|agent| agent.contains(",C ")), "{:?}", server.requests());
}
