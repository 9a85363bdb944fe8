//! A shape of the older description as a shape of Smithy's JSON AST.

use super::suite::{Reference, Shape};
use anyhow::{Result, bail, ensure};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The namespace of converted models.
pub(super) const NAMESPACE: &str = "conform";

/// The absolute id of a shape.
pub(super) fn id(name: &str) -> String {
    format!("{NAMESPACE}#{name}")
}

/// The AST of one shape. `query` says whether the service also answers codes of the query protocol.
pub(super) fn convert(name: &str, shape: &Shape, query: bool) -> Result<Value> {
    let mut ast = Map::new();
    let mut traits = general(shape);
    let kind = match shape.kind.as_str() {
        "structure" if shape.document => {
            ensure!(shape.members.is_empty(), "shape `{name}` is a document with members");
            "document"
        }
        "structure" => {
            ast.insert("members".into(), members(shape)?);
            if shape.exception {
                error(shape, query, &mut traits);
            }
            if shape.union { "union" } else { "structure" }
        }
        "list" => {
            ast.insert("member".into(), inner(name, shape.member.as_ref())?);
            length(shape, &mut traits);
            "list"
        }
        "map" => {
            ast.insert("key".into(), inner(name, shape.key.as_ref())?);
            ast.insert("value".into(), inner(name, shape.value.as_ref())?);
            length(shape, &mut traits);
            "map"
        }
        "string" if !shape.values.is_empty() => {
            ast.insert("members".into(), values(name, &shape.values)?);
            "enum"
        }
        "integer" if !shape.values.is_empty() => {
            ast.insert("members".into(), values(name, &shape.values)?);
            "intEnum"
        }
        "string" | "blob" => {
            length(shape, &mut traits);
            shape.kind.as_str()
        }
        "timestamp" => {
            if let Some(format) = &shape.timestamp_format {
                traits.insert("smithy.api#timestampFormat".into(), smithy_format(name, format)?.into());
            }
            "timestamp"
        }
        "byte" | "short" | "integer" | "long" | "float" | "double" => {
            bounds("smithy.api#range", shape, &mut traits);
            shape.kind.as_str()
        }
        "boolean" | "bigInteger" | "bigDecimal" => shape.kind.as_str(),
        "biginteger" => "bigInteger",
        "bigdecimal" => "bigDecimal",
        other => bail!("shape `{name}` has the type `{other}`, which the converter does not know"),
    };
    ast.insert("type".into(), kind.into());
    ast.insert("traits".into(), traits.into());
    Ok(ast.into())
}

/// The name that a member has on the wire.
pub(super) fn wire_name<'a>(name: &'a str, member: &'a Reference) -> &'a str {
    match (&member.location, &member.location_name) {
        (None, Some(wire)) => wire,
        _ => name,
    }
}

/// Smithy's name of a timestamp format.
pub(super) fn smithy_format(place: &str, format: &str) -> Result<&'static str> {
    Ok(match format {
        "unixTimestamp" | "epoch-seconds" => "epoch-seconds",
        "iso8601" | "date-time" => "date-time",
        "rfc822" | "http-date" => "http-date",
        other => bail!("`{place}` has the timestamp format `{other}`, which the converter does not know"),
    })
}

fn general(shape: &Shape) -> Map<String, Value> {
    let mut traits = Map::new();
    let mut set = |name: &str, value: Value| traits.insert(format!("smithy.api#{name}"), value);
    if let Some(text) = &shape.documentation {
        set("documentation", text.as_str().into());
    }
    if shape.sparse {
        set("sparse", json!({}));
    }
    if shape.sensitive {
        set("sensitive", json!({}));
    }
    if let Some(value) = &shape.default {
        set("default", value.clone());
    }
    if let Some(pattern) = &shape.pattern {
        set("pattern", pattern.as_str().into());
    }
    if let Some(value) = deprecated(shape.deprecated, shape.deprecated_message.as_deref()) {
        set("deprecated", value);
    }
    traits
}

