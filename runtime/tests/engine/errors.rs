//! Errors: every form in which they come, and what they say.

use crate::support::{CreateThing, CreateThingInput, FakeTime, Server, ServiceFailure, Step, answer, call, config};
use crate::support::{error_answer, handle, input};
use aws_types::request_id::RequestId;
use smithy_runtime::client::Call;
use smithy_runtime::error::{ProvideErrorMetadata, SdkError};

type Error = SdkError<ServiceFailure>;

async fn fail(step: Step) -> Error {
    let server = Server::start([step]).await;
    let time = FakeTime::new();
    call(config(&server).sleep_impl(time.clone()).time_source(time)).send(input()).await.unwrap_err()
}

#[test]
fn errors_are_two_pointers_in_size() {
    assert_eq!(size_of::<Error>(), 16);
}

#[tokio::test]
async fn futures_are_small() {
    let server = Server::start([answer("{}")]).await;
    let future = call(config(&server)).send(CreateThingInput::default());
    assert!(size_of_val(&future) < 1024, "{}", size_of_val(&future));
}

#[tokio::test]
async fn codes_come_from_the_header_or_the_body_in_any_spelling() {
    for (headers, body) in [
        ("", r#"{"__type":"ConflictException","message":"taken"}"#),
        ("", r#"{"__type":"com.example#ConflictException","message":"taken"}"#),
        ("", r#"{"__type":"com.example#ConflictException:http://internal/","Message":"taken"}"#),
        ("", r#"{"code":"ConflictException","__type":"Other","errorMessage":"taken"}"#),
        ("x-amzn-errortype: ConflictException:http://internal/\r\n", r#"{"code":"Other","message":"taken"}"#),
        ("", r#"{"message":"taken","more":{"deep":[1,null]},"__type":"ConflictException"}"#),
        ("", r#"{"code":"Disabled.Key","__type":"com.example#ConflictException","message":"taken"}"#),
        ("x-amzn-errortype: \r\n", r#"{"code":"","__type":"ConflictException","message":"taken"}"#),
    ] {
        let error = fail(error_answer("400 Bad Request", headers, body)).await;
        assert_eq!(error.code(), Some("ConflictException"), "{body}");
        assert_eq!(error.message(), Some("taken"), "{body}");
        assert!(matches!(error.as_service_error(), Some(ServiceFailure::Conflict(..))), "{error:?}");
        let expected = "CreateThing: ConflictException: taken (request id req-1, HTTP 400, 1 attempt)";
        assert_eq!(error.to_string(), expected, "{body}");
    }
}

#[tokio::test]
async fn modelled_members_are_read() {
    for (member, value) in [("message", "taken"), ("Message", "taken"), ("message\":\"\",\"errorMessage", "taken")] {
        let body = format!(r#"{{"__type":"ConflictException","{member}":"{value}"}}"#);
        let error = fail(error_answer("400 Bad Request", "", &body)).await;
        let Some(ServiceFailure::Conflict(structure, _)) = error.as_service_error() else { panic!("{error:?}") };
        assert_eq!(structure.message.as_deref(), Some("taken"), "{body}");
    }
}

#[tokio::test]
async fn a_code_that_no_error_has_is_the_first_that_is_given() {
    let error = fail(error_answer("400 Bad Request", "", r#"{"code":"First","__type":"Second"}"#)).await;
    assert_eq!(error.code(), Some("First"));
}

#[tokio::test]
async fn bodies_that_are_not_json_still_make_an_error_that_says_something() {
    let html = "HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\nx-amzn-requestid: req-2\r\ncontent-length: 21\r\n\r\n\
                <html>SECRET</html>\r\n";
    let error = fail(Step::Answer(html.into())).await;
    assert_eq!(error.code(), None);
    assert_eq!(error.request_id(), Some("req-2"));
    assert_eq!(error.meta().request_id(), Some("req-2"));
    assert_eq!(
        error.to_string(),
        "CreateThing: HTTP 403 with a body of text/html that names no error; check the endpoint and proxies \
         on the way (request id req-2, HTTP 403, 1 attempt)"
    );
    assert!(!format!("{error:?}").contains("SECRET"));

    let empty = "HTTP/1.1 404 Not Found\r\nx-amz-request-id: req-3\r\ncontent-length: 0\r\n\r\n";
    let error = fail(Step::Answer(empty.into())).await;
    assert_eq!((error.code(), error.request_id()), (None, Some("req-3")));
    assert!(error.to_string().contains("HTTP 404 without a body"), "{error}");

    let redirect = "HTTP/1.1 301 Moved Permanently\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let error = fail(Step::Answer(redirect.into())).await;
    assert!(error.to_string().starts_with("CreateThing: HTTP 301 without a body ("), "{error}");

    for body in ["null", "[1]", "\"text\"", "{\"__type\":7}", "{", "\u{0}"] {
        let error = fail(error_answer("400 Bad Request", "", body)).await;
        assert_eq!(error.code(), None, "{body}");
        assert!(error.to_string().contains("HTTP 400 with a body of application/x-amz-json-1.0"), "{error}");
    }
}

#[tokio::test]
async fn messages_stay_on_one_line() {
    let body = r#"{"__type":"ConflictException","message":"one\ntwo\r\nthree"}"#;
    let error = fail(error_answer("400 Bad Request", "", body)).await;
    assert_eq!(error.message(), Some("one\ntwo\r\nthree"));
    assert!(error.to_string().contains("one two  three"), "{error}");
}

#[tokio::test]
async fn unreadable_answers_say_where() {
    let error = fail(error_answer("200 OK", "", r#"{"arn":["hidden"]}"#)).await;
    let text = error.to_string();
    assert!(text.starts_with("CreateThing: the response is not valid at `arn`: "), "{text}");
    assert!(text.ends_with(" (request id req-1, HTTP 200, 1 attempt)"), "{text}");
    assert!(!format!("{error:?}{error}").contains("hidden"));
}

#[tokio::test]
async fn missing_members_are_filled_in_or_refused() {
    for body in ["{}", "", " null\n"] {
        let server = Server::start([answer(body)]).await;
        let client = handle(config(&server));
        assert_eq!(Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap().arn, "");
        let strict = client.with_config(|config| config.strict_responses(true)).unwrap();
        let error = Call::<CreateThing>::new(strict).send(input()).await.unwrap_err();
        assert!(error.to_string().contains("the response lacks the required `arn`"), "{error}");
    }
}

#[tokio::test]
async fn any_failure_becomes_the_services_catch_all() {
    let error = fail(error_answer("200 OK", "", "oops")).await;
    let text = error.to_string();
    let unhandled = error.into_service_error();
    assert!(matches!(unhandled, ServiceFailure::Unhandled(_)));
    assert_eq!(unhandled.meta().request_id(), Some("req-1"));
    // What a program prints that returns the error from `main`, and the failure itself below it.
    assert_eq!(unhandled.to_string(), text);
    assert!(std::error::Error::source(&unhandled).is_some());
}

#[tokio::test]
async fn mapping_keeps_what_is_known() {
    let error = fail(error_answer("400 Bad Request", "", r#"{"__type":"ConflictException","message":"taken"}"#)).await;
    let mapped = error.map_service_error(|error| std::io::Error::other(error.to_string()));
    assert_eq!(mapped.to_string(), "CreateThing: ConflictException: taken (request id req-1, HTTP 400, 1 attempt)");
    assert_eq!((mapped.operation(), mapped.attempts()), (Some("CreateThing"), 1));
    let chain = std::error::Error::source(&mapped).unwrap().to_string();
    assert_eq!(chain, "ConflictException: taken");
}

#[test]
fn errors_made_by_hand_show_what_they_have() {
    let raw = || smithy_runtime::config::HttpResponse::new(200.try_into().unwrap(), "SECRET".into());
    let error = SdkError::<std::io::Error>::service_error(std::io::Error::other("made"), raw());
    assert_eq!(error.to_string(), "made");
    assert!(!format!("{error:?}").contains("SECRET"));
    let error = SdkError::<std::io::Error>::construction_failure("no name");
    assert_eq!(error.to_string(), "not sent: no name");
    assert_eq!(error.into_source().unwrap().to_string(), "no name");
}
