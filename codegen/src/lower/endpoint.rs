//! What operations and configuration give to the endpoint rules, and host prefixes.

use super::graph::Graph;
use super::path;
use crate::Error;
use crate::ir::{ContextParam, Expr, HostPart, ParamSource, Path, Structure};
use crate::parse::{Kind, Shape};
use crate::traits::TraitsExt;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const STATIC: &str = "smithy.rules#staticContextParams";
const CONTEXT: &str = "smithy.rules#contextParam";
const COMPUTED: &str = "smithy.rules#operationContextParams";

#[derive(Deserialize)]
struct Static {
    value: Value,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Computed {
    path: String,
}

/// The endpoint parameters that an operation fills. Fixed ones win over those of members, and these over paths.
pub(super) fn params(graph: Graph<'_>, id: &str, shape: &Shape) -> Result<Vec<ContextParam>, Error> {
    let mut params = BTreeMap::new();
    let computed: BTreeMap<String, Computed> = shape.traits.read(id, COMPUTED)?.unwrap_or_default();
    let input = shape.input.as_ref().map_or("smithy.api#Unit", |input| input.target.as_str());
    for (name, computed) in computed {
        let what = format!("endpoint parameter `{name}` of `{id}`");
        params.insert(name, ParamSource::Path(path::of_structure(graph, &what, input, &computed.path)?));
    }
    if let Some(target) = shape.input.as_ref().filter(|target| target.target != "smithy.api#Unit") {
        let (input, structure) = graph.get_as(id, &target.target, Kind::Structure)?;
        for (index, (name, member)) in structure.members.0.iter().enumerate() {
            if let Some(named) = member.traits.read::<Named>(&format!("{input}${name}"), CONTEXT)? {
                let expr = Expr::Field { of: Box::new(Expr::Current), name: name.clone(), index: Some(index) };
                params.insert(named.name, ParamSource::Path(Path { text: name.clone(), expr }));
            }
        }
    }
    let fixed: BTreeMap<String, Static> = shape.traits.read(id, STATIC)?.unwrap_or_default();
    for (name, fixed) in fixed {
        params.insert(name, fixed_value(id, fixed.value)?);
    }
    Ok(params.into_iter().map(|(name, source)| ContextParam { name, source }).collect())
}

fn fixed_value(id: &str, value: Value) -> Result<ParamSource, Error> {
    match value {
        Value::String(text) => Ok(ParamSource::Text(text)),
        Value::Bool(flag) => Ok(ParamSource::Flag(flag)),
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(Into::into)).collect();
            items.map(ParamSource::List).ok_or_else(|| Error::bad_trait(id, STATIC, "a list holds something but text"))
        }
        other => Err(Error::bad_trait(id, STATIC, format!("`{other}` is neither text, flag nor list"))),
    }
}

/// `smithy.api#endpoint`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EndpointTrait {
    host_prefix: String,
}

/// The parts of the operation's host prefix.
pub(super) fn host_prefix(id: &str, shape: &Shape, input: &Structure) -> Result<Vec<HostPart>, Error> {
    const NAME: &str = "smithy.api#endpoint";
    let Some(endpoint) = shape.traits.read::<EndpointTrait>(id, NAME)? else { return Ok(Vec::new()) };
    let mut parts = Vec::new();
    let mut rest = endpoint.host_prefix.as_str();
    while let Some((text, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').ok_or_else(|| Error::bad_trait(id, NAME, "a `{` is not closed"))?;
        let member = input.members.iter().position(|member| member.name == label);
        let member = member.ok_or_else(|| Error::bad_trait(id, NAME, format!("the input has no member `{label}`")))?;
        if !text.is_empty() {
            parts.push(HostPart::Text(text.into()));
        }
        parts.push(HostPart::Label(member));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(HostPart::Text(rest.into()));
    }
    Ok(parts)
}
