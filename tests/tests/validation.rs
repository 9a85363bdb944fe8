//! The model's limits, checked on request: by `validate()`, and before a call.

use proton_sdk::Client;
use proton_sdk::config::Config;
use proton_sdk::error::SdkError;
use proton_sdk::operation::create_component::CreateComponentInput;
use proton_sdk::types::Tag;
use proton_sdk::validate::{Constraint, Unit, Validate, ValidationError};
use std::error::Error;
use tests::client::config;
use tests::server::{Answer, Server};

fn tag(key: &str) -> Tag {
    Tag::builder().key(key).value("").build().expect("key and value")
}

fn input() -> CreateComponentInput {
    CreateComponentInput::builder()
        .name("my component")
        .manifest("m")
        .template_file("t")
        .description("hunter2 ".repeat(100))
        .tags(tag("ok"))
        .tags(tag(""))
        .build()
        .expect("nothing is missing for the builder")
}

#[test]
fn an_input_says_all_that_is_wrong_with_it() {
    let error = input().validate().expect_err("three limits");
    assert_eq!(
        error.to_string(),
        "`description` must have at most 500 characters; \
         `name` must match `^[0-9A-Za-z]+[0-9A-Za-z_\\-]*$`: \"my component\"; \
         `tags[1].key` must have at least 1 character: \"\""
    );
    let last = &error.violations()[2];
    assert_eq!(
        (last.path(), *last.constraint()),
        ("tags[1].key".to_owned(), Constraint::MinLength(1, Unit::Characters))
    );
    assert!(!format!("{error:?}{}", error.service_message()).contains("hunter2"));
}

#[tokio::test]
async fn requests_are_checked_before_they_are_sent_where_asked_for() {
    let server = Server::always(Answer::json(200, r#"{"component": null}"#)).await;
    let call = |config: Config| async move {
        let input = input();
        let call = Client::from_conf(config).create_component().name("my component").set_tags(input.tags);
        call.manifest("m").template_file("t").send().await
    };
    let error = call(config(&server.url()).validate_requests(true).build()).await.expect_err("two limits");
    assert!(matches!(error, SdkError::ConstructionFailure(_)));
    assert!(error.to_string().starts_with("CreateComponent: not sent: `name` must match "), "{error}");
    let mut causes = std::iter::successors(error.source(), |error| (*error).source());
    let cause = causes.find_map(|cause| cause.downcast_ref::<ValidationError>()).expect("the violations");
    assert_eq!(cause.violations().len(), 2);
    assert_eq!(server.requests().len(), 0);

    assert!(call(config(&server.url()).build()).await.is_ok(), "the service decides where nothing was asked for");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn required_members_are_looked_at_in_any_case_and_all_named() {
    let server = Server::always(Answer::json(200, "{}")).await;
    let client = Client::from_conf(config(&server.url()).build());
    let error = client.create_component().name("c").send().await.expect_err("two are missing");
    let text = error.to_string();
    let expected = "not sent: `manifest` is required and has no value; `templateFile` is required and has no value";
    assert!(text.starts_with("CreateComponent: ") && text.contains(expected), "{text}");
    assert_eq!(server.requests().len(), 0);
}
