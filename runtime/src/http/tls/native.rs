//! TLS with the operating system's library: OpenSSL, SChannel or Secure Transport.

use crate::error::{BoxError, ConfigError};
use reqwest::{Certificate, Identity};

#[derive(Debug, Default)]
pub(in crate::http) struct Tls {
    /// Empty for those of the operating system.
    roots: Vec<Certificate>,
    identity: Option<Identity>,
}

impl Tls {
    pub(in crate::http) fn new(roots: &[Vec<u8>], identity: Option<&[u8]>) -> Result<Self, ConfigError> {
        let mut all = Vec::new();
        for pem in roots {
            let found = Certificate::from_pem_bundle(pem).map_err(wrong)?;
            if found.is_empty() {
                return Err(wrong("no certificate in it, which begins with `-----BEGIN`"));
            }
            all.extend(found);
        }
        let identity = identity.map(|pem| Identity::from_pkcs8_pem(pem, key(pem)).map_err(wrong));
        Ok(Self { roots: all, identity: identity.transpose()? })
    }

    pub(in crate::http) fn apply(
        &self,
        mut builder: reqwest::ClientBuilder,
        _needed: bool,
        _http2: bool,
    ) -> Result<reqwest::ClientBuilder, BoxError> {
        builder = builder.tls_backend_native();
        if !self.roots.is_empty() {
            builder = builder.tls_certs_only(self.roots.iter().cloned());
        }
        Ok(match &self.identity {
            Some(identity) => builder.identity(identity.clone()),
            None => builder,
        })
    }

    /// Its errors do not say which they are.
    pub(in crate::http) fn is_refusal(_: &(dyn std::error::Error + 'static)) -> bool {
        false
    }
}

/// The part of the text where the private key stands, which the library wants first.
fn key(pem: &[u8]) -> &[u8] {
    const BEGIN: &[u8] = b"-----BEGIN PRIVATE KEY-----";
    pem.windows(BEGIN.len()).position(|window| window == BEGIN).map_or(&[], |start| &pem[start..])
}

fn wrong(what: impl std::fmt::Display) -> ConfigError {
    ConfigError::Other(format!("the PEM text does not read: {what}"))
}