/// The value of the trait `deprecated`, where there is one.
pub(super) fn deprecated(flag: bool, message: Option<&str>) -> Option<Value> {
    flag.then(|| message.map_or_else(|| json!({}), |message| json!({ "message": message })))
}

fn members(shape: &Shape) -> Result<Value> {
    let mut members = Map::new();
    for (name, member) in &shape.members {
        let mut ast = reference(name, member)?;
        if shape.required.contains(name) {
            ast["traits"]["smithy.api#required"] = json!({});
        }
        members.insert(wire_name(name, member).to_owned(), ast);
    }
    Ok(members.into())
}

fn inner(name: &str, reference_to: Option<&Reference>) -> Result<Value> {
    match reference_to {
        Some(to) => reference(name, to),
        None => bail!("shape `{name}` does not say what it holds"),
    }
}

fn reference(name: &str, member: &Reference) -> Result<Value> {
    let mut traits = Map::new();
    let mut set = |name: &str, value: Value| traits.insert(format!("smithy.api#{name}"), value);
    if let Some(text) = &member.documentation {
        set("documentation", text.as_str().into());
    }
    if let Some(format) = &member.timestamp_format {
        set("timestampFormat", smithy_format(name, format)?.into());
    }
    if let Some(value) = &member.default {
        set("default", value.clone());
    }
    if member.host_label {
        set("hostLabel", json!({}));
    }
    if member.idempotency_token {
        set("idempotencyToken", json!({}));
    }
    if member.sensitive {
        set("sensitive", json!({}));
    }
    if let Some(value) = deprecated(member.deprecated, member.deprecated_message.as_deref()) {
        set("deprecated", value);
    }
    if let Some(param) = &member.context_param {
        traits.insert("smithy.rules#contextParam".into(), param.clone());
    }
    Ok(json!({ "target": id(&member.shape), "traits": traits }))
}

fn error(shape: &Shape, query: bool, traits: &mut Map<String, Value>) {
    let facts = shape.error.as_ref();
    let server = shape.fault || facts.is_some_and(|facts| facts.fault == Some(true));
    traits.insert("smithy.api#error".into(), if server { "server" } else { "client" }.into());
    let status = facts.and_then(|facts| facts.http_status_code);
    if let Some(status) = status {
        traits.insert("smithy.api#httpError".into(), status.into());
    }
    if let Some(retryable) = &shape.retryable {
        let throttling = retryable["throttling"] == json!(true);
        traits.insert("smithy.api#retryable".into(), json!({ "throttling": throttling }));
    }
    if let Some(code) = facts.and_then(|facts| facts.code.as_deref()).filter(|_| query) {
        let fallback = if facts.is_some_and(|facts| facts.sender_fault) || !server { 400 } else { 500 };
        let status = status.unwrap_or(fallback);
        traits.insert("aws.protocols#awsQueryError".into(), json!({ "code": code, "httpResponseCode": status }));
    }
}

fn length(shape: &Shape, traits: &mut Map<String, Value>) {
    bounds("smithy.api#length", shape, traits);
}

fn bounds(name: &str, shape: &Shape, traits: &mut Map<String, Value>) {
    let mut value = Map::new();
    for (key, bound) in [("min", &shape.min), ("max", &shape.max)] {
        if let Some(bound) = bound {
            value.insert(key.into(), bound.clone());
        }
    }
    if !value.is_empty() {
        traits.insert(name.into(), value.into());
    }
}

/// Enum members, which need names where the description has values alone.
fn values(shape: &str, values: &[Value]) -> Result<Value> {
    let mut members = Map::new();
    let mut taken = BTreeSet::new();
    for value in values {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string().replace('-', "MINUS_"),
            other => bail!("enum `{shape}` has the value {other}, which is neither text nor a number"),
        };
        let mut name: String = text.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            name.insert_str(0, "V_");
        }
        while !taken.insert(name.to_ascii_lowercase()) {
            name.push_str("_2");
        }
        let ast = json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": value } });
        members.insert(name, ast);
    }
    Ok(members.into())
}
