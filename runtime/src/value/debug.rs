//! `Debug` for every generated structure and union, with sensitive values hidden.

use super::{Node, Structure, Union, Value};
use crate::schema::{Kind, Shape};
use std::fmt::{Debug, Formatter, Result};

/// What stands for a sensitive value.
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// Writes a structure or union by its Rust field names; a sensitive value shows as a fixed text.
pub fn debug(value: &dyn Value, f: &mut Formatter<'_>) -> Result {
    match value.node() {
        Node::Structure(structure) => debug_structure(structure, f),
        Node::Union(union) => debug_union(union, f),
        _ => f.write_str("?"),
    }
}

fn debug_structure(structure: &dyn Structure, f: &mut Formatter<'_>) -> Result {
    let shape = structure.shape();
    if shape.sensitive {
        return f.write_str(REDACTED);
    }
    let mut out = f.debug_struct(shape.name());
    for (index, member) in shape.members().iter().enumerate() {
        if let Some(value) = structure.member(index) {
            out.field(member.field, &View { node: value.node(), shape: member.shape });
        }
    }
    out.finish()
}

fn debug_union(union: &dyn Union, f: &mut Formatter<'_>) -> Result {
    let shape = union.shape();
    if shape.sensitive {
        return f.write_str(REDACTED);
    }
    match union.variant() {
        Ok((index, value)) => {
            let member = &shape.members()[index];
            f.debug_tuple(member.name).field(&View { node: value.node(), shape: member.shape }).finish()
        }
        Err(unknown) => Debug::fmt(unknown, f),
    }
}

struct View<'a> {
    node: Node<'a>,
    shape: &'static Shape,
}

impl Debug for View<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if matches!(self.node, Node::Absent) {
            return f.write_str("None");
        }
        if self.shape.sensitive {
            return f.write_str(REDACTED);
        }
        match &self.node {
            Node::Absent => f.write_str("None"),
            Node::Boolean(value) => value.fmt(f),
            Node::Integer(value) => value.fmt(f),
            Node::Float(value) => value.fmt(f),
            Node::Double(value) => value.fmt(f),
            Node::Number(value) => f.write_str(value),
            Node::String(value) => value.fmt(f),
            Node::Blob(value) => write!(f, "Blob({} bytes)", value.len()),
            Node::Timestamp(value) => write!(f, "{value}"),
            Node::Document(value) => value.fmt(f),
            Node::List(list) => {
                let items = (0..list.len()).filter_map(|index| list.item(index));
                f.debug_list().entries(items.map(|item| View { node: item.node(), shape: self.value_shape() })).finish()
            }
            Node::Map(map) => {
                let key_sensitive =
                    matches!(&self.shape.kind, Kind::Map(map) if map.key.is_some_and(|key| key.sensitive));
                let entries = map.entries();
                f.debug_map()
                    .entries(entries.iter().map(|(key, value)| {
                        let key = if key_sensitive { REDACTED } else { key };
                        (key, View { node: value.node(), shape: self.value_shape() })
                    }))
                    .finish()
            }
            Node::Structure(structure) => debug_structure(*structure, f),
            Node::Union(union) => debug_union(*union, f),
        }
    }
}

impl View<'_> {
    fn value_shape(&self) -> &'static Shape {
        match &self.shape.kind {
            Kind::List(collection) | Kind::Map(collection) => collection.value,
            _ => self.shape,
        }
    }
}
