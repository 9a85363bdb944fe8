//! Waits with scripted polls and a clock that only sleeping moves.

use super::run::{Timer, run};
use super::*;
use crate::error::{ConnectorError, ProvideErrorMetadata, SdkError};
use crate::path::fixture::{Failure, Output, input, output, service_error};
use crate::path::{Path, Step};
use crate::timeout::TimedOut;
use aws_credential_types::provider::error::CredentialsError;
use std::collections::VecDeque;
use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

type Answer = Result<Output, SdkError<Failure>>;

const STATUS: Path = Path::Plain(&[Step::Field("job"), Step::Field("status")]);
const MESSAGE: Path = Path::Plain(&[Step::Field("job"), Step::Field("message")]);
const READY: Path = Path::Plain(&[Step::Field("job"), Step::Field("ready")]);
const STATES: Path = Path::Plain(&[Step::Field("job"), Step::Field("parts"), Step::Flatten, Step::Field("State")]);
const NAME: Path = Path::Plain(&[Step::Field("input"), Step::Field("name")]);

const fn waiter(acceptors: &'static [Acceptor]) -> Waiter {
    Waiter { name: "job_done", min_delay: Duration::from_secs(5), max_delay: Duration::from_secs(4999), acceptors }
}

static DONE: Waiter = waiter(&[
    Acceptor::success(Matcher::output(STATUS, Expected::Text("DONE"))),
    Acceptor::failure(Matcher::output(STATUS, Expected::Text("FAILED"))).reason(MESSAGE),
    Acceptor::retry(Matcher::ErrorType("Busy")),
    Acceptor::failure(Matcher::ErrorType("test#Gone")),
]);

struct Clock {
    slept: Mutex<Vec<Duration>>,
    random: f64,
}

impl Clock {
    fn new(random: f64) -> Self {
        Self { slept: Mutex::default(), random }
    }

    fn seconds(&self) -> Vec<f64> {
        self.slept.lock().expect("no panic").iter().map(Duration::as_secs_f64).collect()
    }
}

impl Timer for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.slept.lock().expect("no panic").iter().sum::<Duration>()
    }

    fn random(&self) -> f64 {
        self.random
    }

    async fn sleep(&self, duration: Duration) {
        self.slept.lock().expect("no panic").push(duration);
    }

    /// A step that is not ready at once never is, and takes all its time.
    async fn within<F: Future>(&self, limit: Duration, step: F) -> Result<F::Output, TimedOut> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::pin!(step).poll(&mut context) {
            std::task::Poll::Ready(output) => Ok(output),
            std::task::Poll::Pending => {
                self.sleep(limit).await;
                Err(TimedOut::new(limit))
            }
        }
    }
}

