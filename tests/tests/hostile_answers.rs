//! Answers that no honest service sends, and those that only a newer one does.

use proton_sdk::types::{DeploymentState, DeploymentStatus};
use serde_json::json;
use std::fmt::Write;
use tests::by_name::{Outcome, call};
use tests::client::client;
use tests::server::{Answer, Server};

async fn get_service(body: impl Into<Vec<u8>>) -> Outcome {
    let server = Server::always(Answer::json(200, body)).await;
    call(&client(&server.url()), "GetService", &json!({"name": "a"})).await
}

async fn failure(body: impl Into<Vec<u8>>) -> String {
    match get_service(body).await {
        Outcome::Failed(message) => message,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn unknown_members_and_nulls_are_passed_over() {
    let answer =
        get_service(r#"{"new": [{"a": 1}], "service": {"name": "a", "pipeline": null, "newer": 1e400}}"#).await;
    // A number that no double holds is not valid JSON to a reader that must read it, but nobody reads this one.
    let Outcome::Answer(answer, _) = answer else { panic!("{answer:?}") };
    assert_eq!(answer["service"]["name"], "a");
    assert!(answer["service"].get("pipeline").is_none());
}

#[tokio::test]
async fn missing_required_members_take_their_empty_values() {
    let server = Server::always(Answer::json(200, "{}")).await;
    let client = client(&server.url());
    let output =
        client.create_service().name("a").spec("s").template_name("t").template_major_version("1").send().await;
    let service = output.expect("an answer").service.expect("a required member");
    assert_eq!((service.name(), service.created_at().secs(), service.status().as_str()), ("", 0, "no value was set"));
}

#[tokio::test]
async fn values_of_a_newer_service_are_kept() {
    let body = json!({"deployment": {
        "deploymentStatus": "PAUSED",
        "targetState": {"database": {"engine": "x"}},
    }});
    let server = Server::always(Answer::json(200, body.to_string())).await;
    let output = client(&server.url()).get_deployment().id("i").send().await.expect("an answer");
    let deployment = output.deployment().expect("a deployment");
    assert_eq!(deployment.deployment_status(), &DeploymentStatus::from("PAUSED"));
    let Some(DeploymentState::Unknown(state)) = deployment.target_state() else { panic!("a known state") };
    assert_eq!((state.name(), state.json()), ("database", r#"{"engine":"x"}"#));
    // Nothing but JSON says what a name may be.
    let nameless = r#"{"deployment":{"targetState":{"":[1]}}}"#;
    let server = Server::always(Answer::json(200, nameless)).await;
    let output = client(&server.url()).get_deployment().id("i").send().await.expect("an answer");
    let written = serde_json::to_value(output.deployment()).expect("it can be written");
    assert_eq!(written["targetState"], json!({"": [1]}));
    let digits = r#"{"deployment":{"targetState":{"large":177777777777777777777777777777777777777}}}"#;
    let server = Server::always(Answer::json(200, digits)).await;
    let output = client(&server.url()).get_deployment().id("i").send().await.expect("an answer");
    let Some(DeploymentState::Unknown(state)) = output.deployment().and_then(|it| it.target_state()) else { panic!() };
    assert_eq!(state.json(), "177777777777777777777777777777777777777");
}

#[tokio::test]
async fn a_union_with_two_members_is_refused() {
    let body = json!({"deployment": {"targetState": {"environment": {}, "component": {}}}});
    let server = Server::always(Answer::json(200, body.to_string())).await;
    let error = client(&server.url()).get_deployment().id("i").send().await.expect_err("an error");
    let message = error.to_string();
    assert!(message.contains("deployment.targetState") && message.contains("one member"), "{message}");
}

#[tokio::test]
async fn what_is_not_json_is_refused_with_its_place() {
    for (body, says) in [
        (r#"{"service": {"name": 3}}"#.as_bytes().to_vec(), "service.name"),
        (br#"{"service": {}} {}"#.to_vec(), "trailing"),
        (b"{\"service\": {\"name\": \"\xff\"}}".to_vec(), "UTF-8"),
        (br#"{"service": {"name": "\ud800"}}"#.to_vec(), "service.name"),
        (br#"{"service": {"createdAt": "yesterday"}}"#.to_vec(), "service.createdAt"),
        (br#"{"service": {"createdAt": 1e300}}"#.to_vec(), "service.createdAt"),
        (b"<html>".to_vec(), "not valid"),
        (b"[]".to_vec(), "not valid"),
    ] {
        let message = failure(body.clone()).await;
        assert!(message.contains("GetService") && message.contains(says), "{}: {message}", body.escape_ascii());
        assert!(message.contains("req-1"), "{message}");
    }
}

#[tokio::test]
async fn a_sensitive_value_of_the_wrong_type_is_not_shown() {
    let server = Server::always(Answer::json(200, r#"{"outputs": [{"key": "a"}, "hunter2"]}"#)).await;
    let call = client(&server.url()).list_service_instance_outputs().service_name("a").service_instance_name("b");
    let error = call.send().await.expect_err("not a structure");
    let (message, debug) = (error.to_string(), format!("{error:?}"));
    assert!(message.contains("`outputs[1]`: invalid type: a sensitive value, expected a JSON object"), "{message}");
    assert!(!message.contains("hunter2") && !debug.contains("hunter2"), "{message} {debug}");
}

#[tokio::test]
async fn nesting_without_end_overflows_nothing() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let message = failure(format!(r#"{{"service": {{}}, "new": {open}"#)).await;
    assert!(message.contains("EOF"), "{message}");
    // Closed again, it is a member of a newer service like any other.
    let outcome = get_service(format!(r#"{{"service": {{"name": "a"}}, "new": {open}{close}}}"#)).await;
    assert!(matches!(outcome, Outcome::Answer(..)), "{outcome:?}");
    // That of an unknown union member is kept to the letter.
    let deep = format!(r#"{{"deployment": {{"targetState": {{"new": {open}{close}}}}}}}"#);
    let server = Server::always(Answer::json(200, deep)).await;
    let output = client(&server.url()).get_deployment().id("i").send().await.expect("an answer");
    let Some(DeploymentState::Unknown(state)) = output.deployment().and_then(|it| it.target_state()) else { panic!() };
    assert_eq!(state.json().len(), 200_000);
    let _ = (format!("{output:?}"), output.clone());
}

#[tokio::test]
async fn ten_megabytes_are_read_whole() {
    let mut body = String::from(r#"{"services": ["#);
    let item = json!({"name": "a".repeat(100), "arn": "b", "templateName": "t", "status": "ACTIVE"}).to_string();
    let count = 10_000_000 / item.len();
    for index in 0..count {
        let _ = write!(body, "{}{item}", if index == 0 { "" } else { "," });
    }
    body += "]}";
    assert!(body.len() >= 10_000_000);
    let server = Server::always(Answer::json(200, body)).await;
    let output = client(&server.url()).list_services().send().await.expect("an answer");
    assert_eq!(output.services().len(), count);
}

#[tokio::test]
async fn an_answer_without_a_body_is_an_empty_one() {
    let outcome = get_service("").await;
    let Outcome::Answer(answer, _) = outcome else { panic!("{outcome:?}") };
    assert_eq!(answer, json!({}));
}
