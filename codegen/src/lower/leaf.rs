//! Table entries of simple shapes, lists and maps, and the Rust types of all shapes.

use super::graph::{self, Node};
use super::{Context, limits};
use crate::Error;
use crate::ir::{Constraints, Leaf, LeafKind, NamedKind, Prelude, RustType, ShapeRef, TimestampFormat};
use crate::parse::{Kind, Member, Shape, Traits};
use crate::traits::{TraitsExt, str_of};

/// Lists of lists of lists and so on beyond this are taken for endless.
const DEPTH: usize = 32;

/// Traits that make an entry of a member's own.
const OWN: [&str; 6] = ["length", "pattern", "range", "sensitive", "timestampFormat", "uniqueItems"];

impl<'a> Context<'a> {
    /// The table entry for what a member holds, and whether it is sensitive.
    pub(super) fn shape_ref(&mut self, member_id: &str, member: &Member) -> Result<(ShapeRef, bool), Error> {
        let node = self.graph.get(member_id, &member.target)?;
        let own: Traits = OWN
            .iter()
            .filter_map(|name| Some((format!("smithy.api#{name}"), member.traits.api(name)?.clone())))
            .collect();
        let has_type = matches!(node, Node::Shape(id, shape) if self.types.contains_key(id)
            && matches!(shape.kind, Kind::Structure | Kind::Union));
        if own.is_empty() || has_type {
            return match node {
                Node::Prelude(prelude) => Ok((ShapeRef::Prelude(prelude), false)),
                Node::Unit => Err(unit(member_id)),
                Node::Shape(id, shape) => {
                    Ok((self.entry(id, id, shape, &shape.traits)?, shape.traits.has("sensitive")))
                }
            };
        }
        let (entry, sensitive) = match node {
            Node::Prelude(prelude) => (self.simple_entry(member_id, prelude, &own)?, own.has("sensitive")),
            Node::Unit => return Err(unit(member_id)),
            Node::Shape(id, shape) => {
                let mut traits = shape.traits.clone();
                traits.extend(own);
                (self.entry(member_id, id, shape, &traits)?, traits.has("sensitive"))
            }
        };
        Ok((entry, sensitive))
    }

    /// The entry of a shape under the id `key`, which is a member's where `traits` are not the shape's alone.
    fn entry(&mut self, key: &str, id: &str, shape: &'a Shape, traits: &Traits) -> Result<ShapeRef, Error> {
        if key == id
            && let Some(known) = self.types.get(id)
        {
            return Ok(ShapeRef::Table(known.table.clone()));
        }
        if let Some((table, _)) = self.leaves.get(key) {
            return Ok(ShapeRef::Table(table.clone()));
        }
        let kind = match shape.kind {
            Kind::List => return self.collection(key, id, shape, traits),
            Kind::Map => return self.collection(key, id, shape, traits),
            Kind::IntEnum => {
                LeafKind::IntEnum(super::types::int_values(id, shape)?.into_iter().map(|(_, n)| n).collect())
            }
            _ if super::types::is_text_enum(shape) => {
                LeafKind::Enum(super::types::variants(id, shape)?.into_iter().map(|variant| variant.value).collect())
            }
            _ => match graph::simple(shape.kind) {
                Some(prelude) => return self.simple_entry(key, prelude, traits),
                None => {
                    let (from, to, found) = (key.into(), id.into(), shape.kind.describe());
                    return Err(Error::WrongKind { from, to, found, expected: "data" });
                }
            },
        };
        self.add(key, kind, traits)
    }

    /// The prelude's entry where no trait asks for another.
    fn simple_entry(&mut self, key: &str, prelude: Prelude, traits: &Traits) -> Result<ShapeRef, Error> {
        let format = traits.api("timestampFormat").filter(|_| prelude == Prelude::Timestamp);
        let format = format.map(|value| timestamp_format(key, value)).transpose()?;
        let kind = match format {
            Some(format) if format != TimestampFormat::EpochSeconds => LeafKind::Timestamp(format),
            _ => LeafKind::Simple(prelude),
        };
        let plain = matches!(kind, LeafKind::Simple(_)) && !traits.has("sensitive");
        if plain && limits::constraints(key, traits)?.is_empty() {
            return Ok(ShapeRef::Prelude(prelude));
        }
        self.add(key, kind, traits)
    }

    /// The entry of a list or map. Its name is taken first, so that a list that holds itself comes to an end.
    fn collection(&mut self, key: &str, id: &str, shape: &'a Shape, traits: &Traits) -> Result<ShapeRef, Error> {
        let table = self.new_static(&static_of(key));
        self.leaves.insert(key.into(), (table.clone(), None));
        let sparse = traits.has("sparse");
        let kind = if shape.kind == Kind::List {
            LeafKind::List { item: self.part(id, "member", shape.member.as_ref())?, sparse }
        } else {
            let key = self.part(id, "key", shape.key.as_ref())?;
            LeafKind::Map { key, value: self.part(id, "value", shape.value.as_ref())?, sparse }
        };
        let leaf = self.leaf(key, table.clone(), kind, traits)?;
        self.leaves.insert(key.into(), (table.clone(), Some(leaf)));
        Ok(ShapeRef::Table(table))
    }

