//! The server's side of a generated service, without a socket: a request in, a response out.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use smithy_runtime::server::{Protocol, Rejection};
use std::sync::Mutex;
use tests::weather::operation::forecast::{ForecastError, ForecastInput, ForecastOutput};
use tests::weather::server::{Handler, protocol};
use tests::weather::types::error::{NoSuchCity, StationsDown};

/// Knows one city; keeps who asked.
#[derive(Default)]
struct Station {
    callers: Mutex<Vec<String>>,
}

impl Handler for Station {
    type Context = String;

    async fn forecast(&self, context: &String, input: ForecastInput) -> Result<ForecastOutput, ForecastError> {
        self.callers.lock().expect("no panic").push(context.clone());
        match input.city() {
            Some("Oslo") => Ok(ForecastOutput::builder().celsius(-3.5).build()),
            Some("Atlantis") => Err(StationsDown::builder().build().into()),
            Some("Secret") => Err(ForecastError::unhandled("the disk at /secret is full")),
            _ => Err(NoSuchCity::builder().message("no such city").nearest("Oslo").build().into()),
        }
    }
}

const PROTOCOL: Protocol<Station, String> = protocol();

async fn serve(station: &Station, request: Request<&str>) -> Response<Bytes> {
    let (parts, body) = request.into_parts();
    let answer = async {
        let route = PROTOCOL.route(&parts)?;
        PROTOCOL.call(route, station, &"caller".to_owned(), body.as_bytes()).await
    };
    PROTOCOL.response("request-1", answer.await)
}

fn request(body: &str) -> Request<&str> {
    let request = Request::post("/").header("content-type", "application/x-amz-json-1.1");
    request.header("x-amz-target", "Weather.Forecast").body(body).expect("a request")
}

async fn answer(request: Request<&str>) -> (u16, Value) {
    let response = serve(&Station::default(), request).await;
    assert_eq!(response.headers()["x-amzn-requestid"], "request-1");
    assert_eq!(response.headers()["content-type"], "application/x-amz-json-1.1");
    (response.status().as_u16(), serde_json::from_slice(response.body()).expect("JSON"))
}

#[tokio::test]
async fn an_operation_reaches_its_method_with_its_input_and_context() {
    let station = Station::default();
    let response = serve(&station, request(r#"{"city": "Oslo"}"#)).await;
    assert_eq!((response.status().as_u16(), &response.body()[..]), (200, &br#"{"celsius":-3.5}"#[..]));
    assert_eq!(*station.callers.lock().expect("no panic"), ["caller"]);
}

#[tokio::test]
async fn errors_of_the_model_keep_their_members_and_fault() {
    let error = json!({"__type": "example.weather.v20260101#NoSuchCity", "message": "no such city", "nearest": "Oslo"});
    assert_eq!(answer(request(r#"{"city": "Nowhere"}"#)).await, (400, error));
    let error = json!({"__type": "example.weather.v20260101#StationsDown"});
    assert_eq!(answer(request(r#"{"city": "Atlantis"}"#)).await, (500, error));
}

#[tokio::test]
async fn other_failures_show_the_client_nothing_of_their_reason() {
    let (status, error) = answer(request(r#"{"city": "Secret"}"#)).await;
    assert_eq!((status, &error["__type"]), (500, &json!("example.weather.v20260101#StationsDown")));
    assert!(!error.to_string().contains("disk"), "{error}");
    let rejection = PROTOCOL.settle(Rejection::internal("the disk at /secret is full"));
    assert_eq!(rejection.source().map(ToString::to_string).as_deref(), Some("the disk at /secret is full"));
    assert_eq!(rejection.code(), "StationsDown");
}

#[tokio::test]
async fn inputs_that_cannot_be_read_are_named() {
    for (body, status, code, said) in [
        ("{", 400, "SerializationException", "EOF"),
        ("[]", 400, "SerializationException", "sequence"),
        (r#"{"city": 7}"#, 400, "SerializationException", "'city'"),
        (r#"{"city": "Oslo"} x"#, 400, "SerializationException", "trailing"),
        ("{}", 400, "ValidationException", "1 validation error detected: Value null at 'city'"),
        ("null", 400, "ValidationException", "Value null at 'city'"),
        ("", 400, "ValidationException", "Value null at 'city'"),
        (
            r#"{"city": "Oslo", "days": [{"name": "a"}, null]}"#,
            400,
            "ValidationException",
            "Value null at 'days.2.member'",
        ),
        (r#"{"city": "Oslo", "days": [{}]}"#, 400, "ValidationException", "Value null at 'days.1.member.name'"),
        (r#"{"city": "Oslo", "days": [{"name": ""}]}"#, 400, "ValidationException", "1 validation error detected"),
        (r#"{"city": null}"#, 400, "ValidationException", "Value null at 'city'"),
    ] {
        let (found, error) = answer(request(body)).await;
        assert_eq!((found, &error["__type"]), (status, &json!(format!("com.amazon.coral.service#{code}"))), "{body}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(said)), "{body}: {error}");
    }
}

#[tokio::test]
async fn what_nests_too_deep_or_is_wrong_all_over_gets_a_short_answer() {
    let deep = format!("{{\"city\": \"Oslo\", \"days\": [{}{}]}}", "{\"then\":".repeat(200), "}".repeat(200));
    assert_eq!(answer(request(&deep)).await.1["__type"], "com.amazon.coral.service#SerializationException");
    let wrong = format!("{{\"city\": \"Oslo\", \"days\": [{}{{}}]}}", "{},".repeat(10_000));
    let (status, error) = answer(request(&wrong)).await;
    assert!(status == 400 && error.to_string().len() < 4_000, "{error}");
}

#[tokio::test]
async fn members_that_the_model_does_not_name_are_skipped_however_deep() {
    let deep = format!(r#"{{"other": {}{}, "city": "Oslo"}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(answer(request(&deep)).await.0, 200);
}

#[tokio::test]
async fn requests_of_another_protocol_are_refused() {
    let with = |change: fn(&mut http::request::Parts)| {
        let (mut parts, body) = request("{}").into_parts();
        change(&mut parts);
        Request::from_parts(parts, body)
    };
    let target = |value: &'static str| {
        let (mut parts, body) = request("{}").into_parts();
        parts.headers.insert("x-amz-target", http::HeaderValue::from_static(value));
        Request::from_parts(parts, body)
    };
    for (request, status, code) in [
        (with(|parts| parts.method = http::Method::GET), 405, "UnknownOperationException"),
        (with(|parts| parts.uri = http::Uri::from_static("/other")), 404, "UnknownOperationException"),
        (with(|parts| drop(parts.headers.remove("x-amz-target"))), 404, "UnknownOperationException"),
        (target("Weather.Nothing"), 404, "UnknownOperationException"),
        (target("Weather.forecast"), 404, "UnknownOperationException"),
        (target("Weather"), 404, "UnknownOperationException"),
        (target("Other.Forecast"), 404, "UnknownOperationException"),
        (with(|parts| drop(parts.headers.remove("content-type"))), 415, "UnsupportedMediaTypeException"),
        (
            with(|parts| drop(parts.headers.insert("content-encoding", http::HeaderValue::from_static("gzip")))),
            415,
            "UnsupportedMediaTypeException",
        ),
    ] {
        let (found, error) = answer(request).await;
        assert_eq!((found, &error["__type"]), (status, &json!(format!("com.amazon.coral.service#{code}"))));
    }
    let response = serve(&Station::default(), with(|parts| parts.method = http::Method::PUT)).await;
    assert_eq!(response.headers()["allow"], "POST");
}
