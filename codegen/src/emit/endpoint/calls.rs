//! Expressions of the rule language: what a function takes and gives, and the Rust that does it.

use super::choices;
use super::scope::Scope;
use super::value::{Kind, Value};
use crate::rules::template::{self, Part};
use crate::rules::{Call, Expression, RulesError};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A call, in a condition or as an argument.
pub(super) fn call(scope: &mut Scope<'_>, at: &str, call: &Call) -> Result<Value, RulesError> {
    let argument = |index: usize| format!("{at}.argv[{index}]");
    let (first, second) = (argument(0), argument(1));
    Ok(match (call.function.as_str(), call.argv.as_slice()) {
        ("isSet", [value]) => {
            let value = expression(scope, &first, value)?;
            if matches!(value.kind, Kind::Optional(_)) { value.is_set() } else { Value::flag(true) }
        }
        ("not", [value]) => flag(scope, &first, value)?.negated(),
        ("booleanEquals", [left, right]) => {
            let (left, right) = (flag(scope, &first, left)?, flag(scope, &second, right)?);
            match (left.constant, right.constant) {
                (_, Some(true)) => left,
                (_, Some(false)) => left.negated(),
                (Some(true), _) => right,
                (Some(false), _) => right.negated(),
                _ => Value::equal(&left, &right),
            }
        }
        ("stringEquals", [left, right]) => {
            let (left, right) = (text(scope, &first, left)?, text(scope, &second, right)?);
            Value::equal(&left, &right)
        }
        ("getAttr", [value, path]) => {
            let value = expression(scope, &first, value)?;
            let Expression::Template(path) = path else {
                return Err(mistyped(scope, &second, "a computed value", "a path", "write the path as text"));
            };
            attribute(scope, at, value, path)?
        }
        ("isValidHostLabel", [value, subdomains]) => {
            let (value, subdomains) = label(scope, at, value, subdomains)?;
            Value::new(Kind::Flag, quote!(functions::is_valid_host_label(#value, #subdomains)))
        }
        ("aws.isVirtualHostableS3Bucket", [value, subdomains]) => {
            let (value, subdomains) = label(scope, at, value, subdomains)?;
            Value::new(Kind::Flag, quote!(functions::is_virtual_hostable_s3_bucket(#value, #subdomains)))
        }
        ("aws.partition", [region]) => {
            let region = text(scope, &first, region)?.borrowed();
            Value::optional(Kind::Partition, quote!(functions::partition(#region)))
        }
        ("aws.parseArn", [value]) => {
            let value = text(scope, &first, value)?.borrowed();
            Value::optional(Kind::Arn, quote!(functions::parse_arn(#value)))
        }
        ("parseURL", [value]) => {
            let value = text(scope, &first, value)?.borrowed();
            Value::optional(Kind::Url, quote!(functions::parse_url(#value)))
        }
        ("uriEncode", [value]) => {
            let value = text(scope, &first, value)?.borrowed();
            Value::new(Kind::OwnedText, quote!(functions::uri_encode(#value)))
        }
        ("substring", [value, start, stop, reverse]) => {
            let value = text(scope, &first, value)?.borrowed();
            let (start, stop) = (number(scope, &second, start)?, number(scope, &argument(2), stop)?);
            let reverse = flag(scope, &argument(3), reverse)?.tokens;
            Value::optional(Kind::Text, quote!(functions::substring(#value, #start, #stop, #reverse)))
        }
        ("split", [value, delimiter, limit]) => {
            let (value, delimiter) =
                (text(scope, &first, value)?.borrowed(), text(scope, &second, delimiter)?.borrowed());
            let limit = number(scope, &argument(2), limit)?;
            Value::new(Kind::Parts, quote!(functions::split(#value, #delimiter, #limit)))
        }
        ("ite", [condition, branches @ ..]) if branches.len() == 2 => {
            choices::if_then_else(scope, at, condition, branches)?
        }
        ("coalesce", arguments) if arguments.len() > 1 => choices::coalesce(scope, at, arguments)?,
        (function, arguments) => {
            let (at, function, found) = (scope.place(at), function.to_owned(), arguments.len());
            return Err(match arity(&function) {
                Some(expected) => RulesError::Arguments { at, function, expected, found },
                None => RulesError::UnknownFunction { at, function },
            });
        }
    })
}

/// How many arguments a function takes; `None` where there is no such function.
fn arity(function: &str) -> Option<usize> {
    match function {
        "isSet" | "not" | "aws.partition" | "aws.parseArn" | "parseURL" | "uriEncode" => Some(1),
        "booleanEquals" | "stringEquals" | "getAttr" | "isValidHostLabel" | "aws.isVirtualHostableS3Bucket" => Some(2),
        // Two at least.
        "coalesce" => Some(2),
        "split" | "ite" => Some(3),
        "substring" => Some(4),
        _ => None,
    }
}

pub(super) fn expression(scope: &mut Scope<'_>, at: &str, expression: &Expression) -> Result<Value, RulesError> {
    match expression {
        Expression::Reference { name } => scope.get(at, name),
        Expression::Call(inner) => call(scope, at, inner),
        Expression::Flag(flag) => Ok(Value::flag(*flag)),
        Expression::Template(text) => template(scope, at, text),
        Expression::Number(number) => {
            Err(mistyped(scope, at, format!("the number {number}"), "a value", "numbers are positions for `substring`"))
        }
    }
}

/// An expression that has to be text.
pub(super) fn text(scope: &mut Scope<'_>, at: &str, text: &Expression) -> Result<Value, RulesError> {
    let value = expression(scope, at, text)?;
    match value.kind {
        Kind::Text | Kind::OwnedText => Ok(value),
        kind => Err(unfit(scope, at, &kind, "a string")),
    }
}

pub(super) fn flag(scope: &mut Scope<'_>, at: &str, flag: &Expression) -> Result<Value, RulesError> {
    let value = expression(scope, at, flag)?;
    match value.kind {
        Kind::Flag => Ok(value),
        kind => Err(unfit(scope, at, &kind, "a boolean")),
    }
}

fn number(scope: &mut Scope<'_>, at: &str, number: &Expression) -> Result<Literal, RulesError> {
    match number {
        Expression::Number(number) => Ok(Literal::usize_unsuffixed(*number)),
        _ => Err(mistyped(scope, at, "something else", "a number", "write the position as a number")),
    }
}

/// The two arguments of functions that check labels.
fn label(
    scope: &mut Scope<'_>,
    at: &str,
    value: &Expression,
    subdomains: &Expression,
) -> Result<(TokenStream, TokenStream), RulesError> {
    let value = text(scope, &format!("{at}.argv[0]"), value)?.borrowed();
    Ok((value, flag(scope, &format!("{at}.argv[1]"), subdomains)?.tokens))
}

/// Text with values filled in.
pub(super) fn template(scope: &mut Scope<'_>, at: &str, template: &str) -> Result<Value, RulesError> {
    let malformed = |scope: &Scope<'_>| RulesError::Template { at: scope.place(at), template: template.to_owned() };
    let parts = template::parse(template).ok_or_else(|| malformed(scope))?;
    match parts.as_slice() {
        [] => return Ok(Value::literal("")),
        [Part::Text(text)] => return Ok(Value::literal(text)),
        [Part::Value { name, path }] => return filled(scope, at, name, *path),
        _ => {}
    }
    let mut format = String::new();
    let mut arguments = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) => format += &text.replace('{', "{{").replace('}', "}}"),
            Part::Value { name, path } => {
                let value = filled(scope, at, name, path)?;
                match value.ident() {
                    Some(ident) => format += &format!("{{{ident}}}"),
                    None => {
                        format += "{}";
                        arguments.push(value.tokens);
                    }
                }
            }
        }
    }
    Ok(Value::new(Kind::OwnedText, quote!(format!(#format #(, #arguments)*))))
}

/// The text that a name in a template stands for.
fn filled(scope: &mut Scope<'_>, at: &str, name: &str, path: Option<&str>) -> Result<Value, RulesError> {
    let mut value = scope.get(at, name)?;
    if let Some(path) = path {
        value = attribute(scope, at, value, path)?;
    }
    match value.kind {
        Kind::Text | Kind::OwnedText => Ok(value),
        kind => Err(unfit(scope, at, &kind, "a string")),
    }
}

/// The part of a value that a path such as `resourceId[1]` leads to.
fn attribute(scope: &Scope<'_>, at: &str, value: Value, path: &str) -> Result<Value, RulesError> {
    let missing = |value: &Value, attribute: &str| RulesError::Attribute {
        at: scope.place(at),
        value: value.kind.to_string(),
        attribute: attribute.to_owned(),
    };
    let mut value = value;
    for step in path.split('.') {
        let (key, index) = match step.split_once('[') {
            Some((key, index)) => (key, Some(index.strip_suffix(']').ok_or_else(|| missing(&value, step))?)),
            None => (step, None),
        };
        if !key.is_empty() {
            value = field(&value, key).ok_or_else(|| missing(&value, key))?;
        }
        if let Some(index) = index {
            let index = index.parse().map_err(|_| missing(&value, step))?;
            value = item(&value, index).ok_or_else(|| missing(&value, step))?;
        }
    }
    Ok(value)
}

fn field(value: &Value, key: &str) -> Option<Value> {
    let (kind, field) = match (&value.kind, key) {
        (Kind::Partition, "name") => (Kind::Text, quote!(name)),
        (Kind::Partition, "dnsSuffix") => (Kind::Text, quote!(dns_suffix)),
        (Kind::Partition, "dualStackDnsSuffix") => (Kind::Text, quote!(dual_stack_dns_suffix)),
        (Kind::Partition, "implicitGlobalRegion") => (Kind::Text, quote!(implicit_global_region)),
        (Kind::Partition, "supportsFIPS") => (Kind::Flag, quote!(supports_fips)),
        (Kind::Partition, "supportsDualStack") => (Kind::Flag, quote!(supports_dual_stack)),
        (Kind::Arn, "partition") => (Kind::Text, quote!(partition)),
        (Kind::Arn, "service") => (Kind::Text, quote!(service)),
        (Kind::Arn, "region") => (Kind::Text, quote!(region)),
        (Kind::Arn, "accountId") => (Kind::Text, quote!(account_id)),
        (Kind::Arn, "resourceId") => (Kind::Parts, quote!(resource_id)),
        (Kind::Url, "scheme") => (Kind::Text, quote!(scheme)),
        (Kind::Url, "authority") => (Kind::Text, quote!(authority)),
        (Kind::Url, "path") => (Kind::Text, quote!(path)),
        (Kind::Url, "normalizedPath") => (Kind::Text, quote!(normalized_path.as_str())),
        (Kind::Url, "isIp") => (Kind::Flag, quote!(is_ip)),
        _ => return None,
    };
    let value = &value.tokens;
    Some(Value::new(kind, quote!(#value.#field)))
}

fn item(value: &Value, index: isize) -> Option<Value> {
    let read = match usize::try_from(index) {
        Ok(0) => quote!(first()),
        Ok(index) => {
            let index = Literal::usize_unsuffixed(index);
            quote!(get(#index))
        }
        // -1 is the last.
        Err(_) => {
            let index = Literal::usize_unsuffixed(index.unsigned_abs() - 1);
            quote!(iter().nth_back(#index))
        }
    };
    let list = &value.tokens;
    match value.kind {
        Kind::Strings => Some(Value::optional(Kind::Text, quote!(#list.#read.map(String::as_str)))),
        Kind::Parts => Some(Value::optional(Kind::Text, quote!(#list.#read.copied()))),
        _ => None,
    }
}

pub(super) fn unfit(scope: &Scope<'_>, at: &str, found: &Kind, expected: &'static str) -> RulesError {
    let advice = match found {
        Kind::Optional(_) => "put an `isSet` condition or an `assign` before it",
        _ => "change the expression or the parameter's type",
    };
    mistyped(scope, at, found.to_string(), expected, advice)
}

fn mistyped(
    scope: &Scope<'_>,
    at: &str,
    found: impl Into<String>,
    expected: &'static str,
    advice: &'static str,
) -> RulesError {
    RulesError::Type { at: scope.place(at), found: found.into(), expected, advice }
}
