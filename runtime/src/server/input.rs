//! Reading a request's body into the operation's input.

use super::Rejection;
use crate::codec;
use crate::validate::{ValidationError, violations_of_decoded};
use crate::value::Structure;
use http::StatusCode;
use std::error::Error;

/// Fills the input and checks that the model admits it.
pub(super) fn read(body: &[u8], input: &mut dyn Structure) -> Result<(), Rejection> {
    let refusal = |code, message: &str| Rejection::new(StatusCode::BAD_REQUEST, code, message);
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
        refusal("SerializationException", &message)
    })?;
    ValidationError::of(violations_of_decoded(input, &missing))
        .map_err(|error| refusal("ValidationException", &error.service_message()))
}
