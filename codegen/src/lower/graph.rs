//! Looks shapes up, the prelude's included.

use crate::Error;
use crate::ir::Prelude;
use crate::parse::{Kind, Model, Shape};

/// The shapes of a model, with lookups that name both ends of a broken reference.
#[derive(Clone, Copy)]
pub(super) struct Graph<'a> {
    pub(super) model: &'a Model,
}

/// What a reference leads to.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    /// A simple shape of Smithy's prelude.
    Prelude(Prelude),
    /// `smithy.api#Unit`.
    Unit,
    /// A shape of the model.
    Shape(&'a str, &'a Shape),
}

impl<'a> Graph<'a> {
    /// Follows a reference.
    pub(super) fn get(self, from: &str, to: &str) -> Result<Node<'a>, Error> {
        if let Some((id, shape)) = self.model.shapes.get_key_value(to) {
            return Ok(Node::Shape(id, shape));
        }
        if to == "smithy.api#Unit" {
            return Ok(Node::Unit);
        }
        match to.strip_prefix("smithy.api#").and_then(prelude) {
            Some(prelude) => Ok(Node::Prelude(prelude)),
            None => Err(Error::missing(from, to)),
        }
    }

    /// Follows a reference to a shape of one kind.
    pub(super) fn get_as(self, from: &str, to: &str, kind: Kind) -> Result<(&'a str, &'a Shape), Error> {
        let found = match self.get(from, to)? {
            Node::Shape(id, shape) if shape.kind == kind => return Ok((id, shape)),
            Node::Shape(_, shape) => shape.kind.describe(),
            Node::Prelude(_) => "a simple shape",
            Node::Unit => "the unit type",
        };
        Err(Error::WrongKind { from: from.into(), to: to.into(), found, expected: kind.describe() })
    }
}

/// The name of a shape id without its namespace.
pub(super) fn name(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// The prelude's shape of that name.
fn prelude(name: &str) -> Option<Prelude> {
    Some(match name.strip_prefix("Primitive").unwrap_or(name) {
        "Boolean" => Prelude::Boolean,
        "Byte" => Prelude::Byte,
        "Short" => Prelude::Short,
        "Integer" => Prelude::Integer,
        "Long" => Prelude::Long,
        "Float" => Prelude::Float,
        "Double" => Prelude::Double,
        "BigInteger" => Prelude::BigInteger,
        "BigDecimal" => Prelude::BigDecimal,
        "String" => Prelude::String,
        "Blob" => Prelude::Blob,
        "Timestamp" => Prelude::Timestamp,
        "Document" => Prelude::Document,
        _ => return None,
    })
}

/// The prelude's shape that a simple kind is like.
pub(super) fn simple(kind: Kind) -> Option<Prelude> {
    Some(match kind {
        Kind::Boolean => Prelude::Boolean,
        Kind::Byte => Prelude::Byte,
        Kind::Short => Prelude::Short,
        Kind::Integer | Kind::IntEnum => Prelude::Integer,
        Kind::Long => Prelude::Long,
        Kind::Float => Prelude::Float,
        Kind::Double => Prelude::Double,
        Kind::BigInteger => Prelude::BigInteger,
        Kind::BigDecimal => Prelude::BigDecimal,
        Kind::String | Kind::Enum => Prelude::String,
        Kind::Blob => Prelude::Blob,
        Kind::Timestamp => Prelude::Timestamp,
        Kind::Document => Prelude::Document,
        Kind::Apply | Kind::List | Kind::Map | Kind::Operation | Kind::Resource | Kind::Service => return None,
        Kind::Structure | Kind::Union => return None,
    })
}
