//! Specs: what a caller asks a template for.

mod current;

pub(crate) use current::resolve_current;

use super::schema::{Invalid, Kind, Schema, Type, with_defaults};
use super::yaml::{self, Node, Place, Value};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fmt;

/// A spec that does not fit. It tells where and why, never which value: specs are secret.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SpecError {
    /// Everything that was found, one thing at least.
    pub(crate) problems: Vec<Problem>,
}

/// One thing that does not fit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    /// Such as `instances[0].spec.port`.
    pub(crate) path: String,
    /// Where in the text.
    pub(crate) at: Place,
    /// Why.
    pub(crate) reason: String,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 10;
        for (index, Problem { path, at, reason }) in self.problems.iter().take(SHOWN).enumerate() {
            let begin = if index == 0 { "The spec is invalid" } else { "; and" };
            write!(f, "{begin} at {path} (line {}): {reason}", at.line)?;
        }
        match self.problems.len().saturating_sub(SHOWN) {
            0 => f.write_str("."),
            more => write!(f, "; and {more} times more."),
        }
    }
}

impl std::error::Error for SpecError {}

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
    /// What in the spec does not fit.
    pub(crate) fn environment_inputs(&self, spec: &str) -> Result<Json, SpecError> {
        let root = document(spec, "EnvironmentSpec", &["proton", "spec"])?;
        let mut problems = Vec::new();
        let inputs = inputs(self.environment.as_ref(), root.get("spec"), root.at, "spec", &mut problems);
        inputs.ok_or(SpecError { problems })
    }

    /// What a service's spec asks for, with defaults in those parts that must fit. What it keeps is [resolved] before.
    ///
    /// [resolved]: resolve_current
    ///
    /// # Errors
    /// What in the spec does not fit.
    pub(crate) fn service_spec(&self, spec: &str, only: Only<'_>) -> Result<ServiceSpec, SpecError> {
        let root = document(spec, "ServiceSpec", &["proton", "pipeline", "instances"])?;
        let mut problems = Vec::new();
        let pipeline = match (&self.pipeline, root.get("pipeline")) {
            (_, node) if !only.has_pipeline() => node.map(Node::to_json),
            (None, Some(node)) => {
                problems.push(problem("pipeline", node.at, "the template has no pipeline"));
                None
            }
            (None, None) => None,
            (Some(kind), node) => inputs(Some(kind), node, root.at, "pipeline", &mut problems),
        };
        let list = root.get("instances").ok_or_else(|| error("instances", root.at, "it is required"))?;
        if list.items().is_empty() {
            problems.push(problem("instances", list.at, "it must be a list with at least one instance"));
        }
        let mut names = BTreeSet::new();
        let mut instances = Vec::new();
        for (index, node) in list.items().iter().enumerate() {
            let path = format!("instances[{index}]");
            if !known_keys(node, &["name", "environment", "spec"], &path, &mut problems) {
                continue;
            }
            let name = name_at(node, "name", &path, &mut problems);
            let environment = name_at(node, "environment", &path, &mut problems);
            // Without `spec`, or with nothing after it, it has no inputs.
            let given = node.get("spec").filter(|node| !matches!(node.value, Value::Null));
            let inputs = if name.as_deref().is_none_or(|name| only.has_instance(name)) {
                inputs(self.service.as_ref(), given, node.at, &format!("{path}.spec"), &mut problems)
            } else {
                Some(given.map_or_else(|| Json::Object(Default::default()), Node::to_json))
            };
            let (Some(name), Some(environment), Some(inputs)) = (name, environment, inputs) else { continue };
            if !names.insert(name.clone()) {
                problems.push(problem(&format!("{path}.name"), node.at, &format!("another instance is called {name}")));
            }
            instances.push(Instance { name, environment, inputs });
        }
        if problems.is_empty() { Ok(ServiceSpec { pipeline, instances }) } else { Err(SpecError { problems }) }
    }
}

fn document(spec: &str, kind: &str, known: &[&str]) -> Result<Node, SpecError> {
    let root =
        yaml::parse(spec).map_err(|source| error("spec", source.at, &format!("it is not YAML: {}", source.reason)))?;
    match root.get("proton") {
        Some(node) if node.text() == Some(kind) => {}
        Some(node) => return Err(error("proton", node.at, &format!("it must be {kind}"))),
        None => return Err(error("proton", root.at, &format!("it is required and must be {kind}"))),
    }
    let mut problems = Vec::new();
    known_keys(&root, known, "", &mut problems);
    if problems.is_empty() { Ok(root) } else { Err(SpecError { problems }) }
}

/// Notes the keys of an object that a spec does not have; false where it is no object.
fn known_keys(node: &Node, known: &[&str], path: &str, problems: &mut Vec<Problem>) -> bool {
    if !matches!(node.value, Value::Map(_)) {
        problems.push(problem(path, node.at, &format!("it must be an object, not {}", node.kind())));
        return false;
    }
    for (key, _) in node.entries().iter().filter(|(key, _)| !known.contains(&key.text.as_str())) {
        let path = if path.is_empty() { key.text.clone() } else { format!("{path}.{}", key.text) };
        problems.push(problem(&path, key.at, &format!("a spec has no such key here; it has {}", known.join(", "))));
    }
    true
}

fn name_at(node: &Node, key: &str, path: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let path = format!("{path}.{key}");
    let Some(found) = node.get(key) else {
        problems.push(problem(&path, node.at, "it is required"));
        return None;
    };
    // A name of digits alone is a number to YAML.
    let text = match &found.value {
        Value::Text(text) => text.clone(),
        Value::Number(number) if !number.is_f64() => number.to_string(),
        _ => {
            problems.push(problem(&path, found.at, &format!("it must be a string, not {}", found.kind())));
            return None;
        }
    };
    let starts = text.starts_with(|first: char| first.is_ascii_alphanumeric());
    let rest = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if starts && rest && text.len() <= 100 {
        return Some(text);
    }
    let reason = "it must be 1 to 100 letters, digits, - and _, the first a letter or digit";
    problems.push(problem(&path, found.at, reason));
    None
}

/// The inputs of a part with their defaults; `None` where they do not fit.
fn inputs(
    kind: Option<&Type>,
    node: Option<&Node>,
    at: Place,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Option<Json> {
    let empty = Node { value: Value::Map(Vec::new()), at, tag: None, start: 0 };
    // `spec:` with nothing after it is a spec without inputs.
    let node = node.filter(|node| !matches!(node.value, Value::Null)).unwrap_or(&empty);
    let none = Type {
        kind: Kind::Object { properties: Default::default(), required: Vec::new(), open: false },
        ..Type::default()
    };
    let kind = kind.unwrap_or(&none);
    let kept = current::places(node);
    let unkept = kept.into_iter().map(|(below, at)| Invalid { path: below, at, reason: current::NOTHING.to_owned() });
    let mut invalid: Vec<_> = unkept.collect();
    if invalid.is_empty() {
        invalid = kind.check(node);
    }
    let fits = invalid.is_empty();
    problems.extend(
        invalid.into_iter().map(|Invalid { path: below, at, reason }| problem(&format!("{path}{below}"), at, &reason)),
    );
    fits.then(|| with_defaults(kind, Some(node.to_json()))).flatten()
}

fn problem(path: &str, at: Place, reason: &str) -> Problem {
    let path = if path.is_empty() { "spec" } else { path };
    Problem { path: path.to_owned(), at, reason: reason.to_owned() }
}

fn error(path: &str, at: Place, reason: &str) -> SpecError {
    SpecError { problems: vec![problem(path, at, reason)] }
}
