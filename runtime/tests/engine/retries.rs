//! What is tried again, how often and when.

use crate::support::{CreateThing, CreateThingInput};
use crate::support::{FakeTime, Server, Step, answer, call, config, error_answer, handle, input};
use aws_credential_types::provider::{error::CredentialsError, future};
use smithy_runtime::client::Call;
use smithy_runtime::config::retry::{ClassifyRetry, ErrorKind, RetryAction, RetryClassifierPriority, RetryConfig};
use smithy_runtime::config::retry::{RetryPartition, TokenBucket};
use smithy_runtime::config::timeout::TimeoutConfig;
use smithy_runtime::config::{Builder, SharedRandom, interceptors::InterceptorContext};
use smithy_runtime::config::{Credentials, IdentityCache, Intercept, ProvideCredentials};
use smithy_runtime::error::SdkError;
use smithy_runtime::operation::Operation;
use std::time::Duration;

const OK: &str = r#"{"arn":"a"}"#;
const THROTTLED: &str = r#"{"__type":"ThrottlingException","message":"slow"}"#;

fn instant(server: &Server, time: &FakeTime) -> Builder {
    config(server).sleep_impl(time.clone()).time_source(time.clone()).random(SharedRandom::seeded(1))
}

fn server_error(status: &str) -> Step {
    error_answer(status, "", "")
}

#[tokio::test]
async fn three_attempts_are_one_call() {
    let server = Server::start([server_error("500 Oops"), server_error("503 Busy"), answer(OK)]).await;
    let time = FakeTime::new();
    call(instant(&server, &time)).send(input()).await.unwrap();
    assert_eq!(server.requests().len(), 3);

    let slept = time.slept();
    assert_eq!(slept.len(), 2);
    assert!(slept[0] <= Duration::from_millis(50) && slept[1] <= Duration::from_millis(100), "{slept:?}");
    assert!(slept.iter().all(|pause| *pause > Duration::ZERO), "{slept:?}");

    let ids = server.header("amz-sdk-invocation-id");
    assert!(ids[0].is_some() && ids[0] == ids[1] && ids[1] == ids[2], "{ids:?}");
    let bodies = server.bodies();
    assert!(bodies[0].contains("token") && bodies[0] == bodies[1] && bodies[1] == bodies[2], "{bodies:?}");
    let attempts = server.header("amz-sdk-request");
    assert_eq!(attempts[0].as_deref(), Some("attempt=1; max=3"));
    assert_eq!(attempts[1].as_deref(), Some("ttl=20150830T123630Z; attempt=2; max=3"));
}

