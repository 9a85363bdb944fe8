//! A case's value, written for people, as the wire has it.

use super::instant;
use super::shapes::{smithy_format, wire_name};
use super::suite::{Reference, Shape};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The wire form of the members of a structure.
pub(super) fn convert(shapes: &BTreeMap<String, Shape>, shape: &str, value: &Value) -> Result<Value> {
    Converter::new(shapes).value(shape, None, value).with_context(|| format!("a value of `{shape}`"))
}

/// The instants in a value that its wire form does not tell whole, as RFC 3339 text: an HTTP date is written without
/// the fraction of a second that it may be read with.
pub(super) fn cut_instants(shapes: &BTreeMap<String, Shape>, shape: &str, value: &Value) -> Result<Vec<String>> {
    let converter = Converter::new(shapes);
    converter.value(shape, None, value)?;
    Ok(converter.cut.into_inner())
}

struct Converter<'a> {
    shapes: &'a BTreeMap<String, Shape>,
    cut: RefCell<Vec<String>>,
}

impl<'a> Converter<'a> {
    fn new(shapes: &'a BTreeMap<String, Shape>) -> Self {
        Self { shapes, cut: RefCell::default() }
    }
}

impl Converter<'_> {
    fn member(&self, member: &Reference, value: &Value) -> Result<Value> {
        self.value(&member.shape, Some(member), value).with_context(|| format!("a value of `{}`", member.shape))
    }

    fn value(&self, name: &str, member: Option<&Reference>, value: &Value) -> Result<Value> {
        let shape = self.shapes.get(name).with_context(|| format!("shape `{name}` is missing"))?;
        if value.is_null() || shape.document {
            return Ok(value.clone());
        }
        // Suites that people wrote know no lists that are not sparse; Smithy's clients leave `null` out of these.
        Ok(match shape.kind.as_str() {
            "structure" => self.structure(shape, value)?,
            "list" => {
                let item = shape.member.as_ref().context("a list without items")?;
                let items = value.as_array().with_context(|| format!("{value} is no list"))?;
                // The older description knows no lists that are not sparse; Smithy's clients leave `null` out of them.
                items
                    .iter()
                    .filter(|value| shape.sparse || !value.is_null())
                    .map(|value| self.member(item, value))
                    .collect::<Result<Value>>()?
            }
            "map" => {
                let item = shape.value.as_ref().context("a map without values")?;
                let entries = value.as_object().with_context(|| format!("{value} is no map"))?;
                let entries = entries.iter().filter(|(_, value)| shape.sparse || !value.is_null());
                let entries = entries.map(|(key, value)| Ok((key.clone(), self.member(item, value)?)));
                entries.collect::<Result<Map<_, _>>>()?.into()
            }
            "blob" => base64(value.as_str().with_context(|| format!("{value} is no text"))?.as_bytes()).into(),
            "timestamp" => {
                let format = member.and_then(|member| member.timestamp_format.as_ref());
                let format = format.or(shape.timestamp_format.as_ref());
                let format = smithy_format(name, format.map_or("unixTimestamp", String::as_str))?;
                if let ("http-date", Value::String(whole)) = (format, instant::write(value, "date-time")?)
                    && whole.contains('.')
                {
                    self.cut.borrow_mut().push(whole);
                }
                instant::write(value, format)?
            }
            "string" if shape.jsonvalue || member.is_some_and(|member| member.jsonvalue) => match value {
                Value::String(_) => value.clone(),
                value => value.to_string().into(),
            },
            _ => value.clone(),
        })
    }

    fn structure(&self, shape: &Shape, value: &Value) -> Result<Value> {
        let mut out = Map::new();
        for (key, value) in value.as_object().with_context(|| format!("{value} is no structure"))? {
            let Some(member) = shape.members.get(key) else { bail!("there is no member `{key}`") };
            out.insert(wire_name(key, member).to_owned(), self.member(member, value)?);
        }
        Ok(out.into())
    }
}

/// Standard base64, padded.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, convert};
    use serde_json::json;

    #[test]
    fn base64_pads() {
        for (text, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn values_follow_their_shapes() {
        let shapes = json!({
            "In": {"type": "structure", "members": {
                "data": {"shape": "Blob"},
                "at": {"shape": "Time", "timestampFormat": "iso8601"},
                "times": {"shape": "Times"},
                "any": {"shape": "Any"},
                "old": {"shape": "In", "locationName": "Older"},
                "text": {"shape": "Text", "jsonvalue": true},
                "by": {"shape": "By"},
                "dense": {"shape": "Dense"},
            }},
            "Blob": {"type": "blob"},
            "Text": {"type": "string"},
            "Time": {"type": "timestamp"},
            "Times": {"type": "list", "member": {"shape": "Date"}, "sparse": true},
            "Date": {"type": "timestamp", "timestampFormat": "rfc822"},
            "Dense": {"type": "list", "member": {"shape": "Text"}},
            "Any": {"type": "structure", "members": {}, "document": true},
            "By": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Blob"}},
        });
        let shapes = serde_json::from_value(shapes).expect("shapes");
        let value = json!({
            "data": "foo", "at": 0, "times": [0, null], "any": {"data": [1]},
            "old": {"data": "f"}, "text": {"a": 1}, "by": {"k": "fo", "l": null}, "dense": ["a", null],
        });
        let expected = json!({
            "data": "Zm9v", "at": "1970-01-01T00:00:00Z", "times": ["Thu, 01 Jan 1970 00:00:00 GMT", null],
            "any": {"data": [1]}, "Older": {"data": "Zg=="}, "text": "{\"a\":1}", "by": {"k": "Zm8="}, "dense": ["a"],
        });
        assert_eq!(convert(&shapes, "In", &value).expect("converted"), expected);
        let error = convert(&shapes, "In", &json!({"old": {"none": 1}})).expect_err("no such member");
        assert!(format!("{error:#}").contains("no member `none`"), "{error:#}");
    }
}
