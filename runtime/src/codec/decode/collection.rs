//! Reading lists and maps.

use super::{Seed, Target};
use crate::codec::context::{Context, Place};
use crate::schema::Kind;
use crate::value::{List, Map};
use serde::de::{Error, MapAccess, SeqAccess};

pub(super) fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    place: &Place<'_>,
    context: &mut Context,
    mut items: A,
) -> Result<(), A::Error> {
    let Kind::List(collection) = &place.shape.kind else {
        return Err(A::Error::custom(format_args!("{} is not a list", place.shape.id)));
    };
    for index in 0.. {
        let below = place.item(index, collection.value);
        let seed = Seed { target: Target::Item(list, collection.sparse), place: &below, context };
        match items.next_element_seed(seed) {
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(error) => return Err(context.at(&below, error)),
        }
    }
    Ok(())
}

pub(super) fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    place: &Place<'_>,
    context: &mut Context,
    mut entries: A,
) -> Result<(), A::Error> {
    let Kind::Map(collection) = &place.shape.kind else {
        return Err(A::Error::custom(format_args!("{} is not a map", place.shape.id)));
    };
    while let Some(key) = entries.next_key::<String>()? {
        let below = place.key(&key, collection.value);
        let seed = Seed { target: Target::Entry(map, &key, collection.sparse), place: &below, context };
        if let Err(error) = entries.next_value_seed(seed) {
            return Err(context.at(&below, error));
        }
    }
    Ok(())
}
