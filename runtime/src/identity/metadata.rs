//! Region and credentials of an instance: its metadata service, version 2.

use super::document::Document;
use super::fetch::{Failed, Fetch, Verdict};
use crate::client::check_url;
use crate::config::{Credentials, Setting, Settings, SharedAsyncSleep, SharedTimeSource};
use crate::error::ConfigError;
use crate::timeout::Limit;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use std::time::Duration;

/// The metadata service of the machine.
pub(crate) struct Metadata {
    /// Scheme, host and base path, ending in a slash.
    base: String,
    /// For connecting, and for each answer.
    patience: Duration,
    attempts: u32,
}

const TTL: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds");
const TOKEN: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token");
const ROLES: &str = "latest/meta-data/iam/security-credentials/";
/// How long everything may take: a token, the role's name, its credentials, and what is tried again.
const OPERATION: Duration = Duration::from_secs(30);
/// How much longer the service's credentials are used that it could not renew in time.
const EXTENSION: Duration = Duration::from_secs(10 * 60);

impl Metadata {
    /// The service, unless it is switched off.
    pub(super) fn find(settings: &Settings) -> Result<Option<Self>, ConfigError> {
        let off = settings.variable("AWS_EC2_METADATA_DISABLED")?;
        if off.as_ref().map(Setting::flag).transpose()? == Some(true) {
            return Ok(None);
        }
        Ok(Some(Self { base: base(settings)?, patience: patience(settings)?, attempts: attempts(settings)? }))
    }

    /// The credentials of the instance's role.
    pub(super) async fn load(&self, time: &SharedTimeSource, sleep: &SharedAsyncSleep) -> Result<Credentials, Failed> {
        let fetch = self.fetch(sleep);
        let all = async {
            let role = self.get(&fetch, ROLES).await?;
            let role = text(&role).lines().next().unwrap_or_default();
            if role.is_empty() {
                return Err(Failed::NotThere(format!("{} knows no role of this instance", self.base)));
            }
            let path = format!("{ROLES}{role}");
            let answer = self.get(&fetch, &path).await?;
            let broken = |reason| Failed::Broken(format!("{}{path} answered with what {reason}", self.base));
            let document = Document::parse(&answer).map_err(broken)?;
            if let Some(code) = document.text("Code").filter(|code| *code != "Success") {
                return Err(Failed::Broken(format!("{}{path} answered with the code {code}", self.base)));
            }
            document.temporary("instance metadata").map_err(broken)
        };
        let operation = OPERATION.max(self.patience.saturating_mul(self.attempts));
        let limit = Limit::internal(operation, "operation_timeout for instance metadata", "");
        let credentials = limit.guard(sleep, all).await.map_err(|late| Failed::Broken(late.to_string()))??;
        Ok(extended(credentials, time))
    }

    /// The Region that the instance is in.
    pub(super) async fn region(&self, sleep: &SharedAsyncSleep) -> Result<String, Failed> {
        let region = self.get(&self.fetch(sleep), "latest/meta-data/placement/region").await?;
        Ok(text(&region).to_owned())
    }

    fn fetch(&self, sleep: &SharedAsyncSleep) -> Fetch {
        Fetch { connect: self.patience, read: self.patience, attempts: self.attempts, sleep: sleep.clone() }
    }

    /// One value, with a token of its own: they are asked for once in hours. A refused token is replaced once.
    async fn get(&self, fetch: &Fetch, path: &str) -> Result<Bytes, Failed> {
        let url = format!("{}{path}", self.base);
        let mut fresh = false;
        loop {
            let token = self.token(fetch).await?;
            let request = request(Method::GET, &url, TOKEN, token)?;
            let answer = fetch.send(&url, request, |response| match response.status() {
                StatusCode::UNAUTHORIZED if !fresh => Verdict::Done(None),
                StatusCode::NOT_FOUND => Verdict::Done(Some(Bytes::new())),
                _ => match judge(response) {
                    Verdict::Done(value) => Verdict::Done(Some(value)),
                    Verdict::Retry(reason) => Verdict::Retry(reason),
                    Verdict::Fail(reason) => Verdict::Fail(reason),
                },
            });
            match answer.await? {
                Some(value) => return Ok(value),
                None => fresh = true,
            }
        }
    }

    async fn token(&self, fetch: &Fetch) -> Result<HeaderValue, Failed> {
        let url = format!("{}latest/api/token", self.base);
        let request = request(Method::PUT, &url, TTL, HeaderValue::from_static("21600"))?;
        let token = fetch.send(&url, request, judge).await?;
        let token = HeaderValue::try_from(text(&token)).ok().filter(|token| !token.is_empty());
        let mut token = token.ok_or_else(|| Failed::Broken(format!("{url} answered with no token")))?;
        token.set_sensitive(true);
        Ok(token)
    }
}

fn base(settings: &Settings) -> Result<String, ConfigError> {
    let endpoint = settings.find("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")?;
    if let Some(endpoint) = endpoint {
        let url = check_url(&endpoint.text).map_err(|_| endpoint.refuse("is no URL: use `http://host[:port]`"))?;
        return Ok(url.to_string());
    }
    let mode = settings.find("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")?;
    let base = match &mode {
        None => "http://169.254.169.254/",
        Some(mode) => match mode.text.to_ascii_lowercase().as_str() {
            "ipv4" => "http://169.254.169.254/",
            "ipv6" => "http://[fd00:ec2::254]/",
            _ => return Err(mode.refuse("is neither `IPv4` nor `IPv6`")),
        },
    };
    Ok(base.to_owned())
}

/// A second, or as long as other AWS tools are told to wait.
fn patience(settings: &Settings) -> Result<Duration, ConfigError> {
    let set = settings.find("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout")?;
    let Some(set) = set else { return Ok(Duration::from_secs(1)) };
    let seconds = set.text.parse().ok().filter(|seconds| *seconds > 0.0);
    let seconds = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| set.refuse("is no time: use seconds, as in `2.5`"))
}

fn attempts(settings: &Settings) -> Result<u32, ConfigError> {
    let set = settings.find("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts")?;
    let Some(set) = set else { return Ok(4) };
    let attempts = set.text.parse().ok().filter(|attempts| *attempts > 0);
    attempts.ok_or_else(|| set.refuse("is no number of attempts: use 1 or more"))
}

fn request(method: Method, url: &str, name: HeaderName, value: HeaderValue) -> Result<Request<Bytes>, Failed> {
    let request = Request::builder().method(method).uri(url).header(name, value).body(Bytes::new());
    request.map_err(|error| Failed::Broken(format!("{url}: {error}")))
}

fn judge(response: &Response<Bytes>) -> Verdict<Bytes> {
    match response.status() {
        StatusCode::OK => Verdict::Done(response.body().clone()),
        status if status.is_server_error() || status == StatusCode::UNAUTHORIZED => {
            Verdict::Retry(format!("answered {status}"))
        }
        status => Verdict::Fail(format!("answered {status}")),
    }
}

fn text(bytes: &Bytes) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default().trim()
}

/// Services accept credentials for a while that the metadata service could not renew in time.
fn extended(credentials: Credentials, time: &SharedTimeSource) -> Credentials {
    let now = time.now();
    match credentials.expiry() {
        Some(expiry) if expiry <= now => {
            tracing::warn!(?expiry, "instance metadata gave expired credentials; they are tried for ten minutes more");
            let mut extended = credentials;
            *extended.expiry_mut() = Some(now + EXTENSION);
            extended
        }
        _ => credentials,
    }
}
