//! JSON without its secrets, as the model's tables say.

use crate::schema::{Kind, Member, Shape};
use crate::value::REDACTED;
use serde_json::{Map, Value};

/// A value as a recording keeps it: sensitive text becomes a fixed text and any other sensitive leaf `null`. Members
/// that the model does not name are left out, because nobody knows what they hold.
pub(super) fn redact(value: &Value, shape: &'static Shape) -> Value {
    in_shape(value, shape, false)
}

/// Whether a recorded value stands for any value.
pub(super) fn is_wildcard(recorded: &Value) -> bool {
    recorded.is_null() || recorded.as_str() == Some(REDACTED)
}

fn in_shape(value: &Value, shape: &'static Shape, hidden: bool) -> Value {
    let hidden = hidden || shape.sensitive;
    match (value, &shape.kind) {
        (Value::Object(map), Kind::Structure(members) | Kind::Union(members)) => {
            let known = map.iter().filter_map(|(name, value)| {
                let member = named(members, name)?;
                Some((name.clone(), in_shape(value, member.shape, hidden)))
            });
            Value::Object(known.collect())
        }
        (Value::Object(map), Kind::Map(collection)) => {
            let secret_keys = hidden || collection.key.is_some_and(|key| key.sensitive);
            let entry = |(key, value): (&String, &Value)| {
                let key = if secret_keys { REDACTED.to_owned() } else { key.clone() };
                (key, in_shape(value, collection.value, hidden))
            };
            Value::Object(map.iter().map(entry).collect::<Map<_, _>>())
        }
        (Value::Array(items), Kind::List(collection)) => {
            items.iter().map(|item| in_shape(item, collection.value, hidden)).collect()
        }
        // The text is read back as text; as base64 it could not be.
        (Value::String(_), Kind::String | Kind::Enum(_)) if hidden => REDACTED.into(),
        (_, Kind::Document) if !hidden => value.clone(),
        // Also what is not of the shape's kind: nobody knows what it is.
        (Value::Object(_) | Value::Array(_), _) => Value::Null,
        _ if hidden => Value::Null,
        _ => value.clone(),
    }
}

fn named(members: &'static [Member], name: &str) -> Option<&'static Member> {
    members.iter().find(|member| member.name == name)
}
