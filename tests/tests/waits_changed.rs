//! What a caller may change about a wait, and what a wait says.

use proton_sdk::Client;
use proton_sdk::client::Waiters;
use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::timeout::TimeoutConfig;
use proton_sdk::config::{Config, Region};
use proton_sdk::error::SdkError;
use proton_sdk::operation::get_service::GetService;
use proton_sdk::testing::{Mock, Rule};
use proton_sdk::waiters::{PollOutcome, WaitOptions, WaiterError};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tests::client::client;
use tests::server::{Answer, Server};

const HOUR: Duration = Duration::from_secs(3600);

fn in_state(rule: Rule<GetService>, state: &str) -> Rule<GetService> {
    rule.http(200, format!(r#"{{"service": {{"status": "{state}", "statusMessage": "no capacity\nleft"}}}}"#))
}

/// A service that is being created for so many polls, and then is in the state.
fn proton(polls: u32, then: &'static str) -> Mock {
    Mock::new().on::<GetService>(|rule| in_state(in_state(rule, "CREATE_IN_PROGRESS").times(polls), then))
}

fn once() -> proton_sdk::config::Builder {
    Config::builder().retry_config(RetryConfig::disabled())
}

#[tokio::test]
async fn delays_are_the_callers_where_it_says_so() {
    let second = Duration::from_secs(1);
    for (options, shortest, longest) in [
        (WaitOptions::new(), 5 * second, 120 * second),
        (WaitOptions::new().min_delay(second).max_delay(second), second, second),
        (WaitOptions::new().max_delay(second), 5 * second, 5 * second),
        (WaitOptions::new().min_delay(2 * second).max_delay(8 * second), 2 * second, 8 * second),
    ] {
        let mock = proton(20, "ACTIVE");
        let wait = mock.client().wait_until_service_created().name("a").wait_options(options.clone());
        wait.wait(24 * HOUR).await.expect("it becomes active");
        let slept = mock.time().slept();
        assert_eq!(slept.len(), 20);
        assert!(slept.iter().all(|delay| (shortest..=longest).contains(delay)), "{options:?}: {slept:?}");
    }
}

#[tokio::test]
async fn each_poll_is_reported() {
    let mock = Mock::new().on::<GetService>(|rule| {
        in_state(in_state(rule, "CREATE_IN_PROGRESS").once().refuses_connection().once(), "ACTIVE")
    });
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let options = WaitOptions::new().tolerate_transient_errors(1).on_poll(move |event| {
        let outcome = match &event.outcome {
            PollOutcome::Success => "success".to_owned(),
            PollOutcome::Pending => "pending".to_owned(),
            PollOutcome::TransientError(error) => error.to_string(),
            other => format!("{other:?}"),
        };
        let line = (event.attempt, event.state.map(str::to_owned), event.next_delay.is_some(), outcome);
        log.lock().expect("no panic").push(line);
    });
    let client = Client::from_conf(mock.config().retry_config(RetryConfig::disabled()).build());
    let wait = client.wait_until_service_created().name("a").wait_options(options);
    wait.wait(HOUR).await.expect("it becomes active");
    let mut seen = seen.lock().expect("no panic");
    assert!(seen[1].3.contains("connection refused"), "{}", seen[1].3);
    seen[1].3.clear();
    let state = |text: &str| Some(text.to_owned());
    assert_eq!(
        *seen,
        [
            (1, state("CREATE_IN_PROGRESS"), true, "pending".to_owned()),
            (2, None, true, String::new()),
            (3, state("ACTIVE"), false, "success".to_owned()),
        ]
    );
}

#[tokio::test]
async fn transient_failures_end_a_wait_unless_so_many_in_a_row_are_tolerated() {
    let run = |tolerated: u32| async move {
        let mock = Mock::new().on::<GetService>(|rule| {
            let rule =
                in_state(rule, "CREATE_IN_PROGRESS").once().refuses_connection().fails_with("ThrottlingException", "");
            in_state(rule.breaks_off().once(), "ACTIVE")
        });
        let client = Client::from_conf(mock.config().retry_config(RetryConfig::disabled()).build());
        let options = WaitOptions::new().tolerate_transient_errors(tolerated);
        let result = client.wait_until_service_created().name("a").wait_options(options).wait(HOUR).await;
        (result, mock.requests().len())
    };
    assert!(matches!(run(3).await, (Ok(_), 5)));
    assert!(matches!(run(2).await, (Err(WaiterError::OperationFailed(failed)), 4) if failed.poll_count() == 4));
    assert!(matches!(run(0).await, (Err(WaiterError::OperationFailed(_)), 2)));
}

#[tokio::test]
async fn a_failure_has_the_state_and_the_resources_own_reason_on_one_line() {
    let mock = proton(2, "CREATE_FAILED");
    let error = mock.client().wait_until_service_created().name("a").wait(HOUR).await.expect_err("it failed");
    let text = error.to_string();
    assert!(
        text.starts_with("service_created: service.status is CREATE_FAILED: no capacity left (3 polls, "),
        "{text}"
    );
    let WaiterError::FailureState(failure) = error else { panic!("{text}") };
    assert_eq!((failure.state(), failure.reason()), (Some("CREATE_FAILED"), Some("no capacity left")));
    assert!(failure.final_poll().as_result().is_ok_and(|output| output.service().is_some()));
}

#[tokio::test]
async fn polls_can_be_customized() {
    let mock = proton(1, "ACTIVE");
    let wait = mock.client().wait_until_service_created().name("a").customize();
    let wait = wait
        .config_override(Config::builder().region(Region::new("eu-west-1")))
        .mutate_request(|request| {
            request.headers_mut().insert("x-team", "shop");
        })
        .interceptor(Mark);
    wait.wait(HOUR).await.expect("it becomes active");
    for request in mock.requests() {
        assert_eq!((request.header("x-team"), request.header("x-mark")), (Some("shop"), Some("1")));
        assert!(request.header("authorization").is_some_and(|text| text.contains("/eu-west-1/")));
        assert!(request.header("user-agent").is_some_and(|text| text.ends_with(" m/B")), "it is a waiter's");
    }
    assert_eq!(mock.requests().len(), 2);

    let incomplete = mock.client().wait_until_service_created().customize().wait(HOUR).await;
    let error = incomplete.expect_err("the name is missing");
    assert!(matches!(error, WaiterError::ConstructionFailure(_)), "{error}");
    assert_eq!(error.to_string(), "not sent: `name` is required and has no value");
    assert_eq!(mock.requests().len(), 2, "nothing is sent without a name");
}

/// Puts a header on each request.
#[derive(Debug)]
struct Mark;

impl proton_sdk::config::Intercept for Mark {
    fn name(&self) -> &'static str {
        "Mark"
    }

    fn modify_before_signing(
        &self,
        context: &mut proton_sdk::config::interceptors::BeforeTransmitInterceptorContextMut<'_>,
        _: &proton_sdk::config::RuntimeComponents,
        _: &mut proton_sdk::config::ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        context.request_mut().headers_mut().insert("x-mark", "1");
        Ok(())
    }
}

#[tokio::test]
async fn a_poll_that_hangs_ends_with_the_time_out_of_the_polls() {
    let mock = Mock::new().on::<GetService>(|rule| rule.times_out());
    let limit = TimeoutConfig::builder().read_timeout(Duration::from_secs(7)).build();
    let wait = mock.client().wait_until_service_created().name("a").customize();
    let error = wait.config_override(once().timeout_config(limit)).wait(HOUR).await.expect_err("it hangs");
    let WaiterError::OperationFailed(failed) = &error else { panic!("{error}") };
    assert!(matches!(failed.error(), SdkError::DispatchFailure(it) if it.is_timeout()), "{error}");
    assert!(error.to_string().contains("read_timeout of 7s"), "{error}");
}

#[tokio::test]
async fn a_wait_that_is_dropped_asks_no_more() {
    let pending = r#"{"service": {"status": "CREATE_IN_PROGRESS"}}"#;
    let server = Server::always(Answer::json(200, pending)).await;
    let quick = WaitOptions::new().min_delay(Duration::from_millis(20)).max_delay(Duration::from_millis(20));
    let wait = client(&server.url()).wait_until_service_created().name("a").wait_options(quick).wait(HOUR);
    assert!(tokio::time::timeout(Duration::from_millis(200), wait).await.is_err());
    let polls = server.requests().len();
    assert!(polls > 1, "{polls}");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(server.requests().len(), polls);
}

#[tokio::test]
async fn strict_responses_hold_for_polls() {
    let mock = proton(0, "ACTIVE");
    let strict = Client::from_conf(mock.config().strict_responses(true).retry_config(RetryConfig::disabled()).build());
    let error = strict.wait_until_service_created().name("a").wait(HOUR).await.expect_err("members are missing");
    assert!(error.to_string().contains("the response lacks the required `service.arn`"), "{error}");
    assert!(mock.client().wait_until_service_created().name("a").wait(HOUR).await.is_ok());
}
