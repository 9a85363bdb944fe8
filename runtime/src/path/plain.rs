//! Plain paths, walked over a value without writing it out.

use super::{Found, Scalar, Step};
use crate::schema::{Kind, Shape};
use crate::value::{Node, Structure};
use aws_smithy_types::Document;
use std::fmt::{Formatter, Result};

/// Walks the steps. From the first step that fans out, the result is a list without absent values.
pub(super) fn find<'a>(root: Node<'a>, steps: &[Step]) -> Found<'a> {
    let mut node = root;
    for (index, step) in steps.iter().enumerate() {
        match step {
            Step::Field(name) => node = field(&node, name),
            _ => return fan_out(node, &steps[index..]),
        }
    }
    Found::new(&node)
}

fn fan_out<'a>(node: Node<'a>, steps: &[Step]) -> Found<'a> {
    let mut nodes = vec![node];
    for (index, step) in steps.iter().enumerate() {
        let next: Option<Vec<_>> = match step {
            Step::Field(name) => Some(nodes.iter().map(|node| field(node, name)).collect()),
            // The first flattening takes one list apart; a later one joins what was collected.
            Step::Flatten if index == 0 => items(&nodes[0]).map(|items| items.into_iter().flat_map(flat).collect()),
            Step::Flatten => Some(nodes.into_iter().flat_map(flat).collect()),
            Step::Values if index == 0 => values(&nodes[0]),
            Step::Values => Some(nodes.iter().filter_map(values).flatten().collect()),
            Step::Keys if index == 0 => keys(&nodes[0]),
            Step::Keys => Some(nodes.iter().filter_map(keys).flatten().collect()),
        };
        let Some(mut next) = next else { return Found::Absent };
        next.retain(|node| !matches!(node, Node::Absent | Node::Document(Document::Null)));
        nodes = next;
    }
    Found::Many(nodes.iter().map(Scalar::new).collect())
}

fn field<'a>(node: &Node<'a>, name: &str) -> Node<'a> {
    let found = match node {
        Node::Structure(structure) => {
            let index = structure.shape().members().iter().position(|member| member.name == name);
            index.and_then(|index| structure.member(index)).map(|value| value.node())
        }
        Node::Union(union) => match union.variant() {
            Ok((index, value)) if union.shape().members().get(index).is_some_and(|member| member.name == name) => {
                Some(value.node())
            }
            _ => None,
        },
        Node::Map(map) => map.entries().into_iter().find(|(key, _)| *key == name).map(|(_, value)| value.node()),
        Node::Document(Document::Object(object)) => object.get(name).map(Node::Document),
        _ => None,
    };
    found.unwrap_or(Node::Absent)
}

fn items<'a>(node: &Node<'a>) -> Option<Vec<Node<'a>>> {
    match node {
        Node::List(list) => Some((0..list.len()).filter_map(|index| list.item(index)).map(|v| v.node()).collect()),
        Node::Document(Document::Array(items)) => Some(items.iter().map(Node::Document).collect()),
        _ => None,
    }
}

/// The items of a list; anything else is its own only item.
fn flat(node: Node<'_>) -> Vec<Node<'_>> {
    items(&node).unwrap_or_else(|| vec![node])
}

fn values<'a>(node: &Node<'a>) -> Option<Vec<Node<'a>>> {
    match node {
        Node::Map(map) => Some(map.entries().into_iter().map(|(_, value)| value.node()).collect()),
        Node::Structure(structure) => Some(members(*structure).collect()),
        Node::Document(Document::Object(object)) => Some(object.values().map(Node::Document).collect()),
        _ => None,
    }
}

fn members<'a>(structure: &'a dyn Structure) -> impl Iterator<Item = Node<'a>> {
    (0..structure.shape().members().len()).filter_map(|index| structure.member(index)).map(|value| value.node())
}

fn keys<'a>(node: &Node<'a>) -> Option<Vec<Node<'a>>> {
    match node {
        Node::Map(map) => Some(map.entries().into_iter().map(|(key, _)| Node::String(key)).collect()),
        Node::Document(Document::Object(object)) => Some(object.keys().map(|key| Node::String(key)).collect()),
        _ => None,
    }
}

/// Whether a shape on the way is sensitive, or the way leaves the model.
pub(super) fn is_sensitive(shape: &'static Shape, steps: &[Step]) -> bool {
    let mut shape = shape;
    for step in steps {
        if shape.sensitive {
            return true;
        }
        let below = match (step, &shape.kind) {
            (Step::Field(name), Kind::Structure(members) | Kind::Union(members)) => {
                members.iter().find(|member| member.name == *name).map(|member| member.shape)
            }
            (Step::Field(_) | Step::Values, Kind::Map(map)) => Some(map.value),
            (Step::Flatten, Kind::List(list)) => Some(list.value),
            // A second flattening of what is no list any more changes nothing.
            (Step::Flatten, _) => Some(shape),
            (Step::Keys, Kind::Map(map)) => map.key,
            _ => None,
        };
        let Some(below) = below else { return true };
        shape = below;
    }
    shape.sensitive
}

pub(super) fn display(steps: &[Step], f: &mut Formatter<'_>) -> Result {
    if let [before @ .., Step::Keys] = steps {
        f.write_str("keys(")?;
        display(before, f)?;
        return f.write_str(")");
    }
    if steps.is_empty() {
        return f.write_str("@");
    }
    for (index, step) in steps.iter().enumerate() {
        match step {
            Step::Field(name) if index == 0 => f.write_str(name)?,
            Step::Field(name) => write!(f, ".{name}")?,
            Step::Flatten => f.write_str("[]")?,
            Step::Values if index == 0 => f.write_str("*")?,
            Step::Values => f.write_str(".*")?,
            Step::Keys => f.write_str(".keys(@)")?,
        }
    }
    Ok(())
}
