//! What a response says about itself rather than about its resource.

use aws_types::request_id::RequestId;

/// The request id that an output carries beside its members.
///
/// Two outputs with the same members are equal whatever request they answered, so all values of
/// this type are equal, and it adds nothing to a hash.
#[derive(Clone, Default)]
pub struct ResponseMetadata {
    request_id: Option<Box<str>>,
}

impl ResponseMetadata {
    /// Keeps the request id of a response.
    pub fn new(request_id: Option<&str>) -> Self {
        Self { request_id: request_id.map(Into::into) }
    }
}

impl RequestId for ResponseMetadata {
    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

impl std::fmt::Debug for ResponseMetadata {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.request_id.fmt(f)
    }
}

impl PartialEq for ResponseMetadata {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ResponseMetadata {}

impl std::hash::Hash for ResponseMetadata {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}
