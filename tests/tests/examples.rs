//! The examples of the SDK and of the README, run as a reader would run them.

use serde_json::json;
use std::process::Command;
use tests::client::SECRET;
use tests::server::{Answer, Request, Server};
use tests::signature;

/// Runs an example against the server, with signing keys in the environment.
async fn run(example: &str, server: &Server) -> String {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["run", "--quiet", "--package", "proton-sdk", "--features", "test-util", "--example", example])
        .env("PROTON_ENDPOINT", server.url())
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", SECRET);
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("cargo runs");
    assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn service(name: &str, status: &str) -> serde_json::Value {
    json!({
        "name": name, "arn": format!("arn:aws:proton:us-east-1:123456789012:service/{name}"), "status": status,
        "statusMessage": "no capacity", "templateName": "fargate", "createdAt": 1, "lastModifiedAt": 2, "spec": "s",
    })
}

fn answer(request: &Request, index: usize) -> Answer {
    if let Err(error) = signature::verify(request, SECRET) {
        return Answer::error(403, "AccessDeniedException", &error);
    }
    let body = match (request.operation(), index) {
        ("ListServices", 0) => json!({"services": [service("orders", "ACTIVE")], "nextToken": "YQ=="}),
        ("ListServices", _) => json!({"services": [service("billing", "CREATE_FAILED")]}),
        ("CreateService", _) => json!({"service": service("orders", "CREATE_IN_PROGRESS")}),
        ("GetService", 1) => json!({"service": service("orders", "CREATE_IN_PROGRESS")}),
        ("GetService", _) => json!({"service": service("orders", "CREATE_FAILED")}),
        ("ListServiceTemplates", _) => json!({"templates": []}),
        ("GetResourcesSummary", _) => json!({"counts": {"services": {"total": 7}}}),
        _ => return Answer::error(404, "ResourceNotFoundException", "not here"),
    };
    Answer::json(200, body.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn list_services_prints_all_pages() {
    let server = Server::start(answer).await;
    let out = run("list_services", &server).await;
    assert!(out.contains("orders") && out.contains("billing"), "{out}");
    assert_eq!(server.requests().len(), 2);
    assert_eq!(server.requests()[1].json(), json!({"maxResults": 50, "nextToken": "YQ=="}));
}

#[tokio::test(flavor = "multi_thread")]
async fn create_and_wait_tells_why_it_failed() {
    let server = Server::start(answer).await;
    let out = run("create_and_wait", &server).await;
    assert!(out.contains("orders failed:") && out.contains("CREATE_FAILED") && out.contains("no capacity"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn handle_errors_tells_them_apart() {
    let server = Server::start(|_, _| Answer::error(404, "ResourceNotFoundException", "no such service")).await;
    let out = run("handle_errors", &server).await;
    assert!(out.contains("GetService: ResourceNotFoundException: no such service"), "{out}");
    assert!(out.contains("(request req-1)"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn override_config_reaches_one_copy_and_one_call() {
    let server = Server::start(answer).await;
    let out = run("override_config", &server).await;
    assert!(out.contains("0 service templates") && out.contains("7 services"), "{out}");
    let requests = server.requests();
    let scope = |index: usize| requests[index].header("authorization").map(|it| it.contains("/eu-west-1/"));
    assert_eq!((scope(0), scope(1)), (Some(true), Some(false)));
    assert_eq!(requests[1].header("x-team"), Some("shop"));
}

#[tokio::test(flavor = "multi_thread")]
async fn mocked_test_needs_no_server() {
    let server = Server::start(answer).await;
    let out = run("mocked_test", &server).await;
    assert_eq!(out.trim(), "1 of two services are active");
    assert!(server.requests().is_empty());
}
