//! Credentials of a container: ECS and EKS.

use super::blocking;
use super::document::Document;
use super::fetch::{Fetch, Verdict};
use crate::config::{Credentials, Environment, SharedAsyncSleep};
use crate::error::ConfigError;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Request, StatusCode, Uri};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};
use std::time::Duration;

/// The endpoint that a container's variables name.
pub(crate) struct Container {
    url: Uri,
    /// The variable that names it.
    variable: &'static str,
    environment: Environment,
}

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

impl Container {
    /// The endpoint, where one is named.
    pub(super) fn find(environment: &Environment) -> Result<Option<Self>, ConfigError> {
        let (variable, url) = match (environment.variable(RELATIVE)?, environment.variable(FULL)?) {
            (Some(path), _) if path.starts_with('/') => (RELATIVE, format!("http://169.254.170.2{path}")),
            (Some(path), _) => return Err(ConfigError::setting(RELATIVE, format!("`{path}` does not start with /"))),
            (None, Some(url)) => (FULL, url),
            (None, None) => return Ok(None),
        };
        let uri = url.parse::<Uri>().ok().filter(|uri| uri.host().is_some());
        match uri.as_ref().and_then(Uri::scheme_str) {
            Some("http" | "https") => {}
            _ => return Err(ConfigError::setting(variable, format!("`{url}` is no http or https URL"))),
        }
        Ok(uri.map(|url| Self { url, variable, environment: environment.clone() }))
    }

    pub(super) async fn load(&self, sleep: &SharedAsyncSleep) -> Result<Credentials, String> {
        self.check_host().await?;
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = self.url.clone();
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(token) = self.token().map_err(|error| error.to_string())? {
            request.headers_mut().insert(AUTHORIZATION, token);
        }
        let fetch =
            Fetch { connect: Duration::from_secs(2), read: Duration::from_secs(5), attempts: 3, sleep: sleep.clone() };
        let url = self.url.to_string();
        let credentials = fetch.send(&url, request, |response| match response.status() {
            StatusCode::OK => {
                let document = Document::parse(response.body());
                match document.and_then(|document| document.temporary("container")) {
                    Ok(credentials) => Verdict::Done(credentials),
                    Err(reason) => Verdict::Retry(format!("answered with what {reason}")),
                }
            }
            status if status.is_server_error() => Verdict::Retry(format!("answered {status}")),
            status => Verdict::Fail(format!("answered {status}")),
        });
        credentials.await.map_err(|failed| format!("{}: {failed}", self.variable))
    }

    /// The authorization, from its file if there is one. The file is read anew for each load.
    fn token(&self) -> Result<Option<HeaderValue>, ConfigError> {
        let (variable, token) = match self.environment.variable(TOKEN_FILE)? {
            Some(path) => match self.environment.file(&self.environment.path(&path)?)? {
                Some(text) => (TOKEN_FILE, text),
                None => return Err(ConfigError::setting(TOKEN_FILE, format!("there is no file `{path}`"))),
            },
            None => match self.environment.variable(TOKEN)? {
                Some(token) => (TOKEN, token),
                None => return Ok(None),
            },
        };
        let mut value = HeaderValue::try_from(token.trim())
            .map_err(|_| ConfigError::setting(variable, "holds characters that no HTTP header may have"))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    /// Without TLS the token may only go to this machine or to the addresses that AWS gives containers.
    async fn check_host(&self) -> Result<(), String> {
        if self.url.scheme_str() == Some("https") {
            return Ok(());
        }
        let host = self.url.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let name = host.clone();
        let found = blocking::run(move || (name.as_str(), 80).to_socket_addrs().map(Vec::from_iter)).await;
        let found = found.and_then(|found| Ok(found?));
        let addresses = found.map_err(|error| format!("{}: `{host}` has no address: {error}", self.variable))?;
        if addresses.is_empty() || !addresses.iter().all(|address| is_local(address.ip())) {
            let rule = "over http only this machine and the container endpoints of AWS may be asked; use https";
            return Err(format!("{}: `{host}`: {rule}", self.variable));
        }
        Ok(())
    }
}

fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            v4.is_loopback() || [Ipv4Addr::new(169, 254, 170, 2), Ipv4Addr::new(169, 254, 170, 23)].contains(&v4)
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6 == Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23),
    }
}
