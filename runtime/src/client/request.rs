//! The HTTP request of a call, before it is signed. It is the same for all attempts.

use super::failure::Failure;
use super::handle::Inner;
use super::target::Target;
use crate::codec;
use crate::config::Environment;
use crate::operation::Metadata;
use crate::value::Structure;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};

const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const X_AMZ_USER_AGENT: HeaderName = HeaderName::from_static("x-amz-user-agent");
const X_AMZN_QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
const X_AMZN_TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");
/// A smaller body is not worth compressing.
#[cfg(feature = "gzip")]
const MIN_COMPRESSION_SIZE: usize = 10_240;

/// Writes the input and puts the headers in their order.
pub(super) fn build(
    inner: &Inner,
    metadata: &Metadata,
    input: &dyn Structure,
    target: &Target,
    features: &[&'static str],
) -> Result<Request<Bytes>, Failure> {
    let body = codec::encode(input).map_err(|error| Failure::Construction(error.into()))?;
    let (body, compressed) = compress(metadata, body)?;

    let mut headers = HeaderMap::with_capacity(16);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(inner.service.content_type));
    headers.insert(X_AMZ_TARGET, text([inner.service.target_prefix, ".", metadata.name].concat())?);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    let user_agent = inner.user_agent.with_features(features);
    headers.insert(USER_AGENT, user_agent.clone());
    headers.insert(X_AMZ_USER_AGENT, user_agent);
    if inner.service.query_compatible {
        headers.insert(X_AMZN_QUERY_MODE, HeaderValue::from_static("true"));
    }
    if compressed {
        headers.insert(http::header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    for (name, value) in &target.headers {
        headers.append(name, value.clone());
    }
    if inner.lambda
        && let Some(trace) = lambda_trace(&inner.config.environment)
    {
        headers.insert(X_AMZN_TRACE_ID, trace);
    }

    let mut request = Request::new(Bytes::from(body));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = target.uri.clone();
    *request.headers_mut() = headers;
    Ok(request)
}

fn text(value: String) -> Result<HeaderValue, Failure> {
    HeaderValue::try_from(value).map_err(|error| Failure::Construction(error.into()))
}

/// The trace id that Lambda gives each invocation; what a header cannot hold is percent-encoded.
fn lambda_trace(environment: &Environment) -> Option<HeaderValue> {
    let trace = environment.variable("_X_AMZN_TRACE_ID").ok()??;
    let mut text = String::with_capacity(trace.len());
    for byte in trace.bytes() {
        match byte {
            b' '..=b'~' => text.push(byte as char),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    HeaderValue::try_from(text).ok()
}

#[cfg(feature = "gzip")]
fn compress(metadata: &Metadata, body: Vec<u8>) -> Result<(Vec<u8>, bool), Failure> {
    use std::io::Write;
    if !metadata.gzip || body.len() < MIN_COMPRESSION_SIZE {
        return Ok((body, false));
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let written = encoder.write_all(&body).and_then(|()| encoder.finish());
    written.map(|body| (body, true)).map_err(|error| Failure::Construction(error.into()))
}

#[cfg(not(feature = "gzip"))]
fn compress(_: &Metadata, body: Vec<u8>) -> Result<(Vec<u8>, bool), Failure> {
    Ok((body, false))
}
