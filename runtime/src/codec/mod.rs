//! Between generated types and JSON, or any other self-describing serde format.
//!
//! One encoder and one decoder walk the [`Shape`](crate::schema::Shape) tables. They are generic
//! over the format alone: a type adds a table, not code.

mod context;
mod decode;
mod document;
mod encode;
mod leaf;
#[cfg(test)]
mod tests;

pub use context::{DecodeError, Missing};
pub(crate) use context::{Step, path};
pub(crate) use encode::View;

use crate::value::{Empty, Node, Structure, Value};
use context::{Context, Place};
use decode::{Seed, Target};
use serde::de::DeserializeSeed;

/// Writes a structure as the JSON text that a service reads.
///
/// # Errors
/// A timestamp that its format cannot express (a year past 9999, say).
pub fn encode(structure: &dyn Structure) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&View { node: Node::Structure(structure), shape: structure.shape(), wire: true })
}

/// Reads the JSON text that a service wrote into a structure. Empty text and `null` are `{}`.
///
/// Unknown members are skipped. Required members that are missing take their empty value and are
/// named in the result.
///
/// # Errors
/// Text that is not JSON, is cut off, goes on after the value, nests deeper than 128 levels, or
/// holds a value of the wrong type; the error has the path of the member.
pub fn decode(json: &[u8], structure: &mut dyn Structure) -> Result<Missing, DecodeError> {
    let nothing = matches!(json.trim_ascii(), b"" | b"null");
    read(if nothing { b"{}" } else { json }, structure, Context::new(true))
}

/// Reads the JSON text that a client wrote into a structure, as [`decode`] does; but `null` in a list or map that the
/// model does not call sparse counts as missing.
#[cfg(feature = "server")]
pub(crate) fn decode_request(json: &[u8], structure: &mut dyn Structure) -> Result<Missing, DecodeError> {
    read(json, structure, Context::of_request())
}

fn read(json: &[u8], structure: &mut dyn Structure, mut context: Context) -> Result<Missing, DecodeError> {
    let shape = structure.shape();
    // Checked once as a whole, text need not be checked string by string.
    let Ok(text) = std::str::from_utf8(json) else {
        let error = serde::de::Error::custom("not UTF-8 text");
        return Err(context.into_error(error));
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let place = Place::top(shape);
    let seed = Seed { target: Target::Value(structure_value(structure)), place: &place, context: &mut context };
    match seed.deserialize(&mut deserializer).and_then(|_| deserializer.end()) {
        Ok(()) => Ok(context.into_missing()),
        Err(error) => Err(context.into_error(error)),
    }
}

fn structure_value(structure: &mut dyn Structure) -> &mut dyn Value {
    structure
}

/// Serialises a generated type in the wire's own form, for its `serde::Serialize`.
///
/// # Errors
/// Those of the format.
pub fn serialize<S: serde::Serializer>(
    value: &dyn Value,
    shape: &'static crate::schema::Shape,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serde::Serialize::serialize(&View { node: value.node(), shape, wire: false }, serializer)
}

/// Reads a generated type from the wire's own form, for its `serde::Deserialize`.
///
/// # Errors
/// Those of the format, values of the wrong type, and missing required members.
pub fn deserialize<'de, T, D>(shape: &'static crate::schema::Shape, deserializer: D) -> Result<T, D::Error>
where
    T: Value + Empty,
    D: serde::Deserializer<'de>,
{
    let mut context = Context::new(false);
    let mut value = T::empty();
    let place = Place::top(shape);
    let seed = Seed { target: Target::Value(&mut value), place: &place, context: &mut context };
    seed.deserialize(deserializer)?;
    match context.into_missing().first() {
        Some(path) => Err(serde::de::Error::custom(format_args!("missing required member `{path}`"))),
        None => Ok(value),
    }
}

/// Reads any JSON value.
pub(crate) fn document(json: &str) -> Result<aws_smithy_types::Document, serde_json::Error> {
    document::DocumentSeed.deserialize(&mut serde_json::Deserializer::from_str(json))
}
