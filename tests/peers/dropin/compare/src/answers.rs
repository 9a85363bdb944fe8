//! What the server answers: the same to the same question, so that two runs can be compared.

use crate::Asked;
use serde_json::{Value, json};

/// A response.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: String,
    /// Whether it comes later than anybody waits.
    pub(crate) late: bool,
}

/// The answer to a request that came `count` times.
pub(crate) fn answer(asked: &Asked, count: usize) -> Answer {
    let operation = asked.target.rsplit('.').next().unwrap_or_default();
    let text = |name: &str| asked.body[name].as_str().unwrap_or_default();
    match operation {
        "CreateService" if text("name") == "taken" => error("ConflictException", "it is taken"),
        "CreateService" => ok(json!({ "service": service("shop", "CREATE_IN_PROGRESS") })),
        "GetService" => get_service(text("name"), count),
        "ListServices" => list_services(&asked.body),
        "GetEnvironmentTemplateVersion" | "CreateEnvironmentTemplateVersion" => {
            let status = if count < 2 { "REGISTRATION_IN_PROGRESS" } else { "DRAFT" };
            ok(json!({ "environmentTemplateVersion": {
                "templateName": "vpc", "majorVersion": "1", "minorVersion": "0", "status": status,
                "arn": "arn:v", "createdAt": 1.5, "lastModifiedAt": 2,
            }}))
        }
        "CreateServiceInstance" => ok(json!({ "serviceInstance": null })),
        "ListServiceInstances" => ok(json!({ "serviceInstances": [], "nextToken": null })),
        "ListServiceInstanceOutputs" => match asked.body["nextToken"].as_str() {
            None => ok(json!({ "outputs": [{ "key": "k", "valueString": "v" }], "nextToken": "more" })),
            Some(_) => ok(json!({ "outputs": [], "nextToken": "" })),
        },
        "ListTagsForResource" => ok(json!({ "tags": [{ "key": "k", "value": "v" }] })),
        _ => ok(json!({})),
    }
}

fn get_service(name: &str, count: usize) -> Answer {
    let found = |status: &str| ok(json!({ "service": service(name, status) }));
    match name {
        "missing" => error("ResourceNotFoundException", "no such service"),
        "unmodelled" => error("com.amazonaws.proton#StrangeException:http://internal/", "out of the ordinary"),
        "throttled" if count < 3 => error("ThrottlingException", "slow down"),
        "broken" | "broken-once" => Answer { status: 503, body: "<html>down</html>".to_owned(), ..ok(json!({})) },
        "garbage" => Answer { body: "<html>no JSON</html>".to_owned(), ..ok(json!({})) },
        "hang" => Answer { late: true, ..found("ACTIVE") },
        "teapot" | "teapot-2" if count < 2 => Answer { status: 418, ..error("TeapotException", "short and stout") },
        "empty" => ok(json!({ "service": {} })),
        "odd" => {
            let mut service = service(name, "ASLEEP");
            service["unknown"] = json!({ "deep": [1, { "er": null }] });
            service["description"] = Value::Null;
            service["spec"] = "\u{1F6CD} \" \\ \n".into();
            ok(json!({ "service": service, "more": true }))
        }
        "wait-ok" if count < 3 => found("CREATE_IN_PROGRESS"),
        "wait-fails" if count > 1 => found("CREATE_FAILED"),
        "wait-fails" | "stuck" => found("CREATE_IN_PROGRESS"),
        _ => found("ACTIVE"),
    }
}

fn list_services(body: &Value) -> Answer {
    let page = |names: &[&str], next: Option<&str>| {
        let services: Vec<_> = names.iter().map(|name| summary(name)).collect();
        ok(json!({ "services": services, "nextToken": next }))
    };
    match (body["nextToken"].as_str(), body["maxResults"].as_i64()) {
        (_, Some(7)) => page(&["again"], Some("same")),
        (Some(_), Some(9)) => error("ValidationException", "the token has expired"),
        (None, _) => page(&["one", "two"], Some("p2")),
        (Some("p2"), _) => page(&[], Some("p3")),
        _ => page(&["three"], None),
    }
}

fn summary(name: &str) -> Value {
    json!({
        "name": name, "arn": format!("arn:aws:proton:us-west-2:123456789012:service/{name}"),
        "templateName": "fargate", "createdAt": 1_600_000_000.25, "lastModifiedAt": 1_600_000_001, "status": "ACTIVE",
    })
}

fn service(name: &str, status: &str) -> Value {
    let mut service = summary(name);
    service["status"] = status.into();
    service["statusMessage"] = "as it should be".into();
    service["spec"] = "proton: ServiceSpec".into();
    service["pipeline"] = json!({
        "arn": "arn:p", "templateName": "fargate", "templateMajorVersion": "1", "templateMinorVersion": "0",
        "createdAt": 0, "lastDeploymentAttemptedAt": 1, "lastDeploymentSucceededAt": 1.125,
        "deploymentStatus": "SUCCEEDED",
    });
    service
}

fn ok(body: Value) -> Answer {
    let headers = vec![("content-type", "application/x-amz-json-1.0"), ("x-amzn-requestid", "request-1")];
    Answer { status: 200, headers, body: body.to_string(), late: false }
}

fn error(code: &str, message: &str) -> Answer {
    Answer { status: 400, ..ok(json!({ "__type": code, "message": message })) }
}
