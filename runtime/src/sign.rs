//! Signatures of version 4 on requests.

use crate::error::BoxError;
use aws_sigv4::http_request::{PercentEncodingMode, SignableBody, SignableRequest, SigningParams, SigningSettings};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request};
use std::time::SystemTime;

/// For whom, where and when a request is signed.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) identity: &'a Identity,
    pub(crate) name: &'a str,
    pub(crate) region: &'a str,
    pub(crate) time: SystemTime,
    /// Whether path segments are encoded once, not twice.
    pub(crate) single_encoding: bool,
}

/// Adds `x-amz-date`, `authorization` and, for temporary credentials, `x-amz-security-token`.
pub(crate) fn sign(request: &mut Request<Bytes>, scope: &Scope<'_>) -> Result<(), BoxError> {
    let mut settings = SigningSettings::default();
    if scope.single_encoding {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
    }
    let params: SigningParams<'_> = v4::SigningParams::builder()
        .identity(scope.identity)
        .region(scope.region)
        .name(scope.name)
        .time(scope.time)
        .settings(settings)
        .build()?
        .into();
    let headers = request.headers().iter().map(|(name, value)| Ok((name.as_str(), std::str::from_utf8(value.as_bytes())?)));
    let headers = headers.collect::<Result<Vec<_>, std::str::Utf8Error>>()?;
    let signable = SignableRequest::new(
        request.method().as_str(),
        request.uri().to_string(),
        headers.into_iter(),
        SignableBody::Bytes(request.body()),
    )?;
    let (instructions, _) = aws_sigv4::http_request::sign(signable, &params)?.into_parts();
    for header in instructions.into_parts().0 {
        let mut value = HeaderValue::try_from(header.value())?;
        value.set_sensitive(header.sensitive() || header.name() == "authorization");
        request.headers_mut().insert(HeaderName::from_static(header.name()), value);
    }
    Ok(())
}
