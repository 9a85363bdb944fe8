//! Where a call goes: from the configuration and the input, through the endpoint rules, to a URI.

use super::failure::Failure;
use super::handle::Inner;
use super::signature;
use crate::endpoint::functions::is_valid_host_label;
use crate::endpoint::{self, ParamValue, Params, ResolveEndpointError};
use crate::error::{BoxError, ConfigError};
use crate::operation::{HostPart, Metadata, ParamSource};
use crate::value::{Node, Structure};
use aws_credential_types::Credentials;
use aws_types::endpoint_config::AccountIdEndpointMode;
use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Uri};
use std::sync::{Arc, PoisonError};

/// A resolved endpoint, in the form that requests need.
#[derive(Debug)]
pub(crate) struct Target {
    pub(super) uri: Uri,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// The name and Region in the signature, where the endpoint has its own.
    pub(super) signing_name: Option<String>,
    pub(super) signing_region: Option<String>,
    pub(super) single_encoding: bool,
    /// The scheme that the endpoint wants in place of signatures of version 4.
    pub(super) other_scheme: Option<String>,
}

impl Target {
    /// Scheme and host, for errors.
    pub(super) fn origin(&self) -> Box<str> {
        let authority = self.uri.authority().map_or("", |authority| authority.as_str());
        format!("{}://{authority}", self.uri.scheme_str().unwrap_or("https")).into()
    }
}

/// The target of one call.
pub(super) async fn resolve(inner: &Inner, metadata: &Metadata, input: &dyn Structure) -> Result<Arc<Target>, Failure> {
    if let Some(error) = &inner.misconfigured {
        return Err(Failure::Construction(error.clone().into()));
    }
    let mut params = params(inner, metadata, input).map_err(|error| Failure::Construction(error.into()))?;
    if inner.service.account_endpoints {
        name_account(inner, metadata, &mut params).await?;
    }
    let known = {
        let last = inner.target.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(known, _)| *known == params).map(|(_, target)| Arc::clone(target))
    };
    let target = match known {
        Some(target) => target,
        None => {
            let endpoint = match &inner.config.endpoint_resolver {
                Some(resolver) => endpoint::resolve(resolver, params.clone()).await,
                None => (inner.service.resolve_endpoint)(&params),
            };
            let endpoint = endpoint.map_err(|error| Failure::Construction(explain(error, &params)))?;
            let target = Arc::new(read(&endpoint).map_err(|error| Failure::Construction(error.into()))?);
            // A resolver of the program may change its mind from call to call.
            if inner.config.endpoint_resolver.is_none() {
                let mut last = inner.target.lock().unwrap_or_else(PoisonError::into_inner);
                *last = Some((params, Arc::clone(&target)));
            }
            target
        }
    };
    if metadata.host_prefix.is_empty() {
        return Ok(target);
    }
    let uri = prefixed(&target.uri, metadata, input).map_err(|reason| Failure::Construction(reason.into()))?;
    Ok(Arc::new(Target {
        uri,
        headers: target.headers.clone(),
        signing_name: target.signing_name.clone(),
        signing_region: target.signing_region.clone(),
        single_encoding: target.single_encoding,
        other_scheme: target.other_scheme.clone(),
    }))
}

/// Adds the account of the credentials, for rules that make it part of the endpoint.
async fn name_account(inner: &Inner, metadata: &Metadata, params: &mut Params) -> Result<(), Failure> {
    let mode = inner.config.account_id_endpoint_mode.clone().unwrap_or_default();
    params.set("AccountIdEndpointMode", mode.to_string());
    if mode != AccountIdEndpointMode::Disabled
        && let Some(identity) = signature::identity(inner, metadata).await?
        && let Some(account) = identity.data::<Credentials>().and_then(Credentials::account_id)
    {
        params.set("AccountId", account.as_str());
    }
    Ok(())
}

fn params(inner: &Inner, metadata: &Metadata, input: &dyn Structure) -> Result<Params, ResolveEndpointError> {
    let config = &inner.config;
    let mut params = Params::builder()
        .set_region(config.region.as_ref().map(|region| region.as_ref().to_owned()))
        .set_use_fips(config.use_fips)
        .set_use_dual_stack(config.use_dual_stack)
        .set_endpoint(config.endpoint_url.clone())
        .build()?;
    for param in metadata.endpoint_params {
        let value = match &param.source {
            ParamSource::Text(text) => ParamValue::from(*text),
            ParamSource::Flag(flag) => ParamValue::from(*flag),
            ParamSource::List(list) => list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>().into(),
            ParamSource::Path(path) => {
                let found = path.find(input);
                match (found.text(), found.boolean()) {
                    (Some(text), _) => text.into(),
                    (None, Some(flag)) => flag.into(),
                    (None, None) => {
                        let texts: Vec<_> = found.texts().map(str::to_owned).collect();
                        if texts.is_empty() {
                            continue;
                        }
                        texts.into()
                    }
                }
            }
        };
        params.set(param.name, value);
    }
    Ok(params)
}

