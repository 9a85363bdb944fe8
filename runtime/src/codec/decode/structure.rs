//! Reading structures.

use super::{Seed, Target};
use crate::codec::context::{Context, Place};
use crate::schema::Member;
use crate::value::{Node, Slot, Structure};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt::{Formatter, Result as FmtResult};

pub(super) fn read<'de, A: MapAccess<'de>>(
    structure: &mut dyn Structure,
    place: &Place<'_>,
    context: &mut Context,
    mut entries: A,
) -> Result<(), A::Error> {
    let members = structure.shape().members();
    let mut seen = Seen::default();
    let mut next = 0;
    loop {
        let guess = context.order.guess(next);
        let Some(key) = entries.next_key_seed(KeySeed { members, guess })? else { break };
        let Some((index, value)) = key.and_then(|index| Some((index, structure.member_mut(index)?))) else {
            entries.next_value::<IgnoredAny>()?;
            continue;
        };
        if index != guess {
            context.order.learn(next, index);
        }
        next = index + 1;
        let below = place.member(&members[index]);
        match entries.next_value_seed(Seed { target: Target::Value(value), place: &below, context }) {
            Ok(true) => seen.insert(index),
            Ok(false) => {}
            Err(error) => return Err(context.at(&below, error)),
        }
    }
    let mut complete = true;
    for (index, member) in members.iter().enumerate() {
        if member.required && !seen.contains(index) {
            complete = false;
            context.missing(&place.member(member));
        }
    }
    if !complete {
        fill_required(structure);
    }
    Ok(())
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

/// Reads a key as a member's index; the guess is tried first.
struct KeySeed {
    members: &'static [Member],
    guess: usize,
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
        if self.members.get(self.guess).is_some_and(|member| member.name == key) {
            return Ok(Some(self.guess));
        }
        Ok(self.members.iter().position(|member| member.name == key))
    }
}
