//! Whether a request is what its sender signed, and when.

use super::authorization::Authorization;
use super::{incomplete, refusal};
use crate::caller::is_region;
use crate::settings::Account;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningParams, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use http::request::Parts;
use proton_sdk::server::Rejection;
use std::time::{Duration, SystemTime};
use subtle::ConstantTimeEq;

/// How far the clocks of client and server may be apart.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// Checks the signature of a request with the account's key.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn verify(
    request: &Parts,
    body: &[u8],
    authorization: &Authorization<'_>,
    account: &Account,
    service: &str,
    now: SystemTime,
) -> Result<(), Rejection> {
    check_scope(authorization, service)?;
    let date = header(request, "x-amz-date").ok_or_else(|| incomplete("there is no X-Amz-Date header beside it"))?;
    let time =
        parse_date(date).ok_or_else(|| incomplete("the X-Amz-Date header is not of the form 20261007T120000Z"))?;
    if !date.starts_with(authorization.date) {
        return Err(invalid("The date of the credential's scope is not the one of the X-Amz-Date header."));
    }
    check_signed(request, &authorization.signed_headers)?;
    check_age(date, time, now)?;
    let expected = signature(request, body, authorization, account, time);
    let expected = expected.ok_or_else(|| incomplete("it names a header that the request does not have"))?;
    if bool::from(expected.as_bytes().ct_eq(authorization.signature.as_bytes())) {
        return Ok(());
    }
    let message = "The signature is not the one that the key gives for this request. Check the secret access key, and \
                   that nothing on the way changes the body or the headers that are signed.";
    Err(invalid(message))
}

fn check_scope(authorization: &Authorization<'_>, service: &str) -> Result<(), Rejection> {
    if authorization.service != service {
        return Err(invalid(&format!("The credential's scope is for another service; this one is '{service}'.")));
    }
    if !is_region(authorization.region) {
        return Err(invalid("The credential's scope names no region such as 'us-east-1'."));
    }
    Ok(())
}

/// What decides on a request's meaning must be signed: the host and everything of AWS's own.
fn check_signed(request: &Parts, signed: &[&str]) -> Result<(), Rejection> {
    let of_aws = request.headers.keys().map(http::HeaderName::as_str).filter(|name| name.starts_with("x-amz-"));
    match ["host"].into_iter().chain(of_aws).find(|name| !signed.contains(name)) {
        Some(name) => Err(invalid(&format!("The header '{name}' must be among the SignedHeaders."))),
        None => Ok(()),
    }
}

fn check_age(date: &str, time: SystemTime, now: SystemTime) -> Result<(), Rejection> {
    let text = DateTime::from(now).fmt(Format::DateTime).unwrap_or_default();
    if time + SKEW < now {
        return Err(invalid(&format!("Signature expired: {date} is more than 5 minutes before the server's {text}.")));
    }
    if time > now + SKEW {
        return Err(invalid(&format!(
            "Signature not yet current: {date} is more than 5 minutes after the server's {text}."
        )));
    }
    Ok(())
}

/// The signature that the key gives over the same headers; `None` where one of them is missing.
fn signature(
    request: &Parts,
    body: &[u8],
    authorization: &Authorization<'_>,
    account: &Account,
    time: SystemTime,
) -> Option<String> {
    let mut settings = SigningSettings::default();
    // The client says which headers count.
    settings.excluded_headers = None;
    let identity = Credentials::new(&account.access_key_id, &account.secret_access_key, None, None, "settings").into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(authorization.region)
        .name(authorization.service)
        .time(time)
        .settings(settings)
        .build();
    let params: SigningParams<'_> = params.ok()?.into();
    let mut headers = Vec::new();
    for name in &authorization.signed_headers {
        let before = headers.len();
        for value in request.headers.get_all(*name) {
            headers.push((*name, value.to_str().ok()?));
        }
        if headers.len() == before {
            return None;
        }
    }
    let host = header(request, "host")?;
    let uri = format!("http://{host}{}", request.uri.path_and_query().map_or("/", |path| path.as_str()));
    let signable = SignableRequest::new(request.method.as_str(), uri, headers.into_iter(), SignableBody::Bytes(body));
    let output = sign(signable.ok()?, &params).ok()?;
    Some(output.signature().to_owned())
}

/// `20261007T120000Z`.
fn parse_date(text: &str) -> Option<SystemTime> {
    let digits =
        |range: std::ops::Range<usize>| text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if text.len() != 16 || text.get(8..9) != Some("T") || text.get(15..) != Some("Z") {
        return None;
    }
    let (year, month, day) = (digits(0..4)?, digits(4..6)?, digits(6..8)?);
    let (hour, minute, second) = (digits(9..11)?, digits(11..13)?, digits(13..15)?);
    let text = format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z");
    SystemTime::try_from(DateTime::from_str(&text, Format::DateTime).ok()?).ok()
}

fn header<'a>(request: &'a Parts, name: &str) -> Option<&'a str> {
    request.headers.get(name)?.to_str().ok()
}

fn invalid(message: &str) -> Rejection {
    refusal("InvalidSignatureException", message)
}
