//! From requests to operations, and from their results to responses.

use super::rejection::Status;
use super::{Rejection, Route};
use crate::operation::Service;
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_ENCODING, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use std::fmt::{Debug, Formatter};

/// The namespace of errors that no model names, as AWS's own servers write it.
const FRAMEWORK: &str = "com.amazon.coral.service";

/// How one service is spoken to, answered by handlers of type `H`. `C` is what a request carries beside its input.
pub struct Protocol<H: 'static, C: 'static> {
    service: &'static Service,
    error_namespace: &'static str,
    server_faults: &'static [&'static str],
    routes: &'static [Route<H, C>],
}

impl<H, C> Protocol<H, C> {
    /// What generated code says of its service: what stands before `#` in the `__type` of its errors, those errors
    /// that are the server's fault, and a route for each operation, sorted by name.
    pub const fn new(
        service: &'static Service,
        error_namespace: &'static str,
        server_faults: &'static [&'static str],
        routes: &'static [Route<H, C>],
    ) -> Self {
        Self { service, error_namespace, server_faults, routes }
    }

    /// The name under which requests to the service are signed.
    pub const fn signing_name(&self) -> &'static str {
        self.service.signing_name
    }

    /// Every operation, sorted by name.
    pub const fn routes(&self) -> &'static [Route<H, C>] {
        self.routes
    }

    /// The operation that a request is for, by all but its body.
    ///
    /// # Errors
    /// Another method, path, target or content type than the protocol's.
    pub fn route(&self, request: &Parts) -> Result<&'static Route<H, C>, Rejection> {
        let unknown = |status, message: &str| Rejection::new(status, "UnknownOperationException", message);
        if request.method != Method::POST {
            return Err(unknown(StatusCode::METHOD_NOT_ALLOWED, "Requests are sent with POST."));
        }
        if request.uri.path() != "/" {
            return Err(unknown(StatusCode::NOT_FOUND, "Requests are sent to the path `/`."));
        }
        let target = text(&request.headers, "x-amz-target");
        let operation = target.and_then(|target| target.strip_prefix(self.service.target_prefix)?.strip_prefix('.'));
        let found = operation.and_then(|name| self.routes.binary_search_by(|route| route.name().cmp(name)).ok());
        let Some(index) = found else {
            let prefix = self.service.target_prefix;
            let message = format!("X-Amz-Target names no operation; it is `{prefix}.` and an operation's name.");
            return Err(unknown(StatusCode::NOT_FOUND, &message));
        };
        check_media_type(self.service.content_type, &request.headers)?;
        Ok(&self.routes[index])
    }

    /// Reads the input, lets the handler answer, and writes the output.
    ///
    /// # Errors
    /// An input that cannot be read or that the model does not admit, and the handler's own errors.
    pub async fn call(&self, route: &Route<H, C>, handler: &H, context: &C, body: &[u8]) -> Result<Vec<u8>, Rejection> {
        (route.call)(handler, context, body).await.map_err(|rejection| self.settle(rejection))
    }

    /// Names a failure of the server as the model does, and gives errors of the model their status.
    pub fn settle(&self, mut rejection: Rejection) -> Rejection {
        let status = match rejection.status {
            Status::Fixed(status) => status,
            Status::Modelled if !self.server_faults.contains(&&*rejection.code) => StatusCode::BAD_REQUEST,
            Status::Modelled => StatusCode::INTERNAL_SERVER_ERROR,
            Status::Internal => {
                if let Some(name) = self.server_faults.first() {
                    rejection.code = (*name).into();
                }
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        rejection.status = Status::Fixed(status);
        rejection
    }

    /// The response for a result.
    pub fn response(&self, request_id: &str, result: Result<Vec<u8>, Rejection>) -> Response<Bytes> {
        let (status, body) = match result {
            Ok(body) => (StatusCode::OK, body),
            Err(rejection) => self.error(self.settle(rejection)),
        };
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.service.content_type));
        if let Ok(id) = HeaderValue::from_str(request_id) {
            headers.insert("x-amzn-requestid", id);
        }
        if status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }

    fn error(&self, rejection: Rejection) -> (StatusCode, Vec<u8>) {
        let Status::Fixed(status) = rejection.status else {
            return (StatusCode::INTERNAL_SERVER_ERROR, b"{}".to_vec());
        };
        let modelled = self.service.errors.iter().any(|error| error.shape.name() == rejection.code);
        let namespace = if modelled { self.error_namespace } else { FRAMEWORK };
        let mut body = format!("{{\"__type\":\"{namespace}#{}\"", rejection.code).into_bytes();
        let members = rejection.members.strip_prefix(b"{").unwrap_or(b"}");
        if members != b"}" {
            body.push(b',');
        }
        body.extend_from_slice(members);
        (status, body)
    }
}

impl<H, C> Debug for Protocol<H, C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Protocol").field("service", &self.service.id).finish_non_exhaustive()
    }
}

fn check_media_type(expected: &str, headers: &HeaderMap) -> Result<(), Rejection> {
    let unsupported =
        |message: &str| Rejection::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaTypeException", message);
    let media_type = text(headers, CONTENT_TYPE.as_str()).and_then(|value| value.split(';').next()).map(str::trim);
    if !media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case(expected)) {
        return Err(unsupported(&format!("The content type of requests is `{expected}`.")));
    }
    match text(headers, CONTENT_ENCODING.as_str()) {
        None | Some("identity") => Ok(()),
        Some(_) => Err(unsupported("Requests are sent without a content encoding.")),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