/// The most frequent cause gets the words that help.
fn explain(error: ResolveEndpointError, params: &Params) -> BoxError {
    if params.region().is_none() && error.message().to_ascii_lowercase().contains("region") {
        return ConfigError::MissingRegion.into();
    }
    error.into()
}

fn read(endpoint: &endpoint::Endpoint) -> Result<Target, ConfigError> {
    let mut headers = Vec::new();
    for (name, value) in &endpoint.headers {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => headers.push((name, value)),
            _ => return Err(ConfigError::Other(format!("the endpoint's header `{name}` is not valid"))),
        }
    }
    let scheme = endpoint.sigv4();
    Ok(Target {
        uri: check_url(&endpoint.url)?,
        headers,
        signing_name: scheme.and_then(|scheme| scheme.signing_name.clone()),
        signing_region: scheme.and_then(|scheme| scheme.signing_region.clone()),
        single_encoding: scheme.is_some_and(|scheme| scheme.disable_double_encoding),
        other_scheme: endpoint.auth_schemes.first().filter(|_| scheme.is_none()).map(|other| other.name.clone()),
    })
}

/// The URI that requests to this endpoint go to: its base path, ending in a slash.
pub(crate) fn check_url(url: &str) -> Result<Uri, ConfigError> {
    let invalid = |reason| ConfigError::InvalidEndpointUrl { url: without_secrets(url), reason };
    let uri: Uri = url.trim().parse().map_err(|_| invalid("is not a URL"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(invalid("does not start with http:// or https://"));
    }
    let authority = uri.authority().ok_or_else(|| invalid("has no host"))?;
    if authority.as_str().contains('@') {
        return Err(invalid("has user information"));
    }
    if uri.query().is_some() || url.contains('#') {
        return Err(invalid("has a query or a fragment"));
    }
    if uri.path().ends_with('/') {
        return Ok(uri);
    }
    let path = PathAndQuery::try_from(format!("{}/", uri.path())).map_err(|_| invalid("is not a URL"))?;
    let mut parts = uri.into_parts();
    parts.path_and_query = Some(path);
    Uri::from_parts(parts).map_err(|_| invalid("is not a URL"))
}

/// The URL without what may be secret: user information and query.
pub(crate) fn without_secrets(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let host = rest[..end].rsplit_once('@').map_or(&rest[..end], |(_, host)| host);
            format!("{scheme}://{host}{}", &rest[end..])
        }
        None => url.to_owned(),
    }
}

fn prefixed(uri: &Uri, metadata: &Metadata, input: &dyn Structure) -> Result<Uri, String> {
    let mut host = String::new();
    for part in metadata.host_prefix {
        match part {
            HostPart::Text(text) => host.push_str(text),
            HostPart::Label(index) => {
                let name = input.shape().members().get(*index).map_or("", |member| member.name);
                match input.member(*index).map(|member| member.node()) {
                    Some(Node::String(label)) if is_valid_host_label(label, false) => host.push_str(label),
                    _ => return Err(format!("`{name}` becomes part of the host name: use letters, digits and dashes")),
                }
            }
        }
    }
    host.push_str(uri.authority().map_or("", |authority| authority.as_str()));
    let mut parts = uri.clone().into_parts();
    parts.authority = Some(host.parse().map_err(|_| format!("`{host}` is not a host name"))?);
    Uri::from_parts(parts).map_err(|_| format!("`{host}` is not a host name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_paths_are_kept() {
        for (url, uri) in [
            ("http://h:1", "http://h:1/"),
            ("http://h:1/", "http://h:1/"),
            ("https://h/base", "https://h/base/"),
            (" https://[::1]:8443/a/b/ ", "https://[::1]:8443/a/b/"),
        ] {
            assert_eq!(check_url(url).map(|uri| uri.to_string()).as_deref(), Ok(uri), "{url}");
        }
    }

    #[test]
    fn other_urls_are_refused_without_their_secrets() {
        for url in ["", "h", "h:80", "/path", "ftp://h", "http://", "https://h?a=b", "https://h/#a", "https://u:pw@h/x"]
        {
            let error = check_url(url).expect_err(url).to_string();
            assert!(error.contains("endpoint_url("), "{error}");
            assert!(!error.contains("pw"), "{error}");
        }
        assert_eq!(without_secrets("https://u:pw@h:1/p?token=x"), "https://h:1/p");
    }
}
