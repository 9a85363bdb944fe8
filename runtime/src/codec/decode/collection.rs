//! Reading lists and maps.

use super::ValueSeed;
use crate::codec::context::{Context, Step};
use crate::schema::{Kind, Shape};
use crate::value::{List, Map};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use std::fmt::{Formatter, Result as FmtResult};

pub(super) struct ListVisitor<'a> {
    pub(super) list: &'a mut dyn List,
    pub(super) shape: &'static Shape,
    pub(super) context: &'a mut Context,
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
        } else {
            self.context.null();
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

pub(super) struct MapVisitor<'a> {
    pub(super) map: &'a mut dyn Map,
    pub(super) shape: &'static Shape,
    pub(super) context: &'a mut Context,
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
        } else {
            self.context.null();
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
