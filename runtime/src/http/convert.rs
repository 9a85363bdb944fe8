//! Between the `http` crate's messages, which the engine works on, and those that interceptors and HTTP clients see.

use crate::error::{BoxError, ConnectorError};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::{Request, Response};

/// For an interceptor or the program's HTTP client.
pub(crate) fn to_shared_request(request: Request<Bytes>) -> Result<HttpRequest, ConnectorError> {
    request.map(SdkBody::from).try_into().map_err(|error| user("the request has a header that is not text", error))
}

/// From an interceptor. A body that is not in memory cannot be signed.
pub(crate) fn from_shared_request(request: HttpRequest) -> Result<Request<Bytes>, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| user("an interceptor made the request invalid", error))?;
    let (parts, body) = request.into_parts();
    match body.bytes() {
        Some(bytes) => Ok(Request::from_parts(parts, Bytes::copy_from_slice(bytes))),
        None => Err(ConnectorError::user("an interceptor set a body that is not in memory".into())),
    }
}

/// From an interceptor or the program's HTTP client; the body is left out unless it is in memory.
pub(crate) fn from_shared_response(response: HttpResponse) -> Result<Response<Bytes>, ConnectorError> {
    let response = response.try_into_http1x().map_err(|error| user("the response has an invalid header", error))?;
    Ok(response.map(|body| body.bytes().map(Bytes::copy_from_slice).unwrap_or_default()))
}

/// What an interceptor made of a response. Headers that are not valid are left out.
pub(crate) fn read_shared_response(shared: &HttpResponse) -> Response<Bytes> {
    let mut response = Response::new(shared.body().bytes().map(Bytes::copy_from_slice).unwrap_or_default());
    if let Ok(status) = http::StatusCode::from_u16(shared.status().as_u16()) {
        *response.status_mut() = status;
    }
    for (name, value) in shared.headers() {
        if let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), http::HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// For an interceptor or an error. Headers that are not text are left out.
pub(crate) fn to_shared_response(mut response: Response<Bytes>) -> Box<HttpResponse> {
    let invalid = |value: &http::HeaderValue| std::str::from_utf8(value.as_bytes()).is_err();
    if response.headers().values().any(invalid) {
        let headers = std::mem::take(response.headers_mut());
        let mut name = None;
        for (next, value) in headers {
            name = next.or(name);
            if let (Some(name), false) = (&name, invalid(&value)) {
                response.headers_mut().append(name, value);
            }
        }
    }
    let status = StatusCode::try_from(response.status().as_u16());
    let body = response.body().clone();
    Box::new(response.map(SdkBody::from).try_into().unwrap_or_else(|_| {
        // Out of reach: the headers are text by now.
        HttpResponse::new(status.unwrap_or_else(|_| StatusCode::from(http::StatusCode::OK)), SdkBody::from(body))
    }))
}

fn user(what: &str, error: impl Into<BoxError>) -> ConnectorError {
    ConnectorError::user(format!("{what}: {}", error.into()).into())
}
