//! Parameters by name, custom resolvers, and what survives the way through the shared vocabulary.

use super::{AuthScheme, Endpoint, ParamValue, Params, ResolveEndpoint, ResolveEndpointError, RulesResolver, resolve};
use aws_smithy_runtime_api::client::endpoint::EndpointFuture;
use aws_smithy_types::Document;
use aws_smithy_types::endpoint::Endpoint as SharedEndpoint;
use std::collections::HashMap;
use std::io;

#[test]
fn names_of_settings_are_the_fields() {
    let mut params = Params::default();
    for name in ["Region", "Endpoint", "AccountId", "AccountIdEndpointMode"] {
        assert_eq!(params.string(name), None);
        params.set(name, "value");
        assert_eq!(params.string(name), Some("value"));
    }
    for name in ["UseFIPS", "UseDualStack"] {
        assert_eq!(params.boolean(name), Some(false));
        params.set(name, true);
        assert_eq!(params.boolean(name), Some(true));
    }
    assert_eq!((params.region(), params.endpoint()), (Some("value"), Some("value")));
    assert_eq!((params.use_fips(), params.use_dual_stack()), (Some(true), Some(true)));
    assert_eq!((params.account_id(), params.account_id_endpoint_mode()), (Some("value"), Some("value")));
}

#[test]
fn a_value_of_another_kind_is_not_given_out() {
    let mut params = Params::default();
    params.set("Region", true);
    params.set("UseFIPS", "true");
    assert_eq!(params, Params::default());
    params.set("Arns", vec!["a".to_owned()]);
    params.set("Bucket", "b");
    assert_eq!((params.string("Arns"), params.boolean("Bucket"), params.strings("Region")), (None, None, None));
    assert_eq!(params.strings("Arns"), Some(&["a".to_owned()][..]));
    params.set("Bucket", ParamValue::Boolean(false));
    assert_eq!((params.string("Bucket"), params.boolean("Bucket")), (None, Some(false)));
}

#[test]
fn a_region_that_would_change_the_host_is_refused() {
    let build = |region: &str| Params::builder().region(region).build().map_err(|error| error.to_string());
    assert!(build("us-east-1").is_ok());
    assert!(Params::builder().endpoint("http://localhost:1").use_dual_stack(true).build().is_ok());
    for region in ["", "a/b", "a@b", "a b", "a:1", "evil.com/?"] {
        assert_eq!(
            build(region).err(),
            Some(format!("endpoint parameter region is {region:?}: use letters, digits and dashes, as in a host name"))
        );
    }
}

fn endpoint() -> Endpoint {
    let sigv4 = AuthScheme::new("sigv4").signing_name("svc").signing_region("r").disable_double_encoding(true);
    Endpoint::new("https://example.com")
        .header("x-a", "1")
        .header("x-a", "2")
        .auth_scheme(AuthScheme::new("sigv4a").signing_region_in_set("*"))
        .auth_scheme(sigv4)
}

#[test]
fn endpoints_survive_the_shared_vocabulary() {
    let found = Endpoint::from(SharedEndpoint::from(endpoint()));
    assert_eq!(found, endpoint());
    assert_eq!(found.sigv4().and_then(|scheme| scheme.signing_name.as_deref()), Some("svc"));
}

#[test]
fn auth_schemes_may_come_as_a_document() {
    let text = |text: &str| Document::String(text.to_owned());
    let scheme = HashMap::from([("name".to_owned(), text("sigv4")), ("signingRegion".to_owned(), text("r"))]);
    let shared = SharedEndpoint::builder().url("https://x").property("authSchemes", vec![Document::Object(scheme)]);
    let expected = Endpoint::new("https://x").auth_scheme(AuthScheme::new("sigv4").signing_region("r"));
    assert_eq!(Endpoint::from(shared.build()), expected);
}

#[derive(Debug)]
struct Failing;

impl ResolveEndpoint for Failing {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        let region = params.region().unwrap_or_default();
        EndpointFuture::ready(Err(io::Error::other(format!("{region} is closed")).into()))
    }
}

#[tokio::test]
async fn resolvers_see_our_parameters_and_their_errors_become_ours() {
    let rules = RulesResolver::new(|params| match params.region() {
        Some(_) => Ok(endpoint()),
        None => Err(ResolveEndpointError::new("no region")),
    });
    let rules = rules.into_shared_resolver();
    let params = |region: &str| Params::builder().region(region).build().unwrap_or_default();
    assert_eq!(resolve(&rules, params("a")).await, Ok(endpoint()));
    let error = resolve(&rules, Params::default()).await;
    assert_eq!(error, Err(ResolveEndpointError::new("no region")));
    let error = resolve(&Failing.into_shared_resolver(), params("a")).await;
    assert_eq!(error.map_err(|error| error.to_string()), Err("no endpoint: a is closed".to_owned()));
}