fn status(status: &str) -> Answer {
    Ok(output(&format!(r#"{{"job": {{"status": "{status}"}}}}"#)))
}

fn io_error() -> Answer {
    Err(SdkError::dispatch_failure(ConnectorError::io("connection reset".into())))
}

/// Waits over these answers; the last one comes again and again.
async fn wait_over(
    waiter: &'static Waiter,
    clock: &Clock,
    options: WaitOptions,
    max_wait: u64,
    answer: impl Fn(u32) -> Answer,
) -> Result<FinalPoll<Output, SdkError<Failure>>, WaiterError<Output, Failure>> {
    let (input, mut polls) = (input("mine"), 0);
    let poll = || {
        polls += 1;
        std::future::ready(answer(polls))
    };
    run(waiter, clock, &options, Duration::from_secs(max_wait), &input, poll).await
}

async fn outcome(waiter: &'static Waiter, answer: impl Fn() -> Answer) -> &'static str {
    match wait_over(waiter, &Clock::new(0.0), WaitOptions::new(), 0, |_| answer()).await {
        Ok(_) => "success",
        Err(WaiterError::FailureState(_)) => "failure",
        Err(WaiterError::ExceededMaxWait(_)) => "none",
        Err(WaiterError::OperationFailed(_)) => "error",
        Err(WaiterError::ConstructionFailure(_)) => "construction",
    }
}

#[tokio::test]
async fn delays_double_up_to_two_minutes_and_the_last_poll_comes_at_the_end() {
    let clock = Clock::new(1.0);
    let error = wait_over(&DONE, &clock, WaitOptions::new(), 600, |_| status("RUNNING")).await.expect_err("time is up");
    assert_eq!(clock.seconds(), [5.0, 10.0, 20.0, 40.0, 80.0, 120.0, 120.0, 120.0, 85.0]);
    let WaiterError::ExceededMaxWait(exceeded) = &error else { panic!("{error}") };
    assert_eq!(exceeded.poll_count(), 10);
    assert_eq!(exceeded.elapsed(), Duration::from_secs(600));
    assert_eq!(exceeded.max_wait(), Duration::from_secs(600));
    assert_eq!(exceeded.state(), Some("RUNNING"));
    assert_eq!(error.to_string(), "job_done: time is up after 600 s, job.status is RUNNING (10 polls, 600 s)");
    assert!(error.source().is_none());
}

#[tokio::test]
async fn delays_can_be_overridden() {
    let clock = Clock::new(1.0);
    let millis = Duration::from_millis;
    let options = WaitOptions::new().min_delay(millis(250)).max_delay(millis(1000));
    let done = wait_over(&DONE, &clock, options, 60, |poll| status(if poll == 5 { "DONE" } else { "RUNNING" })).await;
    assert!(done.is_ok());
    assert_eq!(clock.seconds(), [0.25, 0.5, 1.0, 1.0]);

    let long = Clock::new(1.0);
    let options = WaitOptions::new().max_delay(Duration::from_secs(300));
    let _ = wait_over(&DONE, &long, options, 3600, |poll| status(if poll == 8 { "DONE" } else { "RUNNING" })).await;
    assert_eq!(long.seconds(), [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0]);
}

#[tokio::test]
async fn no_time_means_one_poll() {
    let clock = Clock::new(0.5);
    let error = wait_over(&DONE, &clock, WaitOptions::new(), 0, |_| status("RUNNING")).await.expect_err("time is up");
    assert!(matches!(error, WaiterError::ExceededMaxWait(exceeded) if exceeded.poll_count() == 1));
    assert!(clock.seconds().is_empty());
}

#[tokio::test]
async fn a_failure_says_why_on_one_line_and_hides_it_in_debug() {
    let failed = r#"{"job": {"status": "FAILED", "message": "no such\n template \u0007 v2"}}"#;
    let clock = Clock::new(0.0);
    let answer = |poll| if poll < 3 { status("RUNNING") } else { Ok(output(failed)) };
    let error = wait_over(&DONE, &clock, WaitOptions::new(), 60, answer).await.expect_err("it failed");
    assert_eq!(error.to_string(), "job_done: job.status is FAILED: no such template v2 (3 polls, 10 s)");
    assert!(!format!("{error:?}").contains("no such"), "{error:?}");
    let WaiterError::FailureState(failure) = error else { panic!("{error}") };
    assert_eq!((failure.state(), failure.reason()), (Some("FAILED"), Some("no such template v2")));
    assert_eq!((failure.poll_count(), failure.elapsed()), (3, Duration::from_secs(10)));
    assert!(failure.into_final_poll().into_result().is_ok());
}

#[tokio::test]
async fn errors_are_matched_by_code() {
    let gone = || Err(service_error(400, "Gone", "it is gone"));
    let error = wait_over(&DONE, &Clock::new(0.0), WaitOptions::new(), 60, |_| gone()).await.expect_err("it failed");
    assert_eq!(error.to_string(), "job_done: the answer is Gone: it is gone (1 poll, 0 s)");
    assert_eq!(error.code(), Some("Gone"));
    assert!(error.source().is_some_and(|source| source.downcast_ref::<Failure>().is_some_and(Failure::is_gone)));

    // One that means "go on" is no failure even when time is up.
    assert_eq!(outcome(&DONE, || Err(service_error(400, "Busy", ""))).await, "none");
    assert_eq!(outcome(&DONE, || Err(service_error(400, "Other", ""))).await, "error");
}

#[tokio::test]
async fn every_kind_of_matcher() {
    static ANSWERED: Waiter = waiter(&[Acceptor::success(Matcher::Success(true))]);
    static REFUSED: Waiter = waiter(&[Acceptor::success(Matcher::Success(false))]);
    static TRUE: Waiter = waiter(&[Acceptor::success(Matcher::output(READY, Expected::Boolean(true)))]);
    static ALL: Waiter = waiter(&[Acceptor::success(Matcher::output(STATES, Expected::All("UP")))]);
    static ANY: Waiter = waiter(&[Acceptor::failure(Matcher::output(STATES, Expected::Any("DOWN")))]);
    static MINE: Waiter = waiter(&[Acceptor::success(Matcher::input_output(NAME, Expected::Text("mine")))]);
    static FIRST: Waiter = waiter(&[
        Acceptor::failure(Matcher::output(STATUS, Expected::Text("DONE"))),
        Acceptor::success(Matcher::Success(true)),
    ]);
    let json = |json: &'static str| move || Ok(output(json));
    let refused = || Err(service_error(400, "Gone", ""));

    assert_eq!(outcome(&ANSWERED, json("{}")).await, "success");
    assert_eq!(outcome(&ANSWERED, refused).await, "error");
    assert_eq!(outcome(&REFUSED, refused).await, "success");
    assert_eq!(outcome(&REFUSED, io_error).await, "error");
    assert_eq!(outcome(&REFUSED, json("{}")).await, "none");
    assert_eq!(outcome(&TRUE, json(r#"{"job": {"ready": true}}"#)).await, "success");
    assert_eq!(outcome(&TRUE, json(r#"{"job": {"ready": false}}"#)).await, "none");
    assert_eq!(outcome(&ALL, json(r#"{"job": {"parts": [{"State": "UP"}, {"State": "UP"}]}}"#)).await, "success");
    assert_eq!(outcome(&ALL, json(r#"{"job": {"parts": [{"State": "UP"}, {"State": "DOWN"}]}}"#)).await, "none");
    assert_eq!(outcome(&ALL, json(r#"{"job": {"parts": []}}"#)).await, "none");
    assert_eq!(outcome(&ANY, json(r#"{"job": {"parts": [{"State": "UP"}, {"State": "DOWN"}]}}"#)).await, "failure");
    assert_eq!(outcome(&ANY, json(r#"{"job": {}}"#)).await, "none");
    assert_eq!(outcome(&MINE, json("{}")).await, "success");
    assert_eq!(outcome(&FIRST, json(r#"{"job": {"status": "DONE"}}"#)).await, "failure");
    assert_eq!(outcome(&FIRST, json("{}")).await, "success");
}

#[tokio::test]
async fn transient_errors_end_the_wait_unless_tolerated() {
    let answer = |poll| match poll {
        1 | 2 | 4 => io_error(),
        3 => status("RUNNING"),
        _ => status("DONE"),
    };
    let error = wait_over(&DONE, &Clock::new(0.0), WaitOptions::new(), 60, answer).await.expect_err("not tolerated");
    assert_eq!(error.to_string(), "job_done: the service was not reached: io error: connection reset (1 poll, 0 s)");

    // Two in a row; the count starts anew after an answer.
    let options = WaitOptions::new().tolerate_transient_errors(2);
    assert!(wait_over(&DONE, &Clock::new(0.0), options, 60, answer).await.is_ok());

    let options = WaitOptions::new().tolerate_transient_errors(1);
    let error = wait_over(&DONE, &Clock::new(0.0), options, 60, answer).await.expect_err("too many");
    assert!(matches!(error, WaiterError::OperationFailed(failed) if failed.poll_count() == 2));

    let options = || WaitOptions::new().tolerate_transient_errors(1);
    for (status, code, goes_on) in
        [(503, "X", true), (429, "X", true), (400, "ThrottlingException", true), (400, "X", false)]
    {
        let answer = |_| Err(service_error(status, code, ""));
        let error = wait_over(&DONE, &Clock::new(0.0), options(), 0, answer).await.expect_err("no time");
        assert_eq!(matches!(error, WaiterError::ExceededMaxWait(_)), goes_on, "{status} {code}");
    }
}

#[tokio::test]
async fn each_poll_is_reported() {
    let seen = Arc::new(Mutex::new(VecDeque::new()));
    let log = Arc::clone(&seen);
    let options = WaitOptions::new().tolerate_transient_errors(1).on_poll(move |event| {
        let outcome = match &event.outcome {
            PollOutcome::Success => "success".to_owned(),
            PollOutcome::Pending => "pending".to_owned(),
            PollOutcome::TransientError(error) => error.to_string(),
            other => format!("{other:?}"),
        };
        let line = format!("{} {:?} {outcome} {:?} {:?}", event.attempt, event.elapsed, event.state, event.next_delay);
        log.lock().expect("no panic").push_back(line);
    });
    let answer = |poll| match poll {
        1 => status("RUNNING"),
        2 => io_error(),
        _ => status("DONE"),
    };
    assert!(wait_over(&DONE, &Clock::new(0.0), options, 60, answer).await.is_ok());
    assert_eq!(
        *seen.lock().expect("no panic"),
        [
            r#"1 0ns pending Some("RUNNING") Some(5s)"#,
            "2 5s the service was not reached: io error: connection reset None Some(5s)",
            r#"3 10s success Some("DONE") None"#,
        ]
    );
}

#[test]
fn errors_are_small_and_can_be_made_by_hand() {
    type AnyError = WaiterError<Output, Failure>;
    assert!(size_of::<AnyError>() <= 16);
    let exceeded: AnyError =
        WaiterError::ExceededMaxWait(ExceededMaxWait::new(Duration::from_secs(9), Duration::from_millis(9100), 2));
    assert_eq!(exceeded.to_string(), "time is up after 9 s (2 polls, 9.1 s)");
    let construction = AnyError::construction_failure("`name` is missing");
    assert_eq!(construction.to_string(), "not sent: `name` is missing");
    let failure: AnyError = WaiterError::FailureState(FailureState::new(FinalPoll::new(Ok(output("{}")))));
    assert_eq!(failure.to_string(), "a state was reached that ends the wait (0 polls, 0 s)");
}

#[tokio::test]
async fn a_wait_that_went_on_in_spite_of_errors_names_the_last() {
    let options = WaitOptions::new().tolerate_transient_errors(100);
    let answer = |poll| if poll == 1 { status("RUNNING") } else { io_error() };
    let error = wait_over(&DONE, &Clock::new(0.0), options, 10, answer).await.expect_err("time is up");
    assert_eq!(
        error.to_string(),
        "job_done: time is up after 10 s, job.status is RUNNING, last poll: the service was not reached: io error: \
         connection reset (2 polls, 10 s)"
    );
    assert!(error.source().is_some_and(|source| source.to_string().contains("connection reset")));
}

#[tokio::test]
async fn a_poll_that_hangs_ends_with_the_wait() {
    let (clock, input) = (Clock::new(0.0), input("mine"));
    let mut polls = 0;
    let poll = || {
        polls += 1;
        let answer = if polls == 1 { Some(status("RUNNING")) } else { None };
        async { if let Some(answer) = answer { answer } else { std::future::pending().await } }
    };
    let error = run(&DONE, &clock, &WaitOptions::new(), Duration::from_secs(60), &input, poll).await.expect_err("hung");
    let text = error.to_string();
    assert!(text.starts_with("job_done: time is up after 60 s, job.status is RUNNING, last poll: no answer"), "{text}");
    assert!(text.ends_with("(2 polls, 60 s)"), "{text}");
    // However little is left, a poll has ten seconds.
    let clock = Clock::new(0.0);
    let poll = || std::future::pending::<Answer>();
    let error = run(&DONE, &clock, &WaitOptions::new(), Duration::ZERO, &input, poll).await.expect_err("hung");
    assert!(matches!(error, WaiterError::ExceededMaxWait(it) if it.elapsed() == Duration::from_secs(10)));
}

#[tokio::test]
async fn a_request_that_is_not_sent_is_no_poll_only_at_the_start() {
    let unsent = || Err(SdkError::construction_failure("no credentials"));
    assert_eq!(outcome(&DONE, unsent).await, "construction");
    let answer = |poll| if poll == 1 { status("RUNNING") } else { unsent() };
    let error = wait_over(&DONE, &Clock::new(0.0), WaitOptions::new(), 60, answer).await.expect_err("not sent");
    assert_eq!(error.to_string(), "job_done: not sent: no credentials (2 polls, 5 s)");

    let sealed = |poll| match poll {
        1 => Err(SdkError::construction_failure(CredentialsError::provider_error("sealed"))),
        _ => status("DONE"),
    };
    let options = WaitOptions::new().tolerate_transient_errors(1);
    assert!(wait_over(&DONE, &Clock::new(0.0), options, 60, sealed).await.is_ok());
}
