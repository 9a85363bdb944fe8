//! Reading structures.

use super::ValueSeed;
use crate::codec::context::{Context, Step};
use crate::schema::Member;
use crate::value::{Node, Slot, Structure};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt::{Formatter, Result as FmtResult};

pub(super) struct StructureVisitor<'a> {
    pub(super) structure: &'a mut dyn Structure,
    pub(super) context: &'a mut Context,
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
