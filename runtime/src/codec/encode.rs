//! Writing a value as its shape says.

use super::document::DocumentView;
use super::leaf;
use crate::schema::{Kind, Member, Shape};
use crate::value::{Node, Structure, Union};
use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A value beside its shape. `wire` says that the serializer is serde_json's own.
pub(crate) struct View<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) shape: &'static Shape,
    pub(crate) wire: bool,
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.node {
            Node::Absent => serializer.serialize_none(),
            Node::Boolean(value) => serializer.serialize_bool(*value),
            Node::Integer(value) => serializer.serialize_i64(*value),
            Node::Float(value) if !value.is_finite() => serializer.serialize_str(leaf::non_finite(f64::from(*value))),
            Node::Float(value) => serializer.serialize_f32(*value),
            Node::Double(value) if !value.is_finite() => serializer.serialize_str(leaf::non_finite(*value)),
            Node::Double(value) => serializer.serialize_f64(*value),
            Node::Number(digits) => self.number(digits, serializer),
            Node::String(value) => serializer.serialize_str(value),
            Node::Blob(value) => serializer.serialize_str(&aws_smithy_types::base64::encode(value)),
            Node::Timestamp(value) => leaf::write_timestamp(value, self.shape, serializer),
            Node::Document(value) => DocumentView(value).serialize(serializer),
            Node::List(list) => {
                let mut out = serializer.serialize_seq(Some(list.len()))?;
                for item in (0..list.len()).filter_map(|index| list.item(index)) {
                    out.serialize_element(&self.below(item.node()))?;
                }
                out.end()
            }
            Node::Map(map) => {
                let entries = map.entries();
                let mut out = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    out.serialize_entry(key, &self.below(value.node()))?;
                }
                out.end()
            }
            Node::Structure(structure) => self.structure(*structure, serializer),
            Node::Union(union) => self.union(*union, serializer),
        }
    }
}

impl<'a> View<'a> {
    fn below(&self, node: Node<'a>) -> Self {
        let shape = match &self.shape.kind {
            Kind::List(collection) | Kind::Map(collection) => collection.value,
            _ => self.shape,
        };
        Self { node, shape, wire: self.wire }
    }

    fn member(&self, node: Node<'a>, member: &'static Member) -> Self {
        Self { node, shape: member.shape, wire: self.wire }
    }

    fn structure<S: Serializer>(&self, structure: &'a dyn Structure, serializer: S) -> Result<S::Ok, S::Error> {
        let present = || {
            structure.shape().members().iter().enumerate().filter_map(|(index, member)| {
                match structure.member(index)?.node() {
                    Node::Absent => None,
                    node => Some((member, node)),
                }
            })
        };
        // JSON needs no length; other formats may.
        let length = if self.wire { None } else { Some(present().count()) };
        let mut out = serializer.serialize_map(length)?;
        for (member, node) in present() {
            out.serialize_entry(member.name, &self.member(node, member))?;
        }
        out.end()
    }

    fn union<S: Serializer>(&self, union: &'a dyn Union, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(1))?;
        match union.variant() {
            Ok((index, value)) => {
                let member = &union.shape().members()[index];
                out.serialize_entry(member.name, &self.member(value.node(), member))?;
            }
            Err(unknown) if unknown.json().is_empty() => {
                return Err(S::Error::custom(format_args!("the union {} has no value", union.shape().name())));
            }
            Err(unknown) if self.wire => out.serialize_entry(unknown.name(), &raw(unknown.json())?)?,
            Err(unknown) => {
                let value: serde_json::Value = serde_json::from_str(unknown.json()).map_err(S::Error::custom)?;
                out.serialize_entry(unknown.name(), &value)?;
            }
        }
        out.end()
    }

    fn number<S: Serializer>(&self, digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
        if self.wire { raw(digits)?.serialize(serializer) } else { serializer.serialize_str(digits) }
    }
}

/// JSON text as it stands.
fn raw<E: Error>(json: &str) -> Result<Box<RawValue>, E> {
    RawValue::from_string(json.to_owned()).map_err(E::custom)
}
