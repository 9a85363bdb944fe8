//! The cases that a model publishes for its endpoint rules (`smithy.rules#endpointTests`) as Rust tests.

use super::scope::Scope;
use crate::rules::RulesError;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A test for each case, in a module beside the one with `resolve_endpoint`.
///
/// A case counts by its `params`; how operations come to these is not looked at.
///
/// # Errors
/// The trait's value is malformed.
pub(crate) fn endpoint_tests(tests: &Value) -> Result<TokenStream, RulesError> {
    let malformed = |error: serde_json::Error| RulesError::Case { case: 0, problem: error.to_string() };
    let Tests { test_cases } = Tests::deserialize(tests).map_err(malformed)?;
    let cases = test_cases.iter().enumerate();
    let cases = cases.map(|(index, case)| test(index + 1, case)).collect::<Result<Vec<_>, _>>()?;
    let schemes = cases.iter().any(|case| case.to_string().contains("AuthScheme ::")).then(|| quote!(AuthScheme,));
    Ok(quote! {
        use super::endpoint::resolve_endpoint;
        use smithy_runtime::endpoint::{#schemes Endpoint, ParamValue, Params};

        #[track_caller]
        fn check<const N: usize>(values: [(&str, ParamValue); N], expected: Result<Endpoint, &str>) {
            let mut params = Params::default();
            for (name, value) in values {
                params.set(name, value);
            }
            let found = resolve_endpoint(&params);
            assert_eq!(found.as_ref().map_err(|error| error.message()), expected.as_ref().map_err(|error| *error));
        }

        #(#cases)*
    })
}

#[derive(Deserialize)]
struct Tests {
    #[serde(rename = "testCases")]
    test_cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    documentation: String,
    #[serde(default)]
    params: Map<String, Value>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Expected {
    Error(String),
    Endpoint {
        url: String,
        #[serde(default)]
        headers: BTreeMap<String, Vec<String>>,
        #[serde(default)]
        properties: Map<String, Value>,
    },
}

fn test(number: usize, case: &Case) -> Result<TokenStream, RulesError> {
    let params = case.params.iter().map(|(name, value)| {
        let value = param(value).ok_or_else(|| RulesError::Case {
            case: number,
            problem: format!("parameter `{name}` is {value}, which is no string, boolean or list of strings"),
        })?;
        Ok(quote!((#name, #value)))
    });
    let params = params.collect::<Result<Vec<_>, RulesError>>()?;
    let expected = match &case.expect {
        Expected::Error(message) => quote!(Err(#message)),
        Expected::Endpoint { url, headers, properties } => {
            let headers = headers.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
            let headers = headers.map(|(name, value)| quote!(.header(#name, #value)));
            let scope = &mut Scope::new("");
            let schemes = properties.get("authSchemes").map(|schemes| {
                auth_schemes(scope, "authSchemes", schemes, |_, _, text| Ok(quote!(#text)))
                    .map_err(|error| RulesError::Case { case: number, problem: error.to_string() })
            });
            let schemes = schemes.transpose()?;
            quote!(Ok(Endpoint::new(#url) #(#headers)* #schemes))
        }
    };
    let name = format_ident!("case_{number:03}");
    let docs = case.documentation.lines().map(|line| format!(" {line}"));
    let outdated = is_outdated(case).then(|| quote!(#[ignore = "older than the partitions' dual-stack addresses"]));
    Ok(quote! {
        #(#[doc = #docs])*
        #[test]
        #outdated
        fn #name() {
            check([#(#params),*], #expected);
        }
    })
}

/// Whether the case contradicts the partitions that AWS publishes: these give the isolated ones (us-iso, us-isob, …)
/// dual-stack addresses now, and models exported before expect an error. `cargo xtask conform` checks that each case
/// that is ignored for this reason does fail.
fn is_outdated(case: &Case) -> bool {
    let isolated = |region: &str| ["us-iso", "eu-iso"].iter().any(|prefix| region.starts_with(prefix));
    case.params.get("Region").and_then(Value::as_str).is_some_and(isolated)
        && matches!(&case.expect, Expected::Error(message) if message.contains("DualStack"))
}

fn param(value: &Value) -> Option<TokenStream> {
    Some(match value {
        Value::String(text) => quote!(#text.into()),
        Value::Bool(flag) => quote!(#flag.into()),
        Value::Array(items) => {
            let items = items.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
            quote!(vec![#(#items.to_owned()),*].into())
        }
        _ => return None,
    })
}

/// The calls that add an endpoint's `authSchemes`; `text` says what becomes of the texts in them.
pub(super) fn auth_schemes(
    scope: &mut Scope<'_>,
    path: &str,
    schemes: &Value,
    text: impl Fn(&mut Scope<'_>, &str, &str) -> Result<TokenStream, RulesError>,
) -> Result<TokenStream, RulesError> {
    let wrong = |scope: &Scope<'_>, path: &str, problem: &str| RulesError::AuthScheme {
        at: scope.place(path),
        problem: problem.to_owned(),
    };
    let list = schemes.as_array().ok_or_else(|| wrong(scope, path, "`authSchemes` is no list"))?;
    let mut tokens = TokenStream::new();
    for (index, scheme) in list.iter().enumerate() {
        let path = &format!("{path}[{index}]");
        let scheme = scheme.as_object().ok_or_else(|| wrong(scope, path, "the scheme is no object"))?;
        let name = scheme.get("name").and_then(Value::as_str);
        let name = name.ok_or_else(|| wrong(scope, path, "the scheme has no `name`"))?;
        let name = text(scope, path, name)?;
        let mut calls = TokenStream::new();
        for (key, value) in scheme {
            let path = &format!("{path}.{key}");
            calls.extend(match (key.as_str(), value) {
                ("name", _) | ("disableDoubleEncoding", Value::Bool(false)) => continue,
                ("disableDoubleEncoding", Value::Bool(true)) => quote!(.disable_double_encoding(true)),
                ("signingName", Value::String(name)) => {
                    let name = text(scope, path, name)?;
                    quote!(.signing_name(#name))
                }
                ("signingRegion", Value::String(region)) => {
                    let region = text(scope, path, region)?;
                    quote!(.signing_region(#region))
                }
                ("signingRegionSet", Value::Array(regions)) => {
                    let regions = regions.iter().map(|region| {
                        let region = region.as_str();
                        text(scope, path, region.ok_or_else(|| wrong(scope, path, "a Region is no string"))?)
                    });
                    let regions = regions.collect::<Result<Vec<_>, _>>()?;
                    quote!(#(.signing_region_in_set(#regions))*)
                }
                _ => return Err(wrong(scope, path, &format!("`{key}` with the value {value} is not understood"))),
            });
        }
        tokens.extend(quote!(.auth_scheme(AuthScheme::new(#name) #calls)));
    }
    Ok(tokens)
}
