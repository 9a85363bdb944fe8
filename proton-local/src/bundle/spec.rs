//! Specs: what a caller asks a template for.

use super::schema::{Invalid, Kind, Schema, Type, with_defaults};
use super::yaml::{self, Node, Place, Value};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Stands for the value that is stored already.
const CURRENT: &str = "${Proton::CURRENT_VAL}";

/// A spec that does not fit. It tells where and why, never which value: specs are secret.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("The spec is invalid at {path} (line {line}): {reason}.", line = at.line)]
pub(crate) struct SpecError {
    /// Such as `instances[0].spec.port`.
    pub(crate) path: String,
    /// Where in the text.
    pub(crate) at: Place,
    /// Why.
    pub(crate) reason: String,
}

/// What a service's spec asks for, defaults filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ServiceSpec {
    /// The pipeline's inputs, where the spec has a pipeline.
    pub(crate) pipeline: Option<Json>,
    /// The instances, in the order of the spec.
    pub(crate) instances: Vec<Instance>,
}

/// One instance of a service's spec.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Instance {
    /// Its name.
    pub(crate) name: String,
    /// The environment that it is deployed in.
    pub(crate) environment: String,
    /// Its inputs.
    pub(crate) inputs: Json,
}

impl ServiceSpec {
    /// What it says of one instance.
    pub(crate) fn instance(&self, name: &str) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.name == name)
    }
}

/// Which inputs of a service's spec must fit a schema; its other parts may be on other versions.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Only<'a> {
    /// All.
    Everything,
    /// The pipeline's.
    Pipeline,
    /// Those of these instances.
    Instances(&'a BTreeSet<String>),
}

impl Only<'_> {
    fn has_pipeline(self) -> bool {
        !matches!(self, Self::Instances(_))
    }

    fn has_instance(self, name: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Pipeline => false,
            Self::Instances(names) => names.contains(name),
        }
    }
}

impl Schema {
    /// The inputs of an environment's spec.
    ///
    /// # Errors
    /// The first thing in the spec that does not fit.
    pub(crate) fn environment_inputs(&self, spec: &str) -> Result<Json, SpecError> {
        let root = document(spec, "EnvironmentSpec", &["proton", "spec"])?;
        inputs(self.environment.as_ref(), root.get("spec"), root.at, "spec")
    }

    /// What a service's spec asks for, with defaults in those parts that must fit. What it keeps is [resolved] before.
    ///
    /// [resolved]: resolve_current
    ///
    /// # Errors
    /// The first thing in the spec that does not fit.
    pub(crate) fn service_spec(&self, spec: &str, only: Only<'_>) -> Result<ServiceSpec, SpecError> {
        let root = document(spec, "ServiceSpec", &["proton", "pipeline", "instances"])?;
        let pipeline = match (&self.pipeline, root.get("pipeline")) {
            (_, node) if !only.has_pipeline() => node.map(Node::to_json),
            (None, Some(node)) => return Err(error("pipeline", node.at, "the template has no pipeline")),
            (None, None) => None,
            (Some(kind), node) => Some(inputs(Some(kind), node, root.at, "pipeline")?),
        };
        let Some(list) = root.get("instances") else {
            return Err(error("instances", root.at, "it is required"));
        };
        if list.items().is_empty() {
            return Err(error("instances", list.at, "it must be a list with at least one instance"));
        }
        let mut names = BTreeSet::new();
        let mut instances = Vec::new();
        for (index, node) in list.items().iter().enumerate() {
            let path = format!("instances[{index}]");
            known_keys(node, &["name", "environment", "spec"], &path)?;
            let name = name(node, "name", &path)?;
            if !names.insert(name.clone()) {
                return Err(error(&format!("{path}.name"), node.at, &format!("another instance is called {name}")));
            }
            let environment = self::name(node, "environment", &path)?;
            // Without `spec`, or with nothing after it, it has no inputs.
            let given = node.get("spec").filter(|node| !matches!(node.value, Value::Null));
            let inputs = if only.has_instance(&name) {
                inputs(self.service.as_ref(), given, node.at, &format!("{path}.spec"))?
            } else {
                given.map_or_else(|| Json::Object(Default::default()), Node::to_json)
            };
            instances.push(Instance { name, environment, inputs });
        }
        Ok(ServiceSpec { pipeline, instances })
    }
}

/// The text of a spec with each `${Proton::CURRENT_VAL}` replaced by what is stored; a text without any stays as it is.
///
/// # Errors
/// Text that is no spec; a place where nothing is stored.
pub(crate) fn resolve_current(spec: &str, previous: &str) -> Result<String, SpecError> {
    if !spec.contains(CURRENT) {
        return Ok(spec.to_owned());
    }
    let mut root = document(spec, "ServiceSpec", &["proton", "pipeline", "instances"])?;
    let previous = yaml::parse(previous).ok();
    resolve_service(&mut root, previous.as_ref())?;
    // JSON is YAML, and the words of a spec keep their order in it only by luck; a reader gets them sorted.
    let text = serde_json::to_string_pretty(&root.to_json());
    text.map_err(|source| error("spec", root.at, &source.to_string()))
}

