//! No TLS: only `http` endpoints.

use crate::error::{BoxError, ConfigError};

const MISSING: &str = "TLS needs one of the cargo features `rustls`, `rustls-aws-lc-rs` and `native-tls`, \
     or `http_client(..)`";

#[derive(Debug, Default)]
pub(in crate::http) struct Tls;

impl Tls {
    pub(in crate::http) fn new(roots: &[Vec<u8>], identity: Option<&[u8]>) -> Result<Self, ConfigError> {
        if roots.is_empty() && identity.is_none() { Ok(Self) } else { Err(ConfigError::Other(MISSING.into())) }
    }

    pub(in crate::http) fn apply(
        &self,
        builder: reqwest::ClientBuilder,
        needed: bool,
        _http2: bool,
    ) -> Result<reqwest::ClientBuilder, BoxError> {
        if needed { Err(MISSING.into()) } else { Ok(builder) }
    }

    pub(in crate::http) fn is_refusal(_: &(dyn std::error::Error + 'static)) -> bool {
        false
    }
}
