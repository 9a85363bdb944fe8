//! Objects of a server that speaks S3.

use super::source::LIMIT;
use crate::clock;
use crate::settings::S3Endpoint;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings, UriPathNormalizationMode,
    sign,
};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::error::Error;
use std::time::{Duration, SystemTime};
use tokio::net::TcpStream;

/// How long an object may take to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Reads an object.
///
/// # Errors
/// Why it did not come, in words for a version's status.
pub(super) async fn get(
    endpoint: &S3Endpoint,
    region: &str,
    bucket: &str,
    key: &str,
    now: SystemTime,
) -> Result<Vec<u8>, String> {
    let place = format!("s3://{bucket}/{key} at {}", endpoint.url);
    match clock::within(PATIENCE, answer(endpoint, region, bucket, key, now)).await {
        Some(Ok((StatusCode::OK, body))) => Ok(body.to_vec()),
        Some(Ok((StatusCode::NOT_FOUND, _))) => Err(format!("There is no object {place}.")),
        Some(Ok((status, _))) => Err(format!("The object {place} cannot be read: the endpoint answers {status}.")),
        Some(Err(error)) => Err(format!("The object {place} cannot be read: {error}.")),
        None => Err(format!("The object {place} did not come within {} seconds.", PATIENCE.as_secs())),
    }
}

async fn answer(
    endpoint: &S3Endpoint,
    region: &str,
    bucket: &str,
    key: &str,
    now: SystemTime,
) -> Result<(StatusCode, Bytes), Box<dyn Error + Send + Sync>> {
    let authority = endpoint.url.trim_start_matches("http://").trim_end_matches('/');
    let path = format!("/{bucket}/{}", encoded(key));
    let mut request = Request::get(&path).header(header::HOST, authority).body(Empty::<Bytes>::new())?;
    for (name, value) in signature(endpoint, region, &format!("http://{authority}{path}"), now)? {
        request.headers_mut().insert(header::HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(&value)?);
    }
    let with_port = if authority.contains(':') { authority.to_owned() } else { format!("{authority}:80") };
    let (mut sender, connection) = http1::handshake(TokioIo::new(TcpStream::connect(with_port).await?)).await?;
    let talk = async {
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        let limit = usize::try_from(LIMIT)?;
        let body = Limited::new(answer.into_body(), limit).collect().await;
        Ok((status, body.map_err(|error| format!("{error}; {} MB are the most", LIMIT >> 20))?.to_bytes()))
    };
    // The connection moves the bytes of the talk, and ends with it.
    tokio::pin!(connection, talk);
    tokio::select! {
        done = &mut talk => done,
        ended = &mut connection => { ended?; talk.await }
    }
}

/// The headers that sign a request; none without a key.
fn signature(
    endpoint: &S3Endpoint,
    region: &str,
    uri: &str,
    now: SystemTime,
) -> Result<Vec<(String, String)>, Box<dyn Error + Send + Sync>> {
    let (Some(id), Some(secret)) = (&endpoint.access_key_id, &endpoint.secret_access_key) else {
        return Ok(Vec::new());
    };
    // S3 takes paths as they are, and wants the body's hash among the headers.
    let mut settings = SigningSettings::default();
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    let identity = Credentials::new(id, secret, None, None, "settings").into();
    let params =
        v4::SigningParams::builder().identity(&identity).region(region).name("s3").time(now).settings(settings);
    let request = SignableRequest::new("GET", uri, std::iter::empty(), SignableBody::Bytes(b""))?;
    let (signed, _) = sign(request, &params.build()?.into())?.into_parts();
    let (headers, _) = signed.into_parts();
    Ok(headers.into_iter().map(|header| (header.name().to_owned(), header.value().to_owned())).collect())
}

/// A key as part of a path: all but unreserved characters and slashes as their bytes.
fn encoded(key: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    key.bytes().map(byte).collect()
}