#[tokio::test]
async fn the_last_error_tells_how_often_it_was_tried() {
    let server = Server::start([server_error("500 Oops")]).await;
    let time = FakeTime::new();
    let error = call(instant(&server, &time)).send(input()).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().contains("HTTP 500, 3 attempts"), "{error}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_clients_errors_are_not_tried_again() {
    for (status, body) in [
        ("400 Bad Request", r#"{"__type":"ValidationException"}"#),
        ("400 Bad Request", r#"{"__type":"ConflictException"}"#),
        ("403 Forbidden", r#"{"__type":"AccessDeniedException"}"#),
        ("408 Request Timeout", ""),
        ("429 Too Many Requests", ""),
        ("501 Not Implemented", ""),
    ] {
        let server = Server::start([error_answer(status, "", body)]).await;
        let time = FakeTime::new();
        let error = call(instant(&server, &time)).send(input()).await.unwrap_err();
        assert_eq!((server.requests().len(), error.attempts()), (1, 1), "{status}");
        assert!(time.slept().is_empty(), "{status}");
    }
}

#[tokio::test]
async fn throttling_waits_longer() {
    for body in [THROTTLED, r#"{"__type":"SlowDown"}"#, r#"{"code":"TooManyRequestsException"}"#] {
        let server = Server::start([error_answer("400 Bad Request", "", body), answer(OK)]).await;
        let time = FakeTime::new();
        // Half of the longest pause.
        let half = instant(&server, &time).random(Fixed(u64::MAX / 2));
        call(half).send(input()).await.unwrap();
        let slept = time.slept()[0];
        assert!((499..=500).contains(&slept.as_millis()), "{slept:?}");
    }
}

#[derive(Debug)]
struct Fixed(u64);

impl smithy_runtime::config::RandomSource for Fixed {
    fn next_u64(&self) -> u64 {
        self.0
    }
}

#[tokio::test]
async fn every_error_may_say_when_to_come_back() {
    let after = "x-amz-retry-after: 3000\r\n";
    for (status, body) in
        [("400 Bad Request", THROTTLED), ("500 Oops", ""), ("400 Bad Request", r#"{"code":"SlowDown"}"#)]
    {
        let server = Server::start([error_answer(status, after, body), answer(OK)]).await;
        let time = FakeTime::new();
        call(instant(&server, &time)).send(input()).await.unwrap();
        assert_eq!(time.slept(), [Duration::from_secs(3)], "{body}");
    }
}

#[tokio::test]
async fn the_quota_ends_retries() {
    let server = Server::start([server_error("500 Oops")]).await;
    let time = FakeTime::new();
    let many = instant(&server, &time).retry_config(RetryConfig::standard().with_max_attempts(1000));
    let client = handle(many);
    let error = Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap_err();
    // 500 tokens pay for 35 retries at 14.
    assert_eq!(error.attempts(), 36);
    let error = Call::<CreateThing>::new(client).send(input()).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    let text = error.to_string();
    assert!(text.ends_with("HTTP 500, 1 attempt, not tried again: the retry quota is used up)"), "{text}");
}

#[tokio::test]
async fn a_retry_that_succeeds_gets_its_tokens_back() {
    let steps = (0..50).flat_map(|_| [server_error("500 Oops"), answer(OK)]);
    let server = Server::start(steps).await;
    let client = handle(instant(&server, &FakeTime::new()));
    for _ in 0..50 {
        Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap();
    }
}

#[tokio::test]
async fn errors_that_the_model_marks_are_tried_again() {
    let busy = r#"{"__type":"BusyException"}"#;
    let server = Server::start([error_answer("400 Bad Request", "", busy), answer(OK)]).await;
    call(instant(&server, &FakeTime::new())).send(input()).await.unwrap();
}

#[tokio::test]
async fn without_a_read_timeout_there_is_no_time_to_live() {
    let server = Server::start([server_error("500 Oops"), answer(OK)]).await;
    let config = instant(&server, &FakeTime::new()).timeout_config(TimeoutConfig::disabled());
    call(config).send(input()).await.unwrap();
    assert_eq!(server.header("amz-sdk-request")[1].as_deref(), Some("attempt=2; max=3"));
}

#[tokio::test]
async fn broken_answers_are_tried_again() {
    let head = "HTTP/1.1 200 OK\r\nx-amzn-requestid: r\r\ncontent-length: ";
    for step in [
        Step::Reset,
        Step::AnswerAndClose(format!("{head}100\r\n\r\n{{\"arn\":")),
        Step::AnswerAndClose("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"arn".into()),
    ] {
        let server = Server::start([step, answer(OK)]).await;
        let time = FakeTime::new();
        let output = call(instant(&server, &time)).send(input()).await.unwrap();
        assert_eq!(output.arn, "a");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_whole_answer_that_is_wrong_is_not_tried_again() {
    // The length fits, so nothing was lost on the way: sent again, a create without a token would create twice.
    for body in ["<html>hello</html>", r#"{"arn":7}"#, r#"{"arn":"a"} trailing"#, r#"{"arn":"a"#] {
        let server = Server::start([answer(body)]).await;
        let time = FakeTime::new();
        let error = call(instant(&server, &time)).send(input()).await.unwrap_err();
        assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
        assert_eq!(error.attempts(), 1, "{body}");
        assert!(!error.to_string().contains("hello"), "{error}");
        assert_eq!(error.raw_response().unwrap().body().bytes(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn nobody_listening_is_tried_again_and_named() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let server = Server::start([answer(OK)]).await;
    let time = FakeTime::new();
    let error = call(instant(&server, &time).endpoint_url(&url)).send(input()).await.unwrap_err();
    let SdkError::DispatchFailure(failure) = &error else { panic!("{error:?}") };
    assert!(failure.is_io());
    assert_eq!(error.attempts(), 3);
    let text = error.to_string();
    assert!(text.starts_with(&format!("CreateThing: {url} was not reached: ")), "{text}");
    assert!(text.contains("Connection refused") && text.contains("3 attempts"), "{text}");
}

#[derive(Debug)]
struct Classifier(&'static str, RetryAction);

impl ClassifyRetry for Classifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let error = context.output_or_error().and_then(Result::err).and_then(|error| error.as_operation_error());
        match error {
            Some(error) if error.to_string().contains(self.0) => self.1.clone(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "Classifier"
    }
}

#[tokio::test]
async fn a_program_may_ask_for_retries_and_forbid_them() {
    let conflict = error_answer("400 Bad Request", "", r#"{"__type":"ConflictException","message":"wait"}"#);
    let server = Server::start([conflict, answer(OK)]).await;
    let time = FakeTime::new();
    let asked = RetryAction::retryable_error_with_explicit_delay(ErrorKind::ServerError, Duration::from_secs(2));
    let asking = instant(&server, &time).retry_classifier(Classifier("wait", asked));
    call(asking).send(input()).await.unwrap();
    assert_eq!(time.slept(), [Duration::from_secs(2)]);

    let server = Server::start([error_answer("500 Oops", "", r#"{"message":"never"}"#)]).await;
    let forbidding = instant(&server, &time).retry_classifier(Classifier("never", RetryAction::RetryForbidden));
    let error = call(forbidding).send(CreateThingInput { token: Some("t".into()), ..input() }).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[derive(Debug)]
struct TwoSeconds(RetryClassifierPriority);

impl ClassifyRetry for TwoSeconds {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        RetryAction::retryable_error_with_explicit_delay(ErrorKind::ServerError, Duration::from_secs(2))
    }

    fn name(&self) -> &'static str {
        "TwoSeconds"
    }

    fn priority(&self) -> RetryClassifierPriority {
        self.0
    }
}

#[tokio::test]
async fn later_classifiers_override_earlier_ones() {
    let last = RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier());
    for (priority, wins) in [(RetryClassifierPriority::default(), false), (last, true)] {
        let server = Server::start([error_answer("400 Slow", "", THROTTLED), answer(OK)]).await;
        let time = FakeTime::new();
        let once = RetryConfig::standard().with_max_attempts(2);
        let classified = instant(&server, &time).retry_config(once).retry_classifier(TwoSeconds(priority));
        call(classified).send(input()).await.unwrap();
        assert_eq!(time.slept() == [Duration::from_secs(2)], wins, "{:?}", time.slept());
    }
}

#[derive(Debug)]
struct Unfinished;

impl ClassifyRetry for Unfinished {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let output = context.output_or_error().and_then(Result::ok);
        match output.and_then(|output| output.downcast_ref::<<CreateThing as Operation>::Output>()) {
            Some(output) if output.arn == "pending" => RetryAction::server_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "Unfinished"
    }
}

#[tokio::test]
async fn a_program_may_reject_an_answer() {
    let server = Server::start([answer(r#"{"arn":"pending"}"#), answer(OK)]).await;
    let time = FakeTime::new();
    let output = call(instant(&server, &time).retry_classifier(Unfinished)).send(input()).await.unwrap();
    assert_eq!((output.arn.as_str(), server.requests().len()), ("a", 2));

    let server = Server::start([answer(r#"{"arn":"pending"}"#)]).await;
    let output = call(instant(&server, &time).retry_classifier(Unfinished)).send(input()).await.unwrap();
    assert_eq!((output.arn.as_str(), server.requests().len()), ("pending", 3), "the last answer counts");

    let server = Server::start([answer(r#"{"arn":"pending"}"#)]).await;
    let poor = RetryPartition::custom("poor").token_bucket(TokenBucket::new(14)).build();
    let config = instant(&server, &time).retry_classifier(Unfinished).retry_partition(poor);
    call(config).send(input()).await.unwrap();
    assert_eq!(server.requests().len(), 2, "a rejected answer brings no tokens back");
}

#[tokio::test]
async fn retries_can_be_turned_off() {
    let server = Server::start([server_error("500 Oops")]).await;
    let time = FakeTime::new();
    let once = instant(&server, &time).retry_config(RetryConfig::disabled());
    assert_eq!(call(once).send(input()).await.unwrap_err().attempts(), 1);
}

/// Credentials for the first attempt; none later.
#[derive(Debug, Default)]
struct Once(std::sync::atomic::AtomicBool);

impl ProvideCredentials for Once {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let asked_before = self.0.swap(true, std::sync::atomic::Ordering::Relaxed);
        future::ProvideCredentials::ready(if asked_before {
            Err(CredentialsError::provider_error("the vault is sealed"))
        } else {
            Ok(Credentials::new("AKIDEXAMPLE", "SECRETKEY", None, None, "test"))
        })
    }
}

#[tokio::test]
async fn what_was_sent_counts_where_the_next_attempt_is_not() {
    let throttled = error_answer("400 Bad Request", "", THROTTLED);
    for (step, begins, ends) in [
        (throttled, "CreateThing: ThrottlingException: slow (request id req-1, HTTP 400, 1 attempt, ", "is sealed)"),
        (Step::Reset, "CreateThing: http://127.0.0.1:", "is sealed)"),
    ] {
        let server = Server::start([step]).await;
        for observed in [false, true] {
            let config = instant(&server, &FakeTime::new());
            let config = config.credentials_provider(Once::default()).identity_cache(IdentityCache::no_cache());
            let call = call(if observed { config.interceptor(Idle) } else { config });
            let error = call.send(input()).await.unwrap_err();
            assert!(!matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
            let text = error.to_string();
            assert!(text.starts_with(begins) && text.ends_with(ends), "{text}");
            assert!(text.contains("not tried again: ") && text.contains("the vault"), "{text}");
            assert_eq!(error.attempts(), 1);
        }
    }
}

/// An interceptor that does nothing, which takes a call through the interceptors' path.
#[derive(Debug)]
struct Idle;

impl Intercept for Idle {
    fn name(&self) -> &'static str {
        "Idle"
    }
}
