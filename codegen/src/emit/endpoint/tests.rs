//! What the compiler of endpoint rules accepts, what it refuses, and in which words.

use super::{emit, endpoint_tests};
use crate::rules::{RuleSet, Rules};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

/// Compiles rules over the same parameters.
fn compile(rules: Value) -> Result<TokenStream, String> {
    let parameters = json!({
        "Region": { "type": "String", "builtIn": "AWS::Region" },
        "UseFIPS": { "type": "Boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false },
        "Arns": { "type": "stringArray", "required": true, "default": ["a", "b"] },
        "type": { "type": "string" },
        "Type": { "type": "string" },
        "Needed": { "type": "string", "required": true },
    });
    read(json!({ "version": "1.0", "parameters": parameters, "rules": rules }))
}

fn read(rules: Value) -> Result<TokenStream, String> {
    let rules = RuleSet::read("ns#Service", &rules).map_err(|error| error.to_string())?;
    emit(&Rules::Set(rules)).map_err(|error| error.to_string())
}

fn error(conditions: Value, message: Value) -> Value {
    json!({ "type": "error", "conditions": conditions, "error": message })
}

fn set(name: &str) -> Value {
    json!({ "fn": "isSet", "argv": [{ "ref": name }] })
}

/// The function's body, without its parameters' statements where there are none.
#[track_caller]
fn expect_body(rules: Value, body: TokenStream) {
    let function = quote! {
        #[doc = " The endpoint for these parameters, by the model's rules."]
        pub(crate) fn resolve_endpoint(params: &Params) -> Result<Endpoint, ResolveEndpointError> { #body }
    };
    let found = compile(rules).map(|tokens| tokens.to_string()).map(|text| match text.find("# [doc") {
        Some(start) => text.split_at(start).1.to_owned(),
        None => text,
    });
    assert_eq!(found, Ok(function.to_string()));
}

#[track_caller]
fn refused(rules: Value, message: &str) {
    assert_eq!(compile(rules).map(|tokens| tokens.to_string()), Err(message.to_owned()));
}

#[test]
fn a_parameter_found_set_is_bound_only_where_something_uses_it() {
    expect_body(
        json!([error(json!([set("Region")]), json!("in {Region}")), error(json!([set("type")]), json!("typed"))]),
        quote! {
            let region = params.string("Region");
            let type_2 = params.string("type");
            if let Some(region) = region {
                Err(ResolveEndpointError::new(format!("in {region}")))
            } else if type_2.is_some() {
                Err(ResolveEndpointError::new("typed"))
            } else {
                Err(ResolveEndpointError::new("no endpoint rule applies"))
            }
        },
    );
}

#[test]
fn keywords_and_names_that_differ_in_case_only_get_identifiers_of_their_own() {
    let both = json!([set("type"), set("Type")]);
    expect_body(
        json!([error(both, json!("{type} {Type} {{}}")), error(json!([]), json!("none"))]),
        quote! {
            let type_ = params.string("Type");
            let type_2 = params.string("type");
            if let Some(type_2) = type_2 && let Some(type_) = type_ {
                Err(ResolveEndpointError::new(format!("{type_2} {type_} {{}}")))
            } else {
                Err(ResolveEndpointError::new("none"))
            }
        },
    );
}

#[test]
fn defaults_and_required_parameters_are_never_unset() {
    let first = json!({ "fn": "getAttr", "argv": [{ "ref": "Arns" }, "[0]"], "assign": "First" });
    let empty = json!({ "fn": "stringEquals", "argv": ["", { "ref": "First" }] });
    expect_body(
        json!([error(json!([first, empty]), json!({ "ref": "Needed" })), error(json!([set("Needed")]), json!("set"))]),
        quote! {
            let arns: [String; 2usize] = ["a".to_owned(), "b".to_owned()];
            let arns = params.strings("Arns").unwrap_or(&arns);
            let Some(needed) = params.string("Needed") else {
                return Err(ResolveEndpointError::new("endpoint parameter Needed is not set"));
            };
            if let Some(first) = arns.first().map(String::as_str) && first.is_empty() {
                Err(ResolveEndpointError::new(needed.to_owned()))
            } else {
                Err(ResolveEndpointError::new("set"))
            }
        },
    );
}

#[test]
fn flags_are_tested_without_comparisons_to_literals() {
    let fips = |flag: bool| json!({ "fn": "booleanEquals", "argv": [flag, { "ref": "UseFIPS" }] });
    let not = |call: Value| json!({ "fn": "not", "argv": [call] });
    let conditions = json!([fips(false), not(fips(false)), not(set("type"))]);
    let never = json!({ "fn": "booleanEquals", "argv": [true, false] });
    expect_body(
        json!([error(json!([never, set("Region")]), json!("never")), error(conditions, json!("a"))]),
        quote! {
            let use_fips = params.boolean("UseFIPS").unwrap_or(false);
            let type_2 = params.string("type");
            if !use_fips && use_fips && type_2.is_none() {
                Err(ResolveEndpointError::new("a"))
            } else {
                Err(ResolveEndpointError::new("no endpoint rule applies"))
            }
        },
    );
}

#[test]
fn endpoints_carry_headers_and_signing_properties() {
    let scheme =
        json!({ "name": "sigv4", "signingName": "svc", "signingRegion": "{Region}", "disableDoubleEncoding": true });
    let endpoint = json!({
        "url": "https://{Region}",
        "headers": { "x-a": ["1", { "ref": "Region" }] },
        "properties": { "authSchemes": [scheme], "other": 1 },
    });
    expect_body(
        json!([{ "type": "endpoint", "conditions": [set("Region")], "endpoint": endpoint }]),
        quote! {
            let region = params.string("Region");
            if let Some(region) = region {
                Ok(Endpoint::new(format!("https://{region}"))
                    .header("x-a", "1")
                    .header("x-a", region)
                    .auth_scheme(
                        AuthScheme::new("sigv4")
                            .disable_double_encoding(true)
                            .signing_name("svc")
                            .signing_region(region)
                    ))
            } else {
                Err(ResolveEndpointError::new("no endpoint rule applies"))
            }
        },
    );
}

#[test]
fn functions_of_the_standard_library_are_called_with_what_they_take() {
    let call = |function: &str, argv: Value, name: &str| json!({ "fn": function, "argv": argv, "assign": name });
    let needed = || json!({ "ref": "Needed" });
    let conditions = json!([
        call("parseURL", json!(["http://{Needed}"]), "Url"),
        call("aws.parseArn", json!([needed()]), "Arn"),
        call("getAttr", json!([{ "ref": "Arn" }, "resourceId[1]"]), "Id"),
        call("substring", json!([{ "ref": "Id" }, 0, 6, true]), "Tail"),
        call("uriEncode", json!([{ "ref": "Tail" }]), "Encoded"),
        { "fn": "aws.isVirtualHostableS3Bucket", "argv": [{ "ref": "Encoded" }, false] },
        { "fn": "not", "argv": [{ "fn": "isSet", "argv": [{ "fn": "aws.partition", "argv": [needed()] }] }] },
    ]);
    expect_body(
        json!([error(conditions, json!("{Url#normalizedPath}")), error(json!([]), json!("none"))]),
        quote! {
            let Some(needed) = params.string("Needed") else {
                return Err(ResolveEndpointError::new("endpoint parameter Needed is not set"));
            };
            if let Some(url) = functions::parse_url(&format!("http://{needed}"))
                && let Some(arn) = functions::parse_arn(needed)
                && let Some(id) = arn.resource_id.get(1).copied()
                && let Some(tail) = functions::substring(id, 0, 6, true)
                && functions::is_virtual_hostable_s3_bucket(&functions::uri_encode(tail), false)
                && functions::partition(needed).is_none()
            {
                Err(ResolveEndpointError::new(url.normalized_path.as_str().to_owned()))
            } else {
                Err(ResolveEndpointError::new("none"))
            }
        },
    );
}

#[test]
fn calls_that_cannot_be_made_are_refused() {
    let rule = |call: Value| json!([error(json!([call]), json!("x"))]);
    refused(
        rule(json!({ "fn": "aws.frob", "argv": [] })),
        "endpoint rules of `ns#Service`, rules[0].conditions[0]: unknown function `aws.frob`; add it to \
         smithy_runtime::endpoint::functions and to codegen/src/emit/endpoint/calls.rs, or remove the rule",
    );
    refused(
        rule(json!({ "fn": "not", "argv": [true, false] })),
        "endpoint rules of `ns#Service`, rules[0].conditions[0]: `not` takes 1 arguments, not 2; correct `argv`",
    );
}

#[test]
fn names_have_to_be_in_scope_and_are_given_once() {
    let partition = json!({ "fn": "aws.partition", "argv": [{ "ref": "Region" }], "assign": "P" });
    let tree = json!({ "type": "tree", "conditions": [set("Region"), partition], "rules": [error(json!([]), json!("{P#name}"))] });
    refused(
        json!([tree, error(json!([]), json!("{P#name}"))]),
        "endpoint rules of `ns#Service`, rules[1].error: `P` is no parameter and not assigned before; \
         add it to `parameters` or assign it first",
    );
    let taken = json!({ "fn": "uriEncode", "argv": ["x"], "assign": "Region" });
    refused(
        json!([error(json!([taken]), json!("x"))]),
        "endpoint rules of `ns#Service`, rules[0].conditions[0]: `Region` is assigned, but has a value already; \
         choose another name",
    );
}

#[test]
fn types_have_to_fit() {
    refused(
        json!([error(json!([]), json!("in {Region}"))]),
        "endpoint rules of `ns#Service`, rules[0].error: a string that may be unset stands where a string belongs; \
         put an `isSet` condition or an `assign` before it",
    );
    let equal = json!({ "fn": "booleanEquals", "argv": [{ "ref": "UseFIPS" }, "true"] });
    refused(
        json!([error(json!([equal]), json!("x"))]),
        "endpoint rules of `ns#Service`, rules[0].conditions[0].argv[1]: a string stands where a boolean belongs; \
         change the expression or the parameter's type",
    );
    let attribute = json!({ "fn": "getAttr", "argv": [{ "ref": "Needed" }, "name"] });
    refused(
        json!([error(json!([attribute]), json!("x"))]),
        "endpoint rules of `ns#Service`, rules[0].conditions[0]: a string has no `name`; correct the path",
    );
    refused(
        json!([error(json!([]), json!("{Needed"))]),
        "endpoint rules of `ns#Service`, rules[0].error: braces in \"{Needed\" do not match; write `{{` and `}}` for \
         braces that are meant as such",
    );
}

#[test]
fn malformed_traits_are_refused() {
    let without_type = read(json!({ "parameters": {}, "rules": [{ "conditions": [], "error": "x" }] }));
    assert_eq!(
        without_type.map(|tokens| tokens.to_string()),
        Err("endpoint rules of `ns#Service` are malformed: missing field `type`; correct \
             `smithy.rules#endpointRuleSet`"
            .to_owned())
    );
    let parameters = json!({ "F": { "type": "boolean", "default": "yes" } });
    assert_eq!(
        read(json!({ "parameters": parameters, "rules": [] })).map(|tokens| tokens.to_string()),
        Err("endpoint rules of `ns#Service`, parameters.F: the default \"yes\" does not fit the parameter's type; \
             correct one of the two"
            .to_owned())
    );
    let case = json!({ "testCases": [{ "params": { "A": 1 }, "expect": { "error": "x" } }] });
    assert_eq!(
        endpoint_tests(&case).map(|tokens| tokens.to_string()).map_err(|error| error.to_string()),
        Err("endpoint test 1 is malformed: parameter `A` is 1, which is no string, boolean or list of strings; \
             correct `smithy.rules#endpointTests`"
            .to_owned())
    );
}
