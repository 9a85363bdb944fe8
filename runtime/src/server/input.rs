//! Reading a request's body into the operation's input.

use super::Rejection;
use crate::codec::{self, Missing};
use crate::value::Structure;
use http::StatusCode;
use std::error::Error;

/// Fills the input and checks that the model admits it.
pub(super) fn read(body: &[u8], input: &mut dyn Structure) -> Result<(), Rejection> {
    let body = match body.trim_ascii() {
        b"" | b"null" => b"{}",
        body => body,
    };
    let missing = codec::decode(body, input).map_err(|error| {
        let reason = error.source().map(ToString::to_string).unwrap_or_default();
        let message = match error.path() {
            "" => format!("The request cannot be read: {reason}"),
            path => format!("The request cannot be read at '{path}': {reason}"),
        };
        Rejection::new(StatusCode::BAD_REQUEST, "SerializationException", &message)
    })?;
    if missing.is_empty() { Ok(()) } else { Err(invalid(&missing)) }
}

fn invalid(missing: &Missing) -> Rejection {
    let constraint = "failed to satisfy constraint: Member must not be null";
    let violations: Vec<_> =
        missing.paths().iter().map(|path| format!("Value null at '{path}' {constraint}")).collect();
    let errors = if violations.len() == 1 { "error" } else { "errors" };
    let message = format!("{} validation {errors} detected: {}", violations.len(), violations.join("; "));
    Rejection::new(StatusCode::BAD_REQUEST, "ValidationException", &message)
}
