//! Reading a request's body into the operation's input.

use super::Rejection;
use crate::codec;
use crate::validate::{ValidationError, violations_of_decoded};
use crate::value::Structure;
use http::StatusCode;
use std::error::Error;

/// How many faults of a request are told at once, so that a bad request costs no large answer.
const NAMED: usize = 20;

/// Fills the input and checks that the model admits it.
pub(super) fn read(body: &[u8], input: &mut dyn Structure) -> Result<(), Rejection> {
    let refusal = |code, message: &str| Rejection::new(StatusCode::BAD_REQUEST, code, message);
    let body = match body.trim_ascii() {
        b"" | b"null" => b"{}",
        body => body,
    };
    let missing = codec::decode_request(body, input).map_err(|error| {
        let reason = error.source().map(ToString::to_string).unwrap_or_default();
        let message = match error.path() {
            "" => format!("The request cannot be read: {reason}"),
            path => format!("The request cannot be read at '{path}': {reason}"),
        };
        refusal("SerializationException", &message)
    })?;
    let mut violations = violations_of_decoded(input, &missing);
    violations.truncate(NAMED);
    ValidationError::of(violations).map_err(|error| refusal("ValidationException", &error.service_message()))
}
