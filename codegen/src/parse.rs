//! Reads a Smithy JSON AST, version 1.0 or 2.x, into plain shapes with `apply` and mixins resolved.

mod flatten;
mod upgrade;

use crate::Error;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Traits by absolute id.
pub(crate) type Traits = BTreeMap<String, Value>;

/// A model: every shape by absolute id.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) shapes: BTreeMap<String, Shape>,
}

/// A shape as the AST has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) traits: Traits,
    #[serde(default)]
    pub(crate) members: Members,
    /// Of a list.
    pub(crate) member: Option<Member>,
    /// Of a map.
    pub(crate) key: Option<Member>,
    /// Of a map.
    pub(crate) value: Option<Member>,
    #[serde(default)]
    pub(crate) mixins: Vec<Target>,
    /// Of an operation.
    pub(crate) input: Option<Target>,
    /// Of an operation.
    pub(crate) output: Option<Target>,
    /// Of an operation or service.
    #[serde(default)]
    pub(crate) errors: Vec<Target>,
    /// Of a service.
    #[serde(default)]
    pub(crate) version: String,
    /// Of a service: shape ids and the names that they take.
    #[serde(default)]
    pub(crate) rename: BTreeMap<String, String>,
    /// Of a service or resource.
    #[serde(default)]
    pub(crate) operations: Vec<Target>,
    /// Of a service or resource.
    #[serde(default)]
    pub(crate) resources: Vec<Target>,
    /// Of a resource.
    #[serde(default)]
    pub(crate) collection_operations: Vec<Target>,
    pub(crate) create: Option<Target>,
    pub(crate) put: Option<Target>,
    pub(crate) read: Option<Target>,
    pub(crate) update: Option<Target>,
    pub(crate) delete: Option<Target>,
    pub(crate) list: Option<Target>,
}

/// What a shape is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Kind {
    Apply,
    BigDecimal,
    BigInteger,
    Blob,
    Boolean,
    Byte,
    Document,
    Double,
    Enum,
    Float,
    IntEnum,
    Integer,
    /// A set of Smithy 1.0 is a list of different items.
    #[serde(alias = "set")]
    List,
    Long,
    Map,
    Operation,
    Resource,
    Service,
    Short,
    String,
    Structure,
    Timestamp,
    Union,
}

impl Kind {
    /// The kind with its article, for messages.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Apply => "an apply statement",
            Self::BigDecimal => "a bigDecimal",
            Self::BigInteger => "a bigInteger",
            Self::Blob => "a blob",
            Self::Boolean => "a boolean",
            Self::Byte => "a byte",
            Self::Document => "a document",
            Self::Double => "a double",
            Self::Enum => "an enum",
            Self::Float => "a float",
            Self::IntEnum => "an intEnum",
            Self::Integer => "an integer",
            Self::List => "a list",
            Self::Long => "a long",
            Self::Map => "a map",
            Self::Operation => "an operation",
            Self::Resource => "a resource",
            Self::Service => "a service",
            Self::Short => "a short",
            Self::String => "a string",
            Self::Structure => "a structure",
            Self::Timestamp => "a timestamp",
            Self::Union => "a union",
        }
    }

    /// The kind as the AST spells it.
    pub(crate) fn name(self) -> &'static str {
        self.describe().rsplit(' ').next().unwrap_or_default()
    }
}

/// A member of a shape.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Member {
    pub(crate) target: String,
    #[serde(default)]
    pub(crate) traits: Traits,
}

/// A reference to a shape.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Target {
    pub(crate) target: String,
}

/// Members in the order of the model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members(pub(crate) Vec<(String, Member)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries { what: "member", value: PhantomData }).map(Self)
    }
}

/// Reads the model's text.
pub(crate) fn parse(text: &str) -> Result<Model, Error> {
    let ast: Ast = serde_json::from_str(text)?;
    if !(ast.smithy.starts_with("1.") || ast.smithy.starts_with("2.")) && ast.smithy != "1" && ast.smithy != "2" {
        return Err(Error::Version(ast.smithy));
    }
    let mut model = flatten::flatten(ast.shapes.0)?;
    if ast.smithy.starts_with('1') {
        upgrade::upgrade(&mut model);
    }
    Ok(model)
}

#[derive(Deserialize)]
struct Ast {
    smithy: String,
    #[serde(default)]
    shapes: Shapes,
    #[serde(default, rename = "metadata")]
    _metadata: IgnoredAny,
}

/// All entries of `shapes`; several `apply` statements may share an id.
#[derive(Default)]
struct Shapes(Vec<(String, Shape)>);

impl<'de> Deserialize<'de> for Shapes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries { what: "shape", value: PhantomData }).map(Self)
    }
}

/// Reads an object in order and names the entry in which something is wrong.
struct Entries<T> {
    what: &'static str,
    value: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
    type Value = Vec<(String, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with a {} in each entry", self.what)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0));
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Named { what: self.what, name: &name, value: PhantomData })?;
            entries.push((name, value));
        }
        Ok(entries)
    }
}

struct Named<'a, T> {
    what: &'static str,
    name: &'a str,
    value: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Named<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
            .map_err(|error| D::Error::custom(format!("{} `{}`: {error}", self.what, self.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(text: &str) -> String {
        parse(text).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn an_error_names_the_shape_and_the_place() {
        let text = error_of(r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "structure", "members": {"c": {}}}}}"#);
        assert!(text.contains("shape `a#B`: member `c`: missing field `target`"), "{text}");
        assert!(text.contains("line 1"), "{text}");
    }

    #[test]
    fn other_versions_are_refused() {
        let text = error_of(r#"{"smithy": "3.0", "shapes": {}}"#);
        assert!(text.contains("version `3.0`"), "{text}");
    }
}
