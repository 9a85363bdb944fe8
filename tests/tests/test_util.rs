//! What users test with: mocks, recordings, fixed values.

use proton_sdk::config::retry::RetryConfig;
use proton_sdk::error::{ProvideErrorMetadata, SdkError};
use proton_sdk::operation::RequestId;
use proton_sdk::operation::create_component::CreateComponent;
use proton_sdk::operation::delete_service::{DeleteService, DeleteServiceOutput};
use proton_sdk::operation::get_service::{GetService, GetServiceOutput};
use proton_sdk::operation::list_services::ListServices;
use proton_sdk::testing::Mock;
use proton_sdk::types::error::ConflictException;
use proton_sdk::types::{Service, ServiceStatus};
use proton_sdk::{Client, Error};
use smithy_runtime::primitives::DateTime;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, SystemTime};

fn service(name: &str) -> Service {
    Service::builder()
        .name(name)
        .arn(format!("arn:{name}"))
        .template_name("fargate")
        .created_at(DateTime::from_secs(1))
        .last_modified_at(DateTime::from_secs(2))
        .status(ServiceStatus::Active)
        .spec("secret: spec")
        .build()
        .expect("all that is required")
}

#[tokio::test]
async fn outputs_errors_and_functions_answer_with_types() {
    let mock = Mock::new()
        .on::<GetService>(|rule| {
            rule.when(|input| input.name() == Some("a"))
                .returns(GetServiceOutput::builder().service(service("a")).build())
        })
        .on::<GetService>(|rule| {
            rule.answers(|input| {
                let name = input.name().expect("it is required");
                Ok(GetServiceOutput::builder().service(service(&format!("{name}!"))).build())
            })
        })
        .on::<DeleteService>(|rule| {
            let error = ConflictException::builder().message("it is in use").build();
            rule.fails(error.expect("a message"))
        });
    let client = mock.client();
    let get = |name: &'static str| client.get_service().name(name).send();

    let answer = get("a").await.expect("an answer");
    assert_eq!(answer.service(), Some(&service("a")));
    assert_eq!(answer.request_id(), Some("mock-1"));
    assert_eq!(get("b").await.expect("an answer").service().map(Service::name), Some("b!"));

    let error = client.delete_service().name("a").send().await.expect_err("a conflict");
    assert!(error.as_service_error().is_some_and(Error::is_conflict_exception));
    assert_eq!(
        error.to_string(),
        "DeleteService: ConflictException: it is in use (request id mock-3, HTTP 400, 1 attempt)"
    );

    let names: Vec<_> = mock.inputs::<GetService>().into_iter().filter_map(|input| input.name).collect();
    assert_eq!(names, ["a", "b"]);
    let operations: Vec<_> = mock.requests().iter().map(|request| request.operation().to_owned()).collect();
    assert_eq!(operations, ["GetService", "GetService", "DeleteService"]);
    mock.verify();
}

#[tokio::test]
async fn a_call_that_no_rule_answers_says_what_was_tried() {
    let mock = Mock::new()
        .on::<ListServices>(|rule| rule.http(200, "{}"))
        .on::<GetService>(|rule| rule.when(|input| input.name() == Some("a")).http(200, "{}"))
        .on::<GetService>(|rule| rule.http(200, "{}").once());
    let client = mock.client();
    assert!(client.get_service().name("b").send().await.is_ok());
    let error = client.get_service().name("b").send().await.expect_err("no rule is left");
    assert!(matches!(error, SdkError::DispatchFailure(_)));
    let text = error.to_string();
    let expected = "no rule of the mock answers this GetService; rules tried: \
                    1 ListServices, 2 GetService (its `when` says no), 3 GetService (out of answers after 1)";
    assert!(text.contains(expected), "{text}");
    assert!(text.ends_with("1 attempt, 0.0 s)"), "it is not tried again: {text}");

    let empty = Mock::new().client().get_service().name("b").send().await.expect_err("no rules").to_string();
    assert!(empty.contains("this GetService; rules tried: there are none"), "{empty}");
}

