//! A request as a mock got it.

use crate::codec;
use crate::config::HttpRequest;
use crate::operation::Operation;
use crate::value::Empty;
use std::fmt::{Debug, Formatter};

/// A request that was sent to a [`Mock`](super::Mock), one for each attempt.
#[derive(Clone)]
pub struct SentRequest {
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl SentRequest {
    pub(super) fn new(request: &HttpRequest) -> Self {
        let header = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            target: request.headers().get("x-amz-target").unwrap_or_default().to_owned(),
            headers: request.headers().iter().map(header).collect(),
            body: request.body().bytes().unwrap_or_default().to_vec(),
        }
    }

    /// The operation's name, such as `CreateService`.
    pub fn operation(&self) -> &str {
        self.target.rsplit('.').next().unwrap_or_default()
    }

    /// The input, if the request is one of this operation.
    pub fn input<O: Operation>(&self) -> Option<O::Input> {
        if !self.is::<O>() {
            return None;
        }
        let mut input = O::Input::empty();
        codec::decode(&self.body, &mut input).ok()?;
        Some(input)
    }

    /// The first value of a header; names are in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body: JSON, unless an interceptor changed it.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    pub(super) fn is<O: Operation>(&self) -> bool {
        let metadata = O::METADATA;
        self.target.strip_prefix(metadata.service.target_prefix).and_then(|rest| rest.strip_prefix('.'))
            == Some(metadata.name)
    }
}

// The headers hold a signature, the body may hold sensitive members.
impl Debug for SentRequest {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SentRequest").field("operation", &self.operation()).finish_non_exhaustive()
    }
}
