//! Reading unions.

use super::{Seed, Target};
use crate::codec::context::{Context, Place};
use crate::value::{Union, UnknownUnion};
use serde::de::{Error, IgnoredAny, MapAccess};
use serde_json::value::RawValue;

pub(super) fn read<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    place: &Place<'_>,
    context: &mut Context,
    mut entries: A,
) -> Result<(), A::Error> {
    let members = union.shape().members();
    let mut known = None;
    let mut unknown = None;
    while let Some(key) = entries.next_key::<String>()? {
        let member = members.iter().enumerate().find(|(_, member)| member.name == key);
        match member {
            Some((index, member)) => {
                let below = place.member(member);
                let seed = Seed { target: Target::Variant(&mut *union, index), place: &below, context };
                let there = entries.next_value_seed(seed).map_err(|error| context.at(&below, error))?;
                if there && let Some(first) = known.replace(member.name) {
                    let error = format!("a union holds one member, not both `{first}` and `{}`", member.name);
                    return Err(A::Error::custom(error));
                }
            }
            None if key == "__type" => {
                entries.next_value::<IgnoredAny>()?;
            }
            None => {
                // To the letter: a number may have more digits than Rust's.
                let json = if context.wire {
                    entries.next_value::<&RawValue>()?.get().to_owned()
                } else {
                    entries.next_value::<serde_json::Value>()?.to_string()
                };
                if json != "null" {
                    unknown = Some(UnknownUnion::new(key, json));
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
