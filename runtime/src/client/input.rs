//! What the engine does with an input before it is written: fill in the token, look for what is missing.

use super::failure::Failure;
use super::handle::Inner;
use crate::operation::Metadata;
use crate::schema::{Kind, Shape};
use crate::value::{Node, Slot, Structure};
use aws_smithy_types::telemetry::{CapturedTelemetryAttributes, RequestedTelemetryAttributes};

/// Gives the input a fresh idempotency token where the caller gave none.
pub(super) fn fill_token(inner: &Inner, metadata: &Metadata, input: &mut dyn Structure) {
    let Some(index) = metadata.idempotency_token else { return };
    let Some(member) = input.member_mut(index) else { return };
    if matches!(member.node(), Node::Absent)
        && let Slot::String(token) = member.slot()
    {
        *token = match &inner.config.idempotency_token_provider {
            Some(provider) => provider.make_idempotency_token(),
            None => inner.random.uuid(),
        };
    }
}

/// The members that the configuration asks for, by their names in the model: text that is not sensitive.
pub(super) fn capture(requested: &RequestedTelemetryAttributes, input: &dyn Structure) -> CapturedTelemetryAttributes {
    let mut captured = CapturedTelemetryAttributes::new();
    for (index, member) in input.shape().members().iter().enumerate() {
        if requested.should_capture(member.name)
            && !member.shape.sensitive
            && let Some(Node::String(text)) = input.member(index).map(|member| member.node())
        {
            captured.insert(member.name, text);
        }
    }
    captured
}

/// An error that names the first required member without a value.
pub(super) fn check_required(input: &dyn Structure) -> Result<(), Failure> {
    let Some(mut path) = in_structure(input) else { return Ok(()) };
    path.reverse();
    let path = path.concat();
    let path = path.strip_prefix('.').unwrap_or(&path);
    Err(Failure::Construction(format!("`{path}` is required and has no value; set it").into()))
}

/// The steps to the missing member, the last first.
type Missing = Option<Vec<String>>;

fn in_structure(structure: &dyn Structure) -> Missing {
    for (index, member) in structure.shape().members().iter().enumerate() {
        let found = match structure.member(index)?.node() {
            Node::Absent if member.required => Some(Vec::new()),
            node => in_value(node, member.shape),
        };
        if let Some(path) = found {
            return step(path, || format!(".{}", member.name));
        }
    }
    None
}

fn in_value(node: Node<'_>, shape: &'static Shape) -> Missing {
    match node {
        Node::Structure(structure) => in_structure(structure),
        Node::Union(union) => {
            let (index, value) = union.variant().ok()?;
            let member = shape.members().get(index)?;
            step(in_value(value.node(), member.shape)?, || format!(".{}", member.name))
        }
        Node::List(list) if has_structures(shape) => (0..list.len())
            .find_map(|index| step(in_value(list.item(index)?.node(), below(shape)?)?, || format!("[{index}]"))),
        Node::Map(map) if has_structures(shape) => map
            .entries()
            .into_iter()
            .find_map(|(key, value)| step(in_value(value.node(), below(shape)?)?, || format!("[{key:?}]"))),
        _ => None,
    }
}

fn step(mut path: Vec<String>, text: impl FnOnce() -> String) -> Missing {
    path.push(text());
    Some(path)
}

fn below(shape: &'static Shape) -> Option<&'static Shape> {
    match &shape.kind {
        Kind::List(collection) | Kind::Map(collection) => Some(collection.value),
        _ => None,
    }
}

/// Whether the values of a collection can lack something; long lists of text need no walk.
fn has_structures(shape: &'static Shape) -> bool {
    let value = below(shape).map(|shape| &shape.kind);
    matches!(value, Some(Kind::List(_) | Kind::Map(_) | Kind::Structure(_) | Kind::Union(_)))
}