    fn part(&mut self, id: &str, name: &str, member: Option<&Member>) -> Result<ShapeRef, Error> {
        let member = member.ok_or_else(|| missing(id, name))?;
        Ok(self.shape_ref(&format!("{id}${name}"), member)?.0)
    }

    fn add(&mut self, key: &str, kind: LeafKind, traits: &Traits) -> Result<ShapeRef, Error> {
        if let Some((table, _)) = self.leaves.get(key) {
            return Ok(ShapeRef::Table(table.clone()));
        }
        let table = self.new_static(&static_of(key));
        let leaf = self.leaf(key, table.clone(), kind, traits)?;
        self.leaves.insert(key.into(), (table.clone(), Some(leaf)));
        Ok(ShapeRef::Table(table))
    }

    fn leaf(&self, key: &str, table: String, kind: LeafKind, traits: &Traits) -> Result<Leaf, Error> {
        let constraints: Constraints = limits::constraints(key, traits)?;
        Ok(Leaf { table, shape_id: key.into(), kind, sensitive: traits.has("sensitive"), constraints })
    }

    /// The Rust type of what a reference leads to.
    pub(super) fn rust_type(&self, from: &str, target: &str) -> Result<RustType, Error> {
        self.rust_type_at(from, target, 0)
    }

    fn rust_type_at(&self, from: &str, target: &str, depth: usize) -> Result<RustType, Error> {
        let (id, shape) = match self.graph.get(from, target)? {
            Node::Prelude(prelude) => return Ok(rust_of(prelude)),
            Node::Unit => return Err(unit(from)),
            Node::Shape(id, shape) => (id, shape),
        };
        if depth > DEPTH {
            let problem = "holds lists or maps of itself without end";
            return Err(Error::shape(id, problem, "put a structure between them"));
        }
        if let Some(known) = self.types.get(id) {
            return Ok(RustType::Named(known.kind, known.rust.clone()));
        }
        let part = |name: &str, member: &Option<Member>| {
            let member = member.as_ref().ok_or_else(|| missing(id, name))?;
            self.rust_type_at(&format!("{id}${name}"), &member.target, depth + 1).map(Box::new)
        };
        let sparse = shape.traits.has("sparse");
        match shape.kind {
            Kind::List => Ok(RustType::List { item: part("member", &shape.member)?, sparse }),
            Kind::Map => {
                let key = part("key", &shape.key)?;
                if !matches!(*key, RustType::String | RustType::Named(NamedKind::Enum, _)) {
                    return Err(Error::shape(id, "has keys that are not text", "let the keys be a string or an enum"));
                }
                Ok(RustType::Map { key, value: part("value", &shape.value)?, sparse })
            }
            kind => graph::simple(kind).map(rust_of).ok_or_else(|| {
                let (from, to, found) = (from.into(), id.into(), kind.describe());
                Error::WrongKind { from, to, found, expected: "data" }
            }),
        }
    }
}

fn rust_of(prelude: Prelude) -> RustType {
    match prelude {
        Prelude::Boolean => RustType::Bool,
        Prelude::Byte => RustType::I8,
        Prelude::Short => RustType::I16,
        Prelude::Integer => RustType::I32,
        Prelude::Long => RustType::I64,
        Prelude::Float => RustType::F32,
        Prelude::Double => RustType::F64,
        Prelude::BigInteger => RustType::BigInteger,
        Prelude::BigDecimal => RustType::BigDecimal,
        Prelude::String => RustType::String,
        Prelude::Blob => RustType::Blob,
        Prelude::Timestamp => RustType::Timestamp,
        // A reference to the unit type never comes this far.
        Prelude::Document | Prelude::Unit => RustType::Document,
    }
}

/// The name for the static of a shape or of a member: `Container$member` is `CONTAINER_MEMBER`.
fn static_of(key: &str) -> String {
    graph::name(key).replace('$', "_")
}

fn timestamp_format(shape: &str, value: &serde_json::Value) -> Result<TimestampFormat, Error> {
    let name = "smithy.api#timestampFormat";
    match str_of(shape, name, value)? {
        "epoch-seconds" => Ok(TimestampFormat::EpochSeconds),
        "date-time" => Ok(TimestampFormat::DateTime),
        "http-date" => Ok(TimestampFormat::HttpDate),
        other => Err(Error::bad_trait(shape, name, format!("`{other}` is no format"))),
    }
}

fn unit(member: &str) -> Error {
    Error::shape(member, "refers to `smithy.api#Unit`, which only unions may hold", "point it at another shape")
}

fn missing(id: &str, name: &str) -> Error {
    Error::shape(id, format!("has no `{name}`"), "say what it holds")
}
