//! Where a value that is read goes.

use crate::codec::context::{Context, Place};
use crate::value::{List, Map, Union, Value};
use serde::de::Error;

/// A value that is there, or one that comes into being once it is known that no `null` stands for it.
pub(crate) enum Target<'a> {
    Value(&'a mut dyn Value),
    /// The next item of a list, and whether `null` is one.
    Item(&'a mut dyn List, bool),
    /// What stands under a key, and whether `null` may.
    Entry(&'a mut dyn Map, &'a str, bool),
    /// The member of a union at an index.
    Variant(&'a mut dyn Union, usize),
}

impl<'a> Target<'a> {
    /// The value to write to.
    pub(super) fn value<E: Error>(self, place: &Place<'_>) -> Result<&'a mut dyn Value, E> {
        match self {
            Self::Value(value) => Ok(value),
            Self::Item(list, _) => Ok(list.push()),
            Self::Entry(map, key, _) => Ok(map.insert(key)),
            Self::Variant(union, index) => {
                let unknown = || E::custom(format_args!("{} has no member {index}", place.shape.id));
                union.select(index).ok_or_else(unknown)
            }
        }
    }

    /// What `null` means: a `null` in a list or map that is not sparse is left out.
    pub(super) fn clear(self, place: &Place<'_>, context: &mut Context) {
        match self {
            Self::Value(value) => value.clear(),
            Self::Item(list, true) => list.push().clear(),
            Self::Entry(map, key, true) => map.insert(key).clear(),
            Self::Item(..) | Self::Entry(..) => context.null(place),
            Self::Variant(..) => {}
        }
    }
}