fn document(spec: &str, kind: &str, known: &[&str]) -> Result<Node, SpecError> {
    let root = yaml::parse(spec).map_err(|source| SpecError {
        path: "spec".into(),
        at: source.at,
        reason: format!("it is not YAML: {}", source.reason),
    })?;
    match root.get("proton") {
        Some(node) if node.text() == Some(kind) => {}
        Some(node) => return Err(error("proton", node.at, &format!("it must be {kind}"))),
        None => return Err(error("proton", root.at, &format!("it is required and must be {kind}"))),
    }
    known_keys(&root, known, "")?;
    Ok(root)
}

fn known_keys(node: &Node, known: &[&str], path: &str) -> Result<(), SpecError> {
    if !matches!(node.value, Value::Map(_)) {
        return Err(error(path, node.at, &format!("it must be an object, not {}", node.kind())));
    }
    match node.entries().iter().find(|(key, _)| !known.contains(&key.text.as_str())) {
        None => Ok(()),
        Some((key, _)) => {
            let path = if path.is_empty() { key.text.clone() } else { format!("{path}.{}", key.text) };
            Err(error(&path, key.at, &format!("a spec has no such key here; it has {}", known.join(", "))))
        }
    }
}

fn name(node: &Node, key: &str, path: &str) -> Result<String, SpecError> {
    let path = format!("{path}.{key}");
    let found = node.get(key).ok_or_else(|| error(&path, node.at, "it is required"))?;
    // A name of digits alone is a number to YAML.
    let text = match &found.value {
        Value::Text(text) => text.clone(),
        Value::Number(number) if !number.is_f64() => number.to_string(),
        _ => return Err(error(&path, found.at, &format!("it must be a string, not {}", found.kind()))),
    };
    let starts = text.starts_with(|first: char| first.is_ascii_alphanumeric());
    let rest = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if !starts || !rest || text.len() > 100 {
        return Err(error(
            &path,
            found.at,
            "it must be 1 to 100 letters, digits, - and _, the first a letter or digit",
        ));
    }
    Ok(text)
}

fn inputs(kind: Option<&Type>, node: Option<&Node>, at: Place, path: &str) -> Result<Json, SpecError> {
    let empty = Node { value: Value::Map(Vec::new()), at, tag: None };
    // `spec:` with nothing after it is a spec without inputs.
    let node = node.filter(|node| !matches!(node.value, Value::Null)).unwrap_or(&empty);
    let none = Type {
        kind: Kind::Object { properties: Default::default(), required: Vec::new(), open: false },
        ..Type::default()
    };
    let kind = kind.unwrap_or(&none);
    kind.check(node).map_err(|Invalid { path: below, at, reason }| SpecError {
        path: format!("{path}{below}"),
        at,
        reason,
    })?;
    Ok(with_defaults(kind, Some(node.to_json())).unwrap_or_default())
}

fn resolve_service(root: &mut Node, previous: Option<&Node>) -> Result<(), SpecError> {
    let Value::Map(entries) = &mut root.value else { return Ok(()) };
    for (key, node) in entries {
        match key.text.as_str() {
            "pipeline" => resolve(node, previous.and_then(|root| root.get("pipeline")), "pipeline")?,
            "instances" => {
                let Value::List(items) = &mut node.value else { continue };
                for (index, item) in items.iter_mut().enumerate() {
                    // Instances are told apart by name, wherever they stand.
                    let name = item.get("name").map(Node::to_json);
                    let stored = previous.and_then(|root| root.get("instances")).and_then(|list| {
                        list.items().iter().find(|stored| stored.get("name").map(Node::to_json) == name)
                    });
                    resolve(item, stored, &format!("instances[{index}]"))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn resolve(node: &mut Node, stored: Option<&Node>, path: &str) -> Result<(), SpecError> {
    if node.text() == Some(CURRENT) {
        let stored = stored.ok_or_else(|| error(path, node.at, "no value is stored that could be kept"))?;
        node.value = stored.value.clone();
        return Ok(());
    }
    match &mut node.value {
        Value::Map(entries) => {
            for (key, inner) in entries {
                let below = stored.and_then(|stored| stored.get(&key.text));
                resolve(inner, below, &format!("{path}.{}", key.text))?;
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                let below = stored.and_then(|stored| stored.items().get(index));
                resolve(item, below, &format!("{path}[{index}]"))?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn error(path: &str, at: Place, reason: &str) -> SpecError {
    let path = if path.is_empty() { "spec" } else { path };
    SpecError { path: path.to_owned(), at, reason: reason.to_owned() }
}
