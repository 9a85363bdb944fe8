//! Operations: input, output, errors, and how they are sent.

use super::graph::{Graph, Node};
use super::{Context, endpoint, types, waiter};
use crate::ir::{Operation, Structure};
use crate::parse::{Kind, Shape, Target};
use crate::traits::TraitsExt;
use crate::{Error, docs, names};
use serde::Deserialize;

/// One operation. Pages are added later, when all types are known.
pub(super) fn lower<'a>(context: &mut Context<'a>, service: &Shape, name: &str, id: &str) -> Result<Operation, Error> {
    let (id, shape) = context.graph.get_as(id, id, Kind::Operation)?;
    let rust_name = names::type_name(name);
    let mut input = side(context, id, shape.input.as_ref(), &rust_name, "Input")?;
    let output = side(context, id, shape.output.as_ref(), &rust_name, "Output")?;
    let waiters = waiter::lower(context.graph, id, shape)?;
    if !waiters.is_empty() {
        // A wait under construction has the input's setters beside its own `wait`.
        super::member::rename(&input.shape_id, &mut input.members, "wait")?;
    }
    let traits = &shape.traits;
    Ok(Operation {
        name: name.into(),
        shape_id: id.into(),
        snake: names::operation(name),
        docs: docs::lines(traits.text(id, "documentation")?.unwrap_or_default()),
        deprecated: super::member::deprecated(id, traits)?,
        errors: errors(context, shape, service),
        idempotency_token: input.members.iter().position(|member| member.idempotency_token),
        host_prefix: endpoint::host_prefix(id, shape, &input)?,
        endpoint_params: endpoint::params(context.graph, id, shape)?,
        readonly: traits.has("readonly"),
        idempotent: traits.has("idempotent"),
        gzip: compresses(id, shape)?,
        anonymous: anonymous(service, shape),
        paginated: None,
        waiters,
        input,
        output,
        rust_name,
    })
}

/// `aws.api#clientDiscoveredEndpoint`.
#[derive(Deserialize)]
struct DiscoveredEndpoint {
    #[serde(default)]
    required: bool,
}

/// Whether the service answers the operation only at an endpoint that it names when asked.
pub(super) fn needs_discovery(graph: Graph<'_>, id: &str) -> Result<bool, Error> {
    let (_, shape) = graph.get_as(id, id, Kind::Operation)?;
    let discovered: Option<DiscoveredEndpoint> = shape.traits.read(id, "aws.api#clientDiscoveredEndpoint")?;
    Ok(discovered.is_some_and(|discovered| discovered.required))
}

/// The input or output under the operation's own name, whatever the model calls it.
fn side<'a>(
    context: &mut Context<'a>,
    operation: &str,
    target: Option<&'a Target>,
    operation_rust: &str,
    suffix: &str,
) -> Result<Structure, Error> {
    let rust_name = format!("{operation_rust}{suffix}");
    let id = format!("{operation}{suffix}");
    let table = context.new_static(&rust_name);
    let target = target.map(|target| target.target.as_str()).unwrap_or("smithy.api#Unit");
    if matches!(context.graph.get(operation, target)?, Node::Unit) {
        return Ok(empty(id, rust_name, table));
    }
    let (original, shape) = context.graph.get_as(operation, target, Kind::Structure)?;
    let members = context.members(original, shape, suffix == "Input")?;
    let mut structure = types::structure(original, shape, rust_name, table, members)?;
    structure.shape_id = id;
    Ok(structure)
}

fn empty(shape_id: String, rust_name: String, table: String) -> Structure {
    Structure {
        shape_id,
        rust_name,
        table,
        docs: Vec::new(),
        sensitive: false,
        deprecated: None,
        members: Vec::new(),
        all_optional: true,
        can_eq: true,
        error: None,
    }
}

/// Rust names of the errors that the operation or the whole service names.
fn errors(context: &Context<'_>, shape: &Shape, service: &Shape) -> Vec<String> {
    let all = shape.errors.iter().chain(&service.errors);
    let mut names: Vec<String> =
        all.filter_map(|target| context.types.get(target.target.as_str())).map(|error| error.rust.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// Whether the operation goes without a signature: it says so, or the service has nothing to sign with.
fn anonymous(service: &Shape, shape: &Shape) -> bool {
    let none = |shape: &Shape| shape.traits.api("auth").and_then(|auth| auth.as_array()).map(Vec::is_empty);
    let signs = service.traits.contains_key("aws.auth#sigv4");
    !signs || shape.traits.has("optionalAuth") || none(shape).or(none(service)).unwrap_or(false)
}

/// Whether `smithy.api#requestCompression` names gzip, the only encoding that there is.
fn compresses(id: &str, shape: &Shape) -> Result<bool, Error> {
    const NAME: &str = "smithy.api#requestCompression";
    let Some(value) = shape.traits.get(NAME) else { return Ok(false) };
    let encodings = value.get("encodings").and_then(|encodings| encodings.as_array());
    match encodings {
        Some(encodings) => Ok(encodings.iter().any(|encoding| encoding.as_str() == Some("gzip"))),
        None => Err(Error::bad_trait(id, NAME, "it has no `encodings`")),
    }
}

/// Refuses two operations, or two waiters, that become one method of the client.
pub(super) fn check_names(operations: &[Operation]) -> Result<(), Error> {
    let mut methods: Vec<(&str, String)> = Vec::new();
    let waits = |operation: &'_ Operation| {
        let waiters =
            operation.waiters.iter().map(|waiter| format!("wait_until_{}", waiter.snake.trim_start_matches("r#")));
        waiters.chain([operation.snake.clone()]).collect::<Vec<_>>()
    };
    for operation in operations {
        for method in waits(operation) {
            if let Some((first, _)) = methods.iter().find(|(_, known)| *known == method) {
                return Err(Error::Collision {
                    first: (*first).into(),
                    second: operation.shape_id.clone(),
                    rust: method,
                    place: "the client's methods".into(),
                    advice: "rename one of the operations or waiters",
                });
            }
            methods.push((&operation.shape_id, method));
        }
    }
    for (index, operation) in operations.iter().enumerate() {
        if let Some(first) = operations[..index].iter().find(|first| first.rust_name == operation.rust_name) {
            return Err(Error::Collision {
                first: first.shape_id.clone(),
                second: operation.shape_id.clone(),
                rust: operation.rust_name.clone(),
                place: "`operation`".into(),
                advice: "rename one of the operations",
            });
        }
    }
    Ok(())
}
