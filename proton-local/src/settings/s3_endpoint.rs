//! A server that speaks S3, for bundles that are in no folder.

use serde::Deserialize;
use std::fmt::{Debug, Formatter, Result};

/// Where objects are asked for, and with which key. `Debug` hides the secret.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Endpoint {
    /// Such as `http://127.0.0.1:9000`: plain HTTP, host and port alone. Buckets are the first part of the path.
    pub url: String,
    /// The key's public name; without a key requests are not signed.
    pub access_key_id: Option<String>,
    /// What requests are signed with.
    pub secret_access_key: Option<String>,
}

impl Debug for S3Endpoint {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("S3Endpoint")
            .field("url", &self.url)
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}
