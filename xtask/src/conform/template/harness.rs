//! What the tests of all suites share: a client that talks to no one, and the comparisons.

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use serde_json::Value;
use smithy_runtime::config::retry::RetryConfig;
use smithy_runtime::config::{BehaviorVersion, Config, Credentials, Region};
use smithy_runtime::error::{ProvideErrorMetadata, SdkError};
use std::fmt::Debug;
use std::io::Read;
use std::sync::{Arc, Mutex};

/// The request that was sent.
pub type Seen = Arc<Mutex<Option<HttpRequest>>>;

#[derive(Clone, Debug)]
struct Mock {
    seen: Seen,
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl HttpConnector for Mock {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        *self.seen.lock().unwrap() = Some(request);
        let status = self.status.try_into().expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from(self.body.clone()));
        for (name, value) in &self.headers {
            response.headers_mut().append(name.clone(), value.clone());
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

fn config(endpoint: &str, mock: Mock) -> Config {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "conform"))
        .retry_config(RetryConfig::disabled())
        .idempotency_token_provider("00000000-0000-4000-8000-000000000000")
        .http_client(http_client_fn(move |_, _| SharedHttpConnector::new(mock.clone())))
        .build()
}

/// A client's configuration that keeps the request and answers `{}`.
pub fn record(endpoint: Option<&str>) -> (Config, Seen) {
    let seen = Seen::default();
    let mock = Mock { seen: seen.clone(), status: 200, headers: Vec::new(), body: "{}".to_owned() };
    (config(endpoint.unwrap_or("https://example.com"), mock), seen)
}

/// A client's configuration that answers every request like this.
pub fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Config {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    config("https://example.com", Mock { seen: Seen::default(), status, headers, body: body.to_owned() })
}

/// Reads an input out of its wire form.
pub fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("the input {json} cannot be read: {error}"))
}

/// What a request has to be.
pub struct Request<'a> {
    pub method: Option<&'a str>,
    pub path: Option<&'a str>,
    pub host: Option<&'a str>,
    pub body: Option<&'a str>,
    pub headers: &'a [(&'a str, &'a str)],
    pub required: &'a [&'a str],
    pub forbidden: &'a [&'a str],
    /// The input in its wire form, which a compressed body has to hold.
    pub input: &'a str,
}

impl Request<'_> {
    /// Compares the request that was sent.
    pub fn check(&self, seen: &Seen, outcome: &impl Debug) {
        let seen = seen.lock().unwrap();
        let request = seen.as_ref().unwrap_or_else(|| panic!("nothing was sent: {outcome:?}"));
        let uri = request.uri();
        let after_scheme = uri.split_once("://").map_or(uri, |(_, rest)| rest);
        let (host, path) = after_scheme.split_at(after_scheme.find('/').unwrap_or(after_scheme.len()));
        if let Some(method) = self.method {
            assert_eq!(request.method(), method, "method");
        }
        if let Some(expected) = self.path {
            assert_eq!(if path.is_empty() { "/" } else { path }, expected, "path of {uri}");
        }
        if let Some(expected) = self.host {
            assert_eq!(host, expected.split('/').next().unwrap_or_default(), "host of {uri}");
        }
        let headers = request.headers();
        for (name, value) in self.headers {
            assert_eq!(headers.get(*name), Some(*value), "header {name}");
        }
        for name in self.required {
            assert!(headers.get(*name).is_some(), "header {name} is missing");
        }
        for name in self.forbidden {
            assert!(headers.get(*name).is_none(), "header {name} is there");
        }
        let body = request.body().bytes().expect("a body in memory");
        if headers.get("content-encoding") == Some("gzip") {
            let mut plain = String::new();
            flate2::read::GzDecoder::new(body).read_to_string(&mut plain).expect("a body compressed with gzip");
            same(&read::<Value>(&plain), &read(self.input));
        }
        match self.body {
            None => {}
            Some("") => assert!(body.is_empty(), "the body is not empty"),
            Some(expected) => same(&read::<Value>(std::str::from_utf8(body).expect("text")), &read(expected)),
        }
    }
}

/// The output of a call that has to succeed.
pub fn output<O, E: Debug>(outcome: Result<O, SdkError<E>>) -> O {
    outcome.unwrap_or_else(|error| panic!("the call failed: {error:?}"))
}

/// The service's error out of a call that has to fail.
pub fn error<O: Debug, E: smithy_runtime::operation::ServiceError>(outcome: Result<O, SdkError<E>>) -> E {
    match outcome {
        Err(SdkError::ServiceError(error)) => error.into_err(),
        other => panic!("no error of the service: {other:?}"),
    }
}

/// Compares code and message.
pub fn metadata(error: &impl ProvideErrorMetadata, code: &str, message: Option<&str>) {
    assert_eq!(error.code(), Some(code), "code");
    if message.is_some() {
        assert_eq!(error.message(), message, "message");
    }
}

/// Compares a value in its wire form.
pub fn equal(value: &impl serde::Serialize, expected: &str) {
    // Through text, which has 1.1 for 32 bits where a `Value` would have 1.10000002.
    same(&read(&serde_json::to_string(value).expect("a value with a wire form")), &read(expected));
}

fn same(found: &Value, expected: &Value) {
    assert!(alike(found, expected), "\n   found: {found}\nexpected: {expected}");
}

/// Whether two values mean the same: `1` is `1.0`.
fn alike(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(one, other)| alike(one, other))
        }
        (Value::Object(found), Value::Object(expected)) => {
            found.len() == expected.len()
                && found.iter().all(|(key, one)| expected.get(key).is_some_and(|other| alike(one, other)))
        }
        (Value::Number(found), Value::Number(expected)) if found.is_f64() || expected.is_f64() => {
            found.as_f64() == expected.as_f64()
        }
        _ => found == expected,
    }
}
