//! Reading unions.

use super::ValueSeed;
use crate::codec::context::{Context, Step};
use crate::schema::Shape;
use crate::value::{Union, UnknownUnion};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt::{Formatter, Result as FmtResult};

pub(super) struct UnionVisitor<'a> {
    pub(super) union: &'a mut dyn Union,
    pub(super) context: &'a mut Context,
}

impl<'de> Visitor<'de> for UnionVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        write!(f, "a JSON object with one member of {}", self.union.shape().name())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { union, context } = self;
        let members = union.shape().members();
        let mut known = None;
        let mut unknown = None;
        while let Some(key) = entries.next_key::<String>()? {
            let member = members.iter().enumerate().find(|(_, member)| member.name == key);
            match member {
                Some((index, member)) => {
                    context.enter(Step::Member(member.name));
                    let seed = VariantSeed { union: &mut *union, index, shape: member.shape, context: &mut *context };
                    if entries.next_value_seed(seed)?
                        && let Some(first) = known.replace(member.name)
                    {
                        let error = format!("a union holds one member, not both `{first}` and `{}`", member.name);
                        return Err(A::Error::custom(error));
                    }
                    context.leave();
                }
                None if key == "__type" => {
                    entries.next_value::<IgnoredAny>()?;
                }
                None => {
                    let value: serde_json::Value = entries.next_value()?;
                    if !value.is_null() {
                        unknown = Some(UnknownUnion::new(key, value.to_string()));
                    }
                }
            }
        }
        match (known, unknown) {
            (None, Some(unknown)) => union.set_unknown(unknown),
            (None, None) => {
                return Err(A::Error::custom(format_args!("the union {} has no member", union.shape().name())));
            }
            (Some(_), _) => {}
        }
        Ok(())
    }
}

/// Reads one member of a union; `false` where `null` stands.
struct VariantSeed<'a> {
    union: &'a mut dyn Union,
    index: usize,
    shape: &'static Shape,
    context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for VariantSeed<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for VariantSeed<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        write!(f, "a value of {}", self.shape.id)
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        match self.union.select(self.index) {
            Some(value) => {
                ValueSeed { value, shape: self.shape, context: self.context }.visit_some(deserializer)?;
                Ok(true)
            }
            None => Ok(false),
        }
    }
}
