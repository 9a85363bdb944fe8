//! What endpoint rules decide.

use aws_smithy_types::Document;
use aws_smithy_types::endpoint::{Endpoint as SharedEndpoint, EndpointAuthScheme};

/// Where a request goes and what it needs there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host and, rarely, port and base path.
    pub url: String,
    /// Headers that each request to this endpoint carries.
    pub headers: Vec<(String, String)>,
    /// Ways to sign, the preferred first; empty means the service's own way.
    pub auth_schemes: Vec<AuthScheme>,
}

impl Endpoint {
    /// An endpoint at this URL, without headers, signed in the service's own way.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }

    /// Adds a header; one name may come more than once.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a way to sign, after those that it has.
    pub fn auth_scheme(mut self, scheme: AuthScheme) -> Self {
        self.auth_schemes.push(scheme);
        self
    }

    /// What the endpoint says about signatures of version 4.
    pub fn sigv4(&self) -> Option<&AuthScheme> {
        self.auth_schemes.iter().find(|scheme| scheme.name == "sigv4")
    }
}

/// One way to sign requests to an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthScheme {
    /// `sigv4`, `sigv4a` or another name from the rule set.
    pub name: String,
    /// The service's name in the signature; `None` means the model's.
    pub signing_name: Option<String>,
    /// The Region in the signature; `None` means the client's.
    pub signing_region: Option<String>,
    /// The Regions in a signature of `sigv4a`; `*` stands for all.
    pub signing_region_set: Vec<String>,
    /// Whether path segments are percent-encoded once, not twice, in the signature.
    pub disable_double_encoding: bool,
}

impl AuthScheme {
    /// A scheme that leaves all but its name to the service.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Signs for the service with this name.
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Signs for this Region.
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Signs for this Region too, where the scheme takes several.
    pub fn signing_region_in_set(mut self, region: impl Into<String>) -> Self {
        self.signing_region_set.push(region.into());
        self
    }

    /// Chooses how path segments are encoded in the signature.
    pub fn disable_double_encoding(mut self, disable: bool) -> Self {
        self.disable_double_encoding = disable;
        self
    }
}

/// From what a [`ResolveEndpoint`](super::ResolveEndpoint) gives; properties other than `authSchemes` have no effect here.
impl From<SharedEndpoint> for Endpoint {
    fn from(shared: SharedEndpoint) -> Self {
        let mut endpoint = Self::new(shared.url());
        for (name, values) in shared.headers() {
            endpoint.headers.extend(values.map(|value| (name.to_owned(), value.to_owned())));
        }
        // Sorted, because the order of the shared type's map differs from run to run.
        endpoint.headers.sort();
        let typed = shared.auth_schemes().iter().map(|scheme| read_scheme(scheme.name(), |key| scheme.get(key)));
        endpoint.auth_schemes.extend(typed);
        if let (true, Some(Document::Array(list))) =
            (endpoint.auth_schemes.is_empty(), shared.properties().get("authSchemes"))
        {
            let objects = list.iter().filter_map(Document::as_object);
            endpoint.auth_schemes.extend(objects.filter_map(|object| {
                let name = object.get("name")?.as_string()?;
                Some(read_scheme(name, |key| object.get(key)))
            }));
        }
        endpoint
    }
}

impl From<Endpoint> for SharedEndpoint {
    fn from(endpoint: Endpoint) -> Self {
        let mut builder = Self::builder().url(endpoint.url);
        for (name, value) in endpoint.headers {
            builder = builder.header(name, value);
        }
        for scheme in endpoint.auth_schemes {
            builder = builder.auth_scheme(write_scheme(scheme));
        }
        builder.build()
    }
}

fn read_scheme<'a>(name: &str, get: impl Fn(&str) -> Option<&'a Document>) -> AuthScheme {
    let text = |key: &str| get(key).and_then(Document::as_string).map(str::to_owned);
    let regions = get("signingRegionSet").and_then(Document::as_array).into_iter().flatten();
    AuthScheme {
        name: name.to_owned(),
        signing_name: text("signingName"),
        signing_region: text("signingRegion"),
        signing_region_set: regions.filter_map(Document::as_string).map(str::to_owned).collect(),
        disable_double_encoding: get("disableDoubleEncoding").and_then(Document::as_bool).unwrap_or_default(),
    }
}

fn write_scheme(scheme: AuthScheme) -> EndpointAuthScheme {
    let mut shared = EndpointAuthScheme::with_capacity(scheme.name, 2);
    if let Some(name) = scheme.signing_name {
        shared = shared.put("signingName", name);
    }
    if let Some(region) = scheme.signing_region {
        shared = shared.put("signingRegion", region);
    }
    if !scheme.signing_region_set.is_empty() {
        let regions = scheme.signing_region_set.into_iter().map(Document::String).collect::<Vec<_>>();
        shared = shared.put("signingRegionSet", regions);
    }
    if scheme.disable_double_encoding {
        shared = shared.put("disableDoubleEncoding", true);
    }
    shared
}
