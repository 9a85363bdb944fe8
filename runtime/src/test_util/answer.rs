//! What comes back instead of a service's answer.

use crate::codec;
use crate::config::HttpResponse;
use crate::config::http::HttpConnectorFuture;
use crate::config::retry::ErrorKind;
use crate::error::{BoxError, ConnectorError};
use crate::operation::{Operation, Service, ServiceError};
use crate::value::Structure;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};
use serde_json::{Map, Value};
use std::io::ErrorKind as IoKind;
use std::pin::Pin;
use std::task::{Context, Poll};

/// An answer, or the fault in place of one.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// A whole response.
    Http { status: u16, body: Bytes },
    /// Nobody listens.
    Refused,
    /// Nothing comes back in time.
    TimedOut,
    /// The response ends in the middle of its body.
    BrokenOff,
}

impl Answer {
    /// The response that carries an output.
    pub(super) fn output(output: &dyn Structure) -> Result<Self, BoxError> {
        Ok(Self::Http { status: 200, body: codec::encode(output)?.into() })
    }

    /// The response that carries an error, with the status that fits its kind.
    pub(super) fn error<O: Operation>(error: O::Error) -> Result<Self, BoxError> {
        let (code, body) = error_body(error)?;
        let status = status_of(O::METADATA.service, code.as_deref());
        Ok(Self::Http { status, body: Value::Object(body).to_string().into() })
    }

    /// What the HTTP client makes of it; nothing, ever, of an answer that does not come.
    pub(super) fn into_future(self, headers: &[(String, String)]) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(match self {
            Self::Http { status, body } => response(status, SdkBody::from(body), headers),
            Self::BrokenOff => response(200, SdkBody::from_body_1_x(HalfBody { sent: false }), headers),
            Self::Refused => {
                let refused = std::io::Error::new(IoKind::ConnectionRefused, "connection refused (by the mock)");
                Err(ConnectorError::io(refused.into()).never_connected())
            }
            Self::TimedOut => return HttpConnectorFuture::new(std::future::pending()),
        })
    }
}

fn response(status: u16, body: SdkBody, headers: &[(String, String)]) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::user(error.into()))?;
    let mut response = HttpResponse::new(status, body);
    for (name, value) in headers {
        let inserted = response.headers_mut().try_insert(name.clone(), value.clone());
        inserted.map_err(|error| ConnectorError::user(format!("the header {name}: {error}").into()))?;
    }
    Ok(response)
}

fn error_body(mut error: impl ServiceError) -> Result<(Option<String>, Map<String, Value>), BoxError> {
    let meta = error.meta().clone();
    let mut code = meta.code().map(str::to_owned);
    let mut body = Map::new();
    if let Some(structure) = error.structure_mut() {
        code = Some(structure.shape().name().to_owned());
        body = serde_json::from_slice(&codec::encode(structure)?)?;
    }
    if let Some(code) = &code {
        body.insert("__type".to_owned(), code.as_str().into());
    }
    let said = |message: &Value| message.as_str().is_some_and(|text| !text.is_empty());
    if let Some(message) = meta.message().filter(|_| !body.get("message").is_some_and(said)) {
        body.insert("message".to_owned(), message.into());
    }
    Ok((code, body))
}

fn status_of(service: &Service, code: Option<&str>) -> u16 {
    let shape = service.errors.iter().find(|error| Some(error.shape.name()) == code);
    match shape.and_then(|error| error.retry) {
        Some(ErrorKind::ThrottlingError) => 429,
        Some(ErrorKind::ServerError) => 500,
        _ => 400,
    }
}

/// The beginning of a body, then an error.
struct HalfBody {
    sent: bool,
}

impl Body for HalfBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(Some(if std::mem::replace(&mut self.sent, true) {
            Err(std::io::Error::new(IoKind::UnexpectedEof, "the connection was closed (by the mock)").into())
        } else {
            Ok(Frame::data(Bytes::from_static(b"{")))
        }))
    }
}
