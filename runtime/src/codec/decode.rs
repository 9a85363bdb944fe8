//! Reading a value as its shape says.

mod collection;
mod structure;
mod target;
mod union;

use super::context::{Context, Place};
use super::document::DocumentSeed;
use super::leaf;
use crate::schema::Kind;
use crate::value::Slot;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::fmt::{Formatter, Result as FmtResult};
pub(super) use target::Target;

/// Reads one value into its target, or makes it absent where `null` stands; says whether there was one.
pub(super) struct Seed<'a> {
    pub(super) target: Target<'a>,
    pub(super) place: &'a Place<'a>,
    pub(super) context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        if !self.context.wire {
            return deserializer.deserialize_option(self);
        }
        match &self.place.shape.kind {
            // All digits, which a number of Rust would round.
            Kind::BigInteger | Kind::BigDecimal => match <&RawValue>::deserialize(deserializer)?.get() {
                "null" => self.visit_unit(),
                digits => self.visit_str(digits.trim_matches('"')),
            },
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl Seed<'_> {
    fn write<E: Error>(self, write: impl FnOnce(Slot<'_>, &Place<'_>) -> Result<(), E>) -> Result<bool, E> {
        write(self.target.value(self.place)?.slot(), self.place).map(|()| true)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        leaf::expecting(self.place.shape, f)
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        self.target.clear(self.place, self.context);
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        self.visit_none()
    }

    /// A format other than the wire's may have to be told what is expected.
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        match &self.place.shape.kind {
            Kind::Boolean => deserializer.deserialize_bool(self),
            Kind::String => deserializer.deserialize_string(self),
            Kind::Enum(_) | Kind::Blob => deserializer.deserialize_str(self),
            Kind::List(_) => deserializer.deserialize_seq(self),
            Kind::Map(_) | Kind::Structure(_) | Kind::Union(_) => deserializer.deserialize_map(self),
            _ => deserializer.deserialize_any(self),
        }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        self.write(|slot, place| leaf::read_boolean(slot, place, value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        self.write(|slot, place| leaf::read_integer(slot, place, value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        self.write(|slot, place| leaf::read_unsigned(slot, place, value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
        self.write(|slot, place| leaf::read_float(slot, place, value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<bool, E> {
        self.write(|slot, place| leaf::read_text(slot, place, value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<bool, E> {
        self.write(|slot, place| match slot {
            Slot::String(slot) => {
                *slot = value;
                Ok(())
            }
            slot => leaf::read_text(slot, place, &value),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<bool, A::Error> {
        let Self { target, place, context } = self;
        match target.value(place)?.slot() {
            Slot::List(list) => collection::read_list(list, place, context, items)?,
            Slot::Document(slot) => *slot = DocumentSeed.visit_seq(items)?,
            _ => return Err(leaf::mismatch(place, Unexpected::Seq)),
        }
        Ok(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<bool, A::Error> {
        let Self { target, place, context } = self;
        match target.value(place)?.slot() {
            Slot::Structure(below) => structure::read(below, place, context, entries)?,
            Slot::Map(map) => collection::read_map(map, place, context, entries)?,
            Slot::Union(below) => union::read(below, place, context, entries)?,
            Slot::Document(slot) => *slot = DocumentSeed.visit_map(entries)?,
            _ => return Err(leaf::mismatch(place, Unexpected::Map)),
        }
        Ok(true)
    }
}
