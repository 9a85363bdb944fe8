//! Setting up a [`Client`].

use super::client::Client;
use super::pool::Pool;
use super::proxy::Proxy;
use super::tls::Tls;
use crate::error::ConfigError;
use std::fmt::{Debug, Formatter};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long an idle connection stays.
const IDLE: Duration = Duration::from_secs(90);

/// Puts a [`Client`] together.
#[derive(Clone, Default)]
pub struct ClientBuilder {
    roots: Vec<Pem>,
    identity: Option<Pem>,
    proxies: Option<Vec<Proxy>>,
    http1_only: bool,
    idle_timeout: Option<Duration>,
    max_idle: Option<usize>,
}

#[derive(Clone)]
enum Pem {
    Text(Vec<u8>),
    File(PathBuf),
}

impl ClientBuilder {
    /// Trusts servers whose certificates lead to one of these, in PEM form, **instead of** those that the operating
    /// system trusts. More than one call adds to the list.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(Pem::Text(pem.into()));
        self
    }

    /// As [`root_certificates_pem`](Self::root_certificates_pem), from a file, as the variable `AWS_CA_BUNDLE` names
    /// one.
    pub fn root_certificates_file(mut self, path: impl AsRef<Path>) -> Self {
        self.roots.push(Pem::File(path.as_ref().to_owned()));
        self
    }

    /// Shows servers this certificate: the PEM text holds its chain, the certificate itself first, and its private key
    /// in PKCS #8 form.
    pub fn client_certificate_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.identity = Some(Pem::Text(pem.into()));
        self
    }

    /// Sends through this proxy instead of those of the environment. Of several, the first that is for the request's
    /// scheme and host counts.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxies.get_or_insert_default().push(proxy);
        self
    }

    /// Sends through no proxy. By default the variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, also in
    /// lower case, say which, except for servers on this machine.
    pub fn no_proxy(mut self) -> Self {
        self.proxies = Some(Vec::new());
        self
    }

    /// Whether servers are offered HTTP/2. The default is yes, over TLS.
    #[cfg(feature = "http2")]
    pub fn http2(mut self, offer: bool) -> Self {
        self.http1_only = !offer;
        self
    }

    /// How long an idle connection is kept for the next request. The default is 90 s.
    pub fn pool_idle_timeout(mut self, time: Duration) -> Self {
        self.idle_timeout = Some(time);
        self
    }

    /// How many idle connections are kept for a host. The default is all.
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.max_idle = Some(connections);
        self
    }

    /// The client.
    ///
    /// # Errors
    /// A file that cannot be read, text that holds no certificate or key, a proxy whose address is none.
    pub fn build(self) -> Result<Client, ConfigError> {
        let roots = self.roots.iter().map(Pem::read).collect::<Result<Vec<_>, _>>()?;
        let identity = self.identity.as_ref().map(Pem::read).transpose()?;
        let proxies = match self.proxies {
            Some(proxies) => Some(proxies.iter().map(Proxy::read).collect::<Result<_, _>>()?),
            None => None,
        };
        Ok(Client::of_pool(Pool::new(Settings {
            tls: Tls::new(&roots, identity.as_deref())?,
            proxies,
            http2: cfg!(feature = "http2") && !self.http1_only,
            idle_timeout: self.idle_timeout.unwrap_or(IDLE),
            max_idle: self.max_idle.unwrap_or(usize::MAX),
        })))
    }
}

/// Settings that have been checked.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) tls: Tls,
    /// `None` for those of the environment.
    pub(super) proxies: Option<Vec<reqwest::Proxy>>,
    pub(super) http2: bool,
    pub(super) idle_timeout: Duration,
    pub(super) max_idle: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tls: Tls::default(),
            proxies: None,
            http2: cfg!(feature = "http2"),
            idle_timeout: IDLE,
            max_idle: usize::MAX,
        }
    }
}

impl Pem {
    fn read(&self) -> Result<Vec<u8>, ConfigError> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::File(path) => std::fs::read(path)
                .map_err(|error| ConfigError::Other(format!("certificates in `{}`: {error}", path.display()))),
        }
    }
}

// By hand: a private key is a secret.
impl Debug for ClientBuilder {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("roots", &self.roots.len())
            .field("has_client_certificate", &self.identity.is_some())
            .field("proxies", &self.proxies)
            .finish_non_exhaustive()
    }
}
