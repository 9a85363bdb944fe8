//! Signatures of version 4 on requests.

use crate::error::BoxError;
use aws_sigv4::http_request::{PercentEncodingMode, SignableBody, SignableRequest, SigningParams, SigningSettings};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue, Request, Uri};
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
    // The signer leaves the user agent out, and would copy it first.
    let headers = request.headers().iter().filter(|(name, _)| *name != USER_AGENT);
    let headers = headers.map(|(name, value)| Ok((name.as_str(), std::str::from_utf8(value.as_bytes())?)));
    let headers = headers.collect::<Result<Vec<_>, std::str::Utf8Error>>()?;
    let signable = SignableRequest::new(
        request.method().as_str(),
        text(request.uri()),
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

/// As its `Display`, for a tenth of the time.
fn text(uri: &Uri) -> String {
    let scheme = uri.scheme_str().map_or(["", ""], |scheme| [scheme, "://"]);
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    [scheme[0], scheme[1], authority, path].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_credential_types::Credentials;
    use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
    use std::time::Duration;

    /// The expected signatures are those of botocore 1.x for the same requests.
    #[test]
    fn signatures_are_botocores() {
        for (url, token, expected) in [
            (
                "https://proton.us-east-1.amazonaws.com/",
                None,
                "0105ebac748d38c102f1ba67e48634fa00c7f79f6b6c3af4783c734fd6ec502c",
            ),
            ("http://localhost:8080/base/", None, "0031d366a11348ff06a073b8287fed16eadde9c390052316b13ee2f3e323cead"),
            (
                "https://proton.us-east-1.amazonaws.com/",
                Some("TOKEN"),
                "6792e44e1b30efc41405f9ef7abff192579beea59a62354534277346fc40a4cb",
            ),
            (
                "http://localhost:8080/base/",
                Some("TOKEN"),
                "723c82bf6f2ebed909b462fd6342b52e7bd60fef5a912253fadd058428bcf64b",
            ),
        ] {
            let body = Bytes::from_static(b"{\"name\":\"thing\"}");
            let mut request = Request::post(url)
                .header(CONTENT_TYPE, "application/x-amz-json-1.0")
                .header("x-amz-target", "T.Op")
                .header(CONTENT_LENGTH, body.len())
                .header(USER_AGENT, "ua")
                .header("x-amz-user-agent", "ua")
                .body(body)
                .expect("a request");
            let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
            let identity = Credentials::new("AKIDEXAMPLE", secret, token.map(str::to_owned), None, "test").into();
            let scope = Scope {
                identity: &identity,
                name: "proton",
                region: "us-east-1",
                time: SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160),
                single_encoding: false,
            };
            sign(&mut request, &scope).expect("a signature");
            let header = request.headers()["authorization"].to_str().expect("text");
            assert!(header.ends_with(&format!(", Signature={expected}")), "{url} {token:?}: {header}");
            assert_eq!(request.headers()["x-amz-date"], "20150830T123600Z");
            assert_eq!(
                request.headers().get("x-amz-security-token").map(HeaderValue::as_bytes),
                token.map(str::as_bytes)
            );
        }
    }
}