#[tokio::test]
async fn answers_come_in_order_each_as_often_as_it_says() {
    let mock = Mock::new().on::<ListServices>(|rule| {
        rule.http(200, r#"{"services": [], "nextToken": "1"}"#)
            .times(2)
            .fails_with("AccessDeniedException", "no")
            .http(200, r#"{"services": [], "nextToken": "last"}"#)
    });
    let client = mock.client();
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(match client.list_services().send().await {
            Ok(page) => page.next_token().unwrap_or_default().to_owned(),
            Err(error) => error.code().unwrap_or_default().to_owned(),
        });
    }
    assert_eq!(seen, ["1", "1", "AccessDeniedException", "last", "last"]);
}

#[tokio::test]
async fn in_order_takes_calls_in_the_order_of_the_rules_only() {
    let mock = Mock::in_order()
        .on::<GetService>(|rule| rule.http(200, "{}").times(2))
        .on::<DeleteService>(|rule| rule.when(|input| input.name() == Some("a")).http(200, "{}"));
    let client = mock.client();
    let failed = |error: SdkError<Error>| error.to_string();
    let early = client.delete_service().name("a").send().await.map_err(failed).expect_err("too early");
    assert!(early.contains("the mock expects GetService next (rule 1), and got DeleteService"), "{early}");
    for _ in 0..2 {
        assert!(client.get_service().name("a").send().await.is_ok());
    }
    let other = client.delete_service().name("b").send().await.map_err(failed).expect_err("another input");
    assert!(other.contains("expects DeleteService next (rule 2), and got DeleteService, but its `when`"), "{other}");
    assert!(client.delete_service().name("a").send().await.is_ok());
    let late = client.delete_service().name("a").send().await.map_err(failed).expect_err("too late");
    assert!(late.contains("the mock expects no more calls, and got DeleteService"), "{late}");
    mock.verify();
}

#[tokio::test]
async fn faults_are_tried_again_as_on_a_network_and_take_no_time() {
    let done = || DeleteServiceOutput::builder().build();
    let mock = Mock::new().on::<DeleteService>(|rule| {
        rule.refuses_connection().times_out().breaks_off().http(503, "<html>").returns(done())
    });
    let config = mock.config().retry_config(RetryConfig::standard().with_max_attempts(5)).build();
    let started = std::time::Instant::now();
    assert!(Client::from_conf(config).delete_service().name("a").send().await.is_ok());
    assert!(started.elapsed() < Duration::from_secs(1), "pauses take no time");
    let attempts: Vec<_> = mock
        .requests()
        .iter()
        .map(|request| request.header("amz-sdk-request").unwrap_or_default().to_owned())
        .collect();
    let last = |text: &String| text.rsplit("attempt=").next().unwrap_or_default().to_owned();
    assert_eq!(
        attempts.iter().map(last).collect::<Vec<_>>(),
        ["1; max=5", "2; max=5", "3; max=5", "4; max=5", "5; max=5"]
    );
    assert_eq!(mock.time().slept().len(), 5, "four pauses and a read time-out");

    let once = |rule: fn(proton_sdk::testing::Rule<DeleteService>) -> proton_sdk::testing::Rule<DeleteService>| {
        let mock = Mock::new().on::<DeleteService>(rule);
        let config = mock.config().retry_config(RetryConfig::disabled()).build();
        async move { Client::from_conf(config).delete_service().name("a").send().await.expect_err("a fault") }
    };
    let refused = once(|rule| rule.refuses_connection()).await;
    assert!(matches!(&refused, SdkError::DispatchFailure(failure) if failure.is_io()), "{refused}");
    let late = once(|rule| rule.times_out()).await;
    assert!(
        matches!(&late, SdkError::DispatchFailure(it) if it.is_timeout())
            && late.to_string().contains("read_timeout of 30s"),
        "{late}"
    );
    let broken = once(|rule| rule.breaks_off()).await;
    assert!(matches!(&broken, SdkError::ResponseError(_)) && broken.to_string().contains("broke off"), "{broken}");
}

#[tokio::test]
async fn each_mock_has_a_retry_budget_of_its_own() {
    for _ in 0..200 {
        let mock = Mock::new().on::<DeleteService>(|rule| rule.http(500, ""));
        let error = mock.client().delete_service().name("a").send().await.expect_err("a failure");
        assert_eq!(error.attempts(), 3);
    }
}

#[tokio::test]
async fn tokens_time_and_credentials_are_the_same_each_time() {
    let mock = Mock::new().on::<CreateComponent>(|rule| rule.http(200, "{}"));
    let create = || mock.client().create_component().name("c").manifest("m").template_file("t").send();
    assert!(create().await.is_ok() && create().await.is_ok());
    for (input, request) in mock.inputs::<CreateComponent>().iter().zip(mock.requests()) {
        assert_eq!(input.client_token(), Some("00000000-0000-4000-8000-000000000000"));
        assert_eq!(request.header("x-amz-date"), Some("20090213T233130Z"));
        let authorization = request.header("authorization").expect("a signature");
        assert!(
            authorization.contains("Credential=ANOTREAL/20090213/us-east-1/proton/aws4_request"),
            "{authorization}"
        );
        assert!(!format!("{request:?}").contains("ANOTREAL"));
    }
    let requests = mock.requests();
    assert_eq!(requests[0].header("authorization"), requests[1].header("authorization"));
    let fixed = proton_sdk::Config::builder().with_test_defaults().build();
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_234_567_890);
    assert_eq!(fixed.time_source().map(|time| time.now()), Some(start));
}

#[tokio::test]
async fn answers_that_nobody_asked_for_fail_the_check() {
    let mock = Mock::new()
        .on::<ListServices>(|rule| rule.http(200, "{}"))
        .on::<GetService>(|rule| rule.http(200, "{}").times(2));
    assert!(mock.client().get_service().name("a").send().await.is_ok());
    let panic = catch_unwind(AssertUnwindSafe(|| mock.verify())).expect_err("two rules are due");
    let text = panic.downcast_ref::<String>().expect("a message");
    assert_eq!(text, "rules of the mock have answers that no call asked for: 1 ListServices, 2 GetService");
}

#[tokio::test]
async fn every_error_of_the_model_comes_back_as_itself() {
    let codes = [
        "AccessDeniedException",
        "ConflictException",
        "InternalServerException",
        "ResourceNotFoundException",
        "ServiceQuotaExceededException",
        "ThrottlingException",
        "ValidationException",
    ];
    for code in codes.into_iter().chain(["NobodyKnowsThisException"]) {
        let mock = Mock::new().on::<DeleteService>(|rule| rule.fails_with(code, "the reason"));
        let error = mock.client().delete_service().name("a").send().await.expect_err(code);
        assert_eq!((error.code(), error.message()), (Some(code), Some("the reason")));
        let unhandled = matches!(error.as_service_error(), Some(Error::Unhandled(_)));
        assert_eq!(unhandled, code.starts_with("Nobody"), "{code}");
        let attempts = if matches!(code, "ThrottlingException" | "InternalServerException") { 3 } else { 1 };
        assert_eq!(mock.requests().len(), attempts, "{code}");
    }
}
