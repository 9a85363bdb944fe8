//! What a client gets instead of an answer.

use crate::error::BoxError;
use http::StatusCode;
use std::borrow::Cow;
use std::fmt::{Debug, Display, Formatter, Result};

/// An error on its way to the client.
///
/// `Debug` and `Display` show the code alone: models mark messages as sensitive.
pub struct Rejection {
    pub(super) status: Status,
    pub(super) code: Cow<'static, str>,
    /// The error's members as a JSON object.
    pub(super) members: Vec<u8>,
    source: Option<BoxError>,
}

/// The HTTP status of a rejection.
#[derive(Clone, Copy)]
pub(super) enum Status {
    /// This one.
    Fixed(StatusCode),
    /// What the model says of the error.
    Modelled,
    /// The server's own failure; the model says under which name.
    Internal,
}

impl Rejection {
    /// An error with a message and a status. Clients tell errors apart by the code, such as `ThrottlingException`.
    pub fn new(status: StatusCode, code: &'static str, message: &str) -> Self {
        let members = serde_json::json!({ "message": message }).to_string().into_bytes();
        Self { status: Status::Fixed(status), code: code.into(), members, source: None }
    }

    /// A failure of the server, of which the client learns no more than that there was one.
    pub fn internal(source: impl Into<BoxError>) -> Self {
        let message = "The server failed to answer. Its log says why, under the request id.";
        let members = serde_json::json!({ "message": message }).to_string().into_bytes();
        Self { status: Status::Internal, code: "InternalFailure".into(), members, source: Some(source.into()) }
    }

    /// An error of the model with its members.
    pub(super) fn with_members(code: &'static str, members: Vec<u8>) -> Self {
        Self { status: Status::Modelled, code: code.into(), members, source: None }
    }

    /// What the client tells errors apart by.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What went wrong inside the server, for its log; `None` where the client is at fault.
    pub fn source(&self) -> Option<&BoxError> {
        self.source.as_ref()
    }
}

impl Debug for Rejection {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("Rejection").field("code", &self.code).finish_non_exhaustive()
    }
}

impl Display for Rejection {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&self.code)
    }
}
