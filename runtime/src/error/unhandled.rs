//! Errors that the model does not name, and how modelled ones show.

use super::{BoxError, ErrorMetadata, ProvideErrorMetadata};
use crate::value::{Node, Structure};
use aws_types::request_id::RequestId;
use std::error::Error;
use std::fmt::{Debug, Display, Formatter, Result};

/// An error of no modelled kind: a code that the model lacks, or a failure that is not the service's.
pub struct Unhandled(Box<Inner>);

struct Inner {
    source: Option<BoxError>,
    meta: ErrorMetadata,
}

impl Unhandled {
    /// A failure, with what is known of it.
    pub fn new(source: BoxError, meta: ErrorMetadata) -> Self {
        Self(Box::new(Inner { source: Some(source), meta }))
    }

    /// An error that has a code, a message or a request id alone.
    pub fn from_metadata(meta: ErrorMetadata) -> Self {
        Self(Box::new(Inner { source: None, meta }))
    }

    /// The code, the message and the request id, as far as they are known.
    pub fn meta(&self) -> &ErrorMetadata {
        &self.0.meta
    }
}

impl ProvideErrorMetadata for Unhandled {
    fn meta(&self) -> &ErrorMetadata {
        &self.0.meta
    }
}

impl RequestId for Unhandled {
    fn request_id(&self) -> Option<&str> {
        self.0.meta.request_id()
    }
}

/// What `main` prints when it returns the error, so it is the one line of `Display`.
impl Debug for Unhandled {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "Unhandled({self})")
    }
}

impl Display for Unhandled {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match (self.0.meta.code(), self.0.meta.message(), &self.0.source) {
            (Some(code), Some(message), _) => write!(f, "{code}: {message}"),
            (Some(code), None, None) => f.write_str(code),
            (Some(code), None, Some(source)) => write!(f, "{code}: {source}"),
            (None, Some(message), _) => f.write_str(message),
            (None, None, Some(source)) => write!(f, "{source}"),
            (None, None, None) => f.write_str("an error without code and message"),
        }
    }
}

impl Error for Unhandled {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Writes a modelled error as `ConflictException: <message>`.
///
/// The message shows even where the model marks it sensitive: an error that hides its reason helps nobody.
///
/// # Errors
/// Those of the formatter.
pub fn display_structure(structure: &dyn Structure, meta: &ErrorMetadata, f: &mut Formatter<'_>) -> Result {
    f.write_str(meta.code().unwrap_or(structure.shape().name()))?;
    let member = || {
        let index =
            structure.shape().members().iter().position(|member| member.name.eq_ignore_ascii_case("message"))?;
        match structure.member(index)?.node() {
            Node::String(text) => Some(text),
            _ => None,
        }
    };
    match meta.message().or_else(member) {
        Some(message) if !message.is_empty() => write!(f, ": {message}"),
        _ => Ok(()),
    }
}
