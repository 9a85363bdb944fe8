//! Proxies that a program sets, in place of those of the environment.

use crate::error::ConfigError;
use std::fmt::{Debug, Formatter};

/// A proxy, and which requests go through it.
#[derive(Clone)]
pub struct Proxy {
    kind: Kind,
    url: String,
    user: Option<(String, String)>,
    except: Option<String>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    All,
    Http,
    Https,
}

impl Proxy {
    /// A proxy for all requests, such as `http://proxy.example.com:3128`.
    pub fn all(url: impl Into<String>) -> Self {
        Self { kind: Kind::All, url: url.into(), user: None, except: None }
    }

    /// A proxy for requests to `http` endpoints.
    pub fn http(url: impl Into<String>) -> Self {
        Self { kind: Kind::Http, ..Self::all(url) }
    }

    /// A proxy for requests to `https` endpoints, which it tunnels with `CONNECT`.
    pub fn https(url: impl Into<String>) -> Self {
        Self { kind: Kind::Https, ..Self::all(url) }
    }

    /// Introduces itself to the proxy.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.user = Some((user.into(), password.into()));
        self
    }

    /// Hosts that are reached directly, in the form of `NO_PROXY`: names, `.suffixes`, addresses and networks, with
    /// commas between.
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        self.except = Some(hosts.into());
        self
    }

    pub(super) fn read(&self) -> Result<reqwest::Proxy, ConfigError> {
        let make = match self.kind {
            Kind::All => reqwest::Proxy::all,
            Kind::Http => reqwest::Proxy::http,
            Kind::Https => reqwest::Proxy::https,
        };
        let mut proxy = make(&self.url).map_err(|_| {
            let url = crate::client::without_secrets(&self.url);
            ConfigError::Other(format!("the proxy's address `{url}` is none: write `http://host:port`"))
        })?;
        if let Some((user, password)) = &self.user {
            proxy = proxy.basic_auth(user, password);
        }
        Ok(proxy.no_proxy(self.except.as_deref().and_then(reqwest::NoProxy::from_string)))
    }
}

// By hand: the address and the user may hold a password.
impl Debug for Proxy {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proxy")
            .field("kind", &self.kind)
            .field("url", &crate::client::without_secrets(&self.url))
            .field("has_user", &self.user.is_some())
            .field("except", &self.except)
            .finish()
    }
}
