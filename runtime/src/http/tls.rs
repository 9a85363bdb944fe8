//! TLS with rustls and ring, without touching the process-wide choice of a provider.

use crate::error::BoxError;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::{Arc, OnceLock};

/// The TLS configuration of a connection pool.
///
/// Reading the operating system's certificates takes milliseconds and fails where there are none, so it happens once
/// for the process, and only when an https endpoint is called.
pub(super) fn config(needed: bool) -> Result<ClientConfig, BoxError> {
    static CONFIG: OnceLock<ClientConfig> = OnceLock::new();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    if !needed {
        return Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    }
    if let Some(config) = CONFIG.get() {
        return Ok(config.clone());
    }
    let config = builder.with_platform_verifier()?.with_no_client_auth();
    Ok(CONFIG.get_or_init(|| config).clone())
}
