//! Every operation of the model over a real socket: the bytes that go out, the answer and each
//! error that come back.

use serde_json::{Value, json};
use tests::by_name::{Outcome, call, call_without};
use tests::client::{SECRET, client};
use tests::model::{Model, name, target};
use tests::server::{Answer, Server};
use tests::signature;

#[tokio::test]
async fn every_operation_sends_its_input_and_reads_its_answer() {
    let model = Model::load();
    let operations = model.operations();
    assert_eq!(operations.len(), 87);
    for (operation, shape) in operations {
        let input = model.sample(target(&shape["input"]));
        let output = model.sample(target(&shape["output"]));
        let server = Server::always(Answer::json(200, output.to_string())).await;

        let outcome = call(&client(&server.url()), operation, &input).await;

        let requests = server.requests();
        assert_eq!(requests.len(), 1, "{operation}");
        let request = &requests[0];
        assert_eq!(request.line, "POST /", "{operation}");
        assert_eq!(request.json(), input, "{operation}");
        assert_eq!(request.header("content-type"), Some("application/x-amz-json-1.0"), "{operation}");
        assert_eq!(request.header("x-amz-target"), Some(format!("AwsProton20200720.{operation}").as_str()));
        assert_eq!(request.header("amz-sdk-request"), Some("attempt=1; max=1"), "{operation}");
        assert_eq!(request.header("user-agent"), request.header("x-amz-user-agent"), "{operation}");
        let signed = signature::verify(request, SECRET).unwrap_or_else(|error| panic!("{operation}: {error}"));
        assert_eq!(
            signed,
            ["content-length", "content-type", "host", "x-amz-date", "x-amz-target", "x-amz-user-agent"]
        );

        let Outcome::Answer(answer, request_id) = outcome else { panic!("{operation}: {outcome:?}") };
        assert_eq!(answer, output, "{operation}");
        assert_eq!(request_id.as_deref(), Some("req-1"), "{operation}");
    }
}

#[tokio::test]
async fn every_error_of_every_operation_is_told_apart() {
    let model = Model::load();
    for (operation, shape) in model.operations() {
        let input = model.sample(target(&shape["input"]));
        for error in shape["errors"].as_array().expect("errors").iter().map(target) {
            let code = name(error);
            let status = model.shape(error)["traits"]["smithy.api#httpError"].as_u64().expect("a status");
            let server = Server::always(Answer::error(status as u16, code, "because")).await;
            let outcome = call(&client(&server.url()), operation, &input).await;
            let Outcome::Refused { code: got, message, request_id, modelled, display } = outcome else {
                panic!("{operation} {code}: {outcome:?}");
            };
            assert_eq!((got.as_deref(), message.as_deref()), (Some(code), Some("because")), "{operation}");
            assert_eq!(request_id.as_deref(), Some("req-1"), "{operation} {code}");
            assert!(modelled, "{operation} {code}");
            assert_eq!(display, format!("{operation}: {code}: because (request id req-1, HTTP {status}, 1 attempt)"));
            assert_eq!(server.requests().len(), 1, "{operation} {code}");
        }
    }
}

#[tokio::test]
async fn every_required_member_is_asked_for_before_anything_is_sent() {
    let model = Model::load();
    let server = Server::always(Answer::json(200, "{}")).await;
    let client = client(&server.url());
    for (operation, shape) in model.operations() {
        let id = target(&shape["input"]);
        for (member, definition) in model.shape(id)["members"].as_object().expect("members") {
            if definition["traits"].get("smithy.api#required").is_none() {
                continue;
            }
            let outcome = call_without(&client, operation, &model.sample(id), member).await;
            let Outcome::Failed(message) = outcome else { panic!("{operation} {member}: {outcome:?}") };
            assert!(message.contains(operation) && message.contains(member), "{operation} {member}: {message}");
        }
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_client_token_is_made_up_where_none_is_given() {
    let model = Model::load();
    let mut count = 0;
    for (operation, shape) in model.operations() {
        let id = target(&shape["input"]);
        let members = model.shape(id)["members"].clone();
        let members = members.as_object().expect("members");
        let token = members.iter().find(|(_, member)| member["traits"].get("smithy.api#idempotencyToken").is_some());
        let Some((token, _)) = token else { continue };
        count += 1;
        let mut input = model.sample(id);
        input.as_object_mut().expect("an object").remove(token);
        let output = model.sample(target(&shape["output"]));
        let server = Server::always(Answer::json(200, output.to_string())).await;
        let client = client(&server.url());
        call(&client, operation, &input).await;
        call(&client, operation, &input).await;
        let tokens: Vec<Value> = server.requests().iter().map(|request| request.json()[token].clone()).collect();
        assert_ne!(tokens[0], tokens[1], "{operation}");
        let uuid = tokens[0].as_str().expect("text");
        assert_eq!((uuid.len(), uuid.as_bytes()[14]), (36, b'4'), "{operation}: {uuid}");
        let mut sent = server.requests()[0].json();
        sent.as_object_mut().expect("an object").remove(token);
        assert_eq!(sent, input, "{operation}");
    }
    assert_eq!(count, 7);
}

#[tokio::test]
async fn an_operation_without_members_sends_an_empty_object() {
    let server = Server::always(Answer::json(200, r#"{"accountSettings":{}}"#)).await;
    let outcome = call(&client(&server.url()), "GetAccountSettings", &json!({})).await;
    assert_eq!(server.requests()[0].body, b"{}");
    assert!(matches!(outcome, Outcome::Answer(..)), "{outcome:?}");
}
