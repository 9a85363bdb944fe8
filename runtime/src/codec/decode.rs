//! Reading a value as its shape says.

use super::context::{Context, Step};
use super::document::DocumentSeed;
use super::leaf;
use crate::schema::{Kind, Member, Shape};
use crate::value::{List, Map, Node, Slot, Structure, Union, UnknownUnion, Value};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt::{Formatter, Result as FmtResult};

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

struct ListVisitor<'a> {
    list: &'a mut dyn List,
    shape: &'static Shape,
    context: &'a mut Context,
}

impl<'de> Visitor<'de> for ListVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Kind::List(collection) = &self.shape.kind else {
            return Err(A::Error::custom(format_args!("{} is not a list", self.shape.id)));
        };
        for index in 0.. {
            self.context.enter(Step::Item(index));
            let seed =
                ItemSeed { list: self.list, shape: collection.value, sparse: collection.sparse, context: self.context };
            let more = items.next_element_seed(seed)?.is_some();
            self.context.leave();
            if !more {
                break;
            }
        }
        Ok(())
    }
}

/// Reads one item of a list; a `null` in a list that is not sparse is left out.
struct ItemSeed<'a> {
    list: &'a mut dyn List,
    shape: &'static Shape,
    sparse: bool,
    context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for ItemSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        write!(f, "a value of {}", self.shape.id)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        if self.sparse {
            self.list.push().clear();
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        ValueSeed { value: self.list.push(), shape: self.shape, context: self.context }.visit_some(deserializer)?;
        Ok(())
    }
}

struct MapVisitor<'a> {
    map: &'a mut dyn Map,
    shape: &'static Shape,
    context: &'a mut Context,
}

impl<'de> Visitor<'de> for MapVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Kind::Map(collection) = &self.shape.kind else {
            return Err(A::Error::custom(format_args!("{} is not a map", self.shape.id)));
        };
        while let Some(key) = entries.next_key::<String>()? {
            let seed = EntrySeed {
                map: self.map,
                key: &key,
                shape: collection.value,
                sparse: collection.sparse,
                context: self.context,
            };
            seed.context.enter(Step::Key(key.clone()));
            entries.next_value_seed(seed)?;
            self.context.leave();
        }
        Ok(())
    }
}

/// Reads one value of a map; a `null` in a map that is not sparse is left out.
struct EntrySeed<'a> {
    map: &'a mut dyn Map,
    key: &'a str,
    shape: &'static Shape,
    sparse: bool,
    context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for EntrySeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for EntrySeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        write!(f, "a value of {}", self.shape.id)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        if self.sparse {
            self.map.insert(self.key).clear();
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        ValueSeed { value: self.map.insert(self.key), shape: self.shape, context: self.context }
            .visit_some(deserializer)?;
        Ok(())
    }
}

struct StructureVisitor<'a> {
    structure: &'a mut dyn Structure,
    context: &'a mut Context,
}

impl<'de> Visitor<'de> for StructureVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        write!(f, "a JSON object for {}", self.structure.shape().name())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { structure, context } = self;
        let members = structure.shape().members();
        let mut seen = Seen::default();
        let mut next = 0;
        while let Some(key) = entries.next_key_seed(KeySeed { members, next })? {
            let Some((index, value)) = key.and_then(|index| Some((index, structure.member_mut(index)?))) else {
                entries.next_value::<IgnoredAny>()?;
                continue;
            };
            let member = &members[index];
            context.enter(Step::Member(member.name));
            if entries.next_value_seed(ValueSeed { value, shape: member.shape, context })? {
                seen.insert(index);
            }
            context.leave();
            next = index + 1;
        }
        let mut complete = true;
        for (index, member) in members.iter().enumerate() {
            if member.required && !seen.contains(index) {
                complete = false;
                context.missing(member.name);
            }
        }
        if !complete {
            fill_required(structure);
        }
        Ok(())
    }
}

/// Gives required members that are absent still their empty value, structures below them too.
fn fill_required(structure: &mut dyn Structure) {
    for (index, _) in structure.shape().members().iter().enumerate().filter(|(_, member)| member.required) {
        let absent = structure.member(index).is_some_and(|value| matches!(value.node(), Node::Absent));
        if absent
            && let Some(value) = structure.member_mut(index)
            && let Slot::Structure(below) = value.slot()
        {
            fill_required(below);
        }
    }
}

/// The indexes of the members that were read.
#[derive(Default)]
struct Seen([u64; 4]);

impl Seen {
    fn insert(&mut self, index: usize) {
        if let Some(word) = self.0.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }

    fn contains(&self, index: usize) -> bool {
        self.0.get(index / 64).is_none_or(|word| word & (1 << (index % 64)) != 0)
    }
}

/// Reads a key as a member's index. Services write members in one order, so the member after the
/// last one read is tried first.
struct KeySeed {
    members: &'static [Member],
    next: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("a member name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        if self.members.get(self.next).is_some_and(|member| member.name == key) {
            return Ok(Some(self.next));
        }
        Ok(self.members.iter().position(|member| member.name == key))
    }
}

struct UnionVisitor<'a> {
    union: &'a mut dyn Union,
    context: &'a mut Context,
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
