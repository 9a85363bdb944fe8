//! Reading a request's body within limits.

use crate::clock::within;
use http::StatusCode;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use proton_sdk::server::Rejection;
use std::time::Duration;

/// The largest body that is taken.
const LIMIT: usize = 1024 * 1024;
/// How much of a larger one is read and dropped, so that a client that writes before it reads sees the answer.
const DRAINED: usize = 16 * LIMIT;
/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The whole body.
///
/// # Errors
/// A body that is too large, too slow, or cut off.
pub(super) async fn read(body: Incoming) -> Result<Vec<u8>, Rejection> {
    within(PATIENCE, collect(body)).await.unwrap_or_else(|| {
        let message = format!("The request's body did not arrive within {} seconds.", PATIENCE.as_secs());
        Err(Rejection::new(StatusCode::REQUEST_TIMEOUT, "RequestTimeoutException", &message))
    })
}

async fn collect(mut body: Incoming) -> Result<Vec<u8>, Rejection> {
    let announced = body.size_hint().lower();
    let mut bytes = Vec::new();
    let mut length = 0;
    if announced > DRAINED as u64 {
        return Err(too_large());
    }
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| {
            let message = "The request's body ends before its announced end, or is not framed as HTTP says.";
            Rejection::new(StatusCode::BAD_REQUEST, "MalformedHttpRequestException", message)
        })?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= LIMIT {
            bytes.extend_from_slice(&data);
        } else if length > DRAINED {
            break;
        }
    }
    if length > LIMIT { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> Rejection {
    let message = format!("The request's body is larger than {LIMIT} bytes.");
    Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLargeException", &message)
}
