//! Reading a value as its shape says.

mod collection;
mod structure;
mod union;

use super::context::Context;
use super::document::DocumentSeed;
use super::leaf;
use crate::schema::Shape;
use crate::value::{Slot, Value};
use collection::{ListVisitor, MapVisitor};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, Visitor};
use std::fmt::{Formatter, Result as FmtResult};
use structure::StructureVisitor;
use union::UnionVisitor;

/// Reads one value, or makes it absent where `null` stands; says whether there was one.
pub(super) struct ValueSeed<'a> {
    pub(super) value: &'a mut dyn Value,
    pub(super) shape: &'static Shape,
    pub(super) context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        write!(f, "a value of {}", self.shape.id)
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        self.value.clear();
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        let Self { value, shape, context } = self;
        let read = match value.slot() {
            Slot::Boolean(slot) => deserializer.deserialize_bool(leaf::BooleanVisitor(slot)),
            Slot::Byte(slot) => leaf::read_integer(deserializer, slot),
            Slot::Short(slot) => leaf::read_integer(deserializer, slot),
            Slot::Integer(slot) => leaf::read_integer(deserializer, slot),
            Slot::Long(slot) => leaf::read_integer(deserializer, slot),
            Slot::Float(slot) => deserializer.deserialize_any(leaf::FloatVisitor(|number| *slot = number as f32)),
            Slot::Double(slot) => deserializer.deserialize_any(leaf::FloatVisitor(|number| *slot = number)),
            Slot::BigInteger(slot) => leaf::read_number(deserializer, slot, context.wire),
            Slot::BigDecimal(slot) => leaf::read_number(deserializer, slot, context.wire),
            Slot::String(slot) => deserializer.deserialize_string(leaf::StringVisitor(slot)),
            Slot::Enum(slot) => deserializer.deserialize_str(leaf::EnumVisitor(slot)),
            Slot::Blob(slot) => deserializer.deserialize_str(leaf::BlobVisitor(slot)),
            Slot::Timestamp(slot) => deserializer.deserialize_any(leaf::TimestampVisitor { slot, shape }),
            Slot::Document(slot) => {
                *slot = DocumentSeed.deserialize(deserializer)?;
                Ok(())
            }
            Slot::List(list) => deserializer.deserialize_seq(ListVisitor { list, shape, context }),
            Slot::Map(map) => deserializer.deserialize_map(MapVisitor { map, shape, context }),
            Slot::Structure(structure) => deserializer.deserialize_map(StructureVisitor { structure, context }),
            Slot::Union(union) => deserializer.deserialize_map(UnionVisitor { union, context }),
        };
        read.map(|()| true)
    }
}
