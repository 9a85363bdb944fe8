//! TLS with rustls, without touching the process-wide choice of a cryptography provider.

use crate::error::{BoxError, ConfigError};
use rustls::client::WantsClientCert;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::error::Error;
use std::sync::{Arc, OnceLock};

#[cfg(feature = "rustls-aws-lc-rs")]
use rustls::crypto::aws_lc_rs::default_provider;
#[cfg(not(feature = "rustls-aws-lc-rs"))]
use rustls::crypto::ring::default_provider;

#[derive(Debug, Default)]
pub(in crate::http) struct Tls {
    /// `None` for those of the operating system.
    roots: Option<Arc<RootCertStore>>,
    identity: Option<Identity>,
}

/// A certificate chain and its key, whose own `Debug` hides it.
#[derive(Debug)]
struct Identity(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

impl Tls {
    pub(in crate::http) fn new(roots: &[Vec<u8>], identity: Option<&[u8]>) -> Result<Self, ConfigError> {
        let mut store = RootCertStore::empty();
        for pem in roots {
            for certificate in certificates(pem)? {
                store.add(certificate).map_err(|error| wrong(format_args!("a root certificate: {error}")))?;
            }
        }
        let identity = identity.map(|pem| {
            let key = PrivateKeyDer::from_pem_slice(pem).map_err(|error| wrong(describe("private key", &error)))?;
            Ok(Identity(certificates(pem)?, key))
        });
        let roots = if roots.is_empty() { None } else { Some(Arc::new(store)) };
        Ok(Self { roots, identity: identity.transpose()? })
    }

    /// Gives reqwest the configuration; without trust in anybody where no TLS is `needed`.
    pub(in crate::http) fn apply(
        &self,
        builder: reqwest::ClientBuilder,
        needed: bool,
        http2: bool,
    ) -> Result<reqwest::ClientBuilder, BoxError> {
        let start = ClientConfig::builder_with_provider(Arc::new(default_provider()));
        let start = start.with_safe_default_protocol_versions()?;
        let mut config = match (&self.roots, needed) {
            (_, false) => start.with_root_certificates(RootCertStore::empty()).with_no_client_auth(),
            (Some(roots), true) => self.identify(start.with_root_certificates(Arc::clone(roots)))?,
            (None, true) if self.identity.is_some() => self.identify(start.with_platform_verifier()?)?,
            (None, true) => {
                // Reading the operating system's certificates takes milliseconds, so it happens once for the process.
                static CONFIG: OnceLock<ClientConfig> = OnceLock::new();
                match CONFIG.get() {
                    Some(config) => config.clone(),
                    None => {
                        let config = start.with_platform_verifier()?.with_no_client_auth();
                        CONFIG.get_or_init(|| config).clone()
                    }
                }
            }
        };
        if http2 {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(builder.tls_backend_preconfigured(config))
    }

    fn identify(&self, start: ConfigBuilder<ClientConfig, WantsClientCert>) -> Result<ClientConfig, rustls::Error> {
        match &self.identity {
            Some(Identity(chain, key)) => start.with_client_auth_cert(chain.clone(), key.clone_key()),
            None => Ok(start.with_no_client_auth()),
        }
    }

    /// Whether the two sides do not accept each other, which another attempt does not change.
    pub(in crate::http) fn is_refusal(error: &(dyn Error + 'static)) -> bool {
        use rustls::Error::{AlertReceived, InvalidCertificate, NoCertificatesPresented, PeerIncompatible};
        matches!(
            error.downcast_ref(),
            Some(InvalidCertificate(_) | NoCertificatesPresented | PeerIncompatible(_) | AlertReceived(_))
        )
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let found = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(wrong(describe("certificate", &PemError::NoItemsFound))),
        Err(error) => Err(wrong(describe("certificate", &error))),
    }
}

fn describe(what: &str, error: &PemError) -> String {
    match error {
        PemError::NoItemsFound => format!("no {what} in it, which begins with `-----BEGIN`"),
        error => format!("{what}: {error}"),
    }
}

fn wrong(what: impl std::fmt::Display) -> ConfigError {
    ConfigError::Other(format!("the PEM text does not read: {what}"))
}
