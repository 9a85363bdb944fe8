//! Default values of a model that Rust has no literal for.

use super::Empty;
use aws_smithy_types::Document;
use std::str::FromStr;

/// A number of any length from its digits, which the generator has checked.
pub fn number<T: FromStr + Empty>(digits: &str) -> T {
    digits.parse().unwrap_or_else(|_| T::empty())
}

/// A document from its JSON text, which the generator has checked.
pub fn document(json: &str) -> Document {
    crate::codec::document(json).unwrap_or(Document::Null)
}
