//! Values against types.

use super::{Kind, Type};
use crate::bundle::yaml::{Node, Place, Value};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A value that its type does not take. The value itself is not told: specs are secret.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Invalid {
    /// Where below the value that was checked: `.port`, `[2]`, or nothing.
    pub(crate) path: String,
    /// Where in the text.
    pub(crate) at: Place,
    /// Why.
    pub(crate) reason: String,
}

impl Type {
    /// What of a value the type does not take; nothing where it takes all of it.
    pub(crate) fn check(&self, node: &Node) -> Vec<Invalid> {
        let mut found = Vec::new();
        self.check_shape(node, &mut found);
        if found.is_empty()
            && let Some(allowed) = &self.allowed
            && !allowed.contains(&node.to_json())
        {
            let allowed: Vec<_> = allowed.iter().map(Json::to_string).collect();
            found.push(Invalid::at(node, format!("it must be one of {}", allowed.join(", "))));
        }
        found
    }

    fn check_shape(&self, node: &Node, found: &mut Vec<Invalid>) {
        match (&self.kind, &node.value) {
            (Kind::String, Value::Text(text)) => self.check_text(text, node, found),
            (Kind::Number, Value::Number(number)) => self.check_number(number, node, found),
            (Kind::Integer, Value::Number(number)) if !number.is_f64() => self.check_number(number, node, found),
            (Kind::Boolean, Value::Boolean(_)) => {}
            (Kind::Array(inner), Value::List(items)) => {
                found.extend(outside(items.len(), self.items, "items").map(|reason| Invalid::at(node, reason)));
                for (index, item) in items.iter().enumerate() {
                    found.extend(inner.check(item).into_iter().map(|invalid| invalid.below(&format!("[{index}]"))));
                }
            }
            (Kind::Object { properties, required, open }, Value::Map(entries)) => {
                for (key, value) in entries {
                    let path = format!(".{}", key.text);
                    match properties.get(&key.text) {
                        Some(inner) => found.extend(inner.check(value).into_iter().map(|invalid| invalid.below(&path))),
                        None if *open => {}
                        None => found.push(Invalid { path, at: key.at, reason: unknown(properties) }),
                    }
                }
                let absent = |name: &&String| {
                    node.get(name).is_none() && properties.get(*name).is_none_or(|inner| inner.default.is_none())
                };
                for name in required.iter().filter(absent) {
                    found.push(Invalid { path: format!(".{name}"), at: node.at, reason: "it is required".into() });
                }
            }
            (expected, _) => {
                let hint = match (expected, &node.value) {
                    (Kind::String, Value::Number(_) | Value::Boolean(_)) => "; put it in quotes",
                    (Kind::Integer | Kind::Number | Kind::Boolean, Value::Text(_)) => "; write it without quotes",
                    _ => "",
                };
                found.push(Invalid::at(node, format!("it must be {}, not {}{hint}", expected.named(), node.kind())));
            }
        }
    }

    fn check_text(&self, text: &str, node: &Node, found: &mut Vec<Invalid>) {
        found.extend(outside(text.chars().count(), self.length, "characters").map(|reason| Invalid::at(node, reason)));
        let pattern = self.pattern.as_deref().map(regex_lite::Regex::new);
        if let Some(Ok(pattern)) = pattern
            && !pattern.is_match(text)
        {
            found.push(Invalid::at(node, format!("it must match {}", pattern.as_str())));
        }
        if let Some(format) = self.format.filter(|format| !format.fits_text(text)) {
            found.push(Invalid::at(node, format!("it must be of the format {}", format.name())));
        }
    }

    fn check_number(&self, number: &serde_json::Number, node: &Node, found: &mut Vec<Invalid>) {
        let value = number.as_f64().unwrap_or_default();
        let reason = match (self.minimum, self.maximum) {
            (Some(minimum), _) if value < minimum => format!("it must be at least {minimum}"),
            (Some(minimum), _) if self.exclusive.0 && value <= minimum => format!("it must be above {minimum}"),
            (_, Some(maximum)) if value > maximum => format!("it must be at most {maximum}"),
            (_, Some(maximum)) if self.exclusive.1 && value >= maximum => format!("it must be below {maximum}"),
            _ => match self.format.filter(|format| !format.fits_number(number)) {
                Some(format) => format!("it must be of the format {}", format.name()),
                None => return,
            },
        };
        found.push(Invalid::at(node, reason));
    }
}

fn unknown(properties: &BTreeMap<String, Type>) -> String {
    let known: Vec<_> = properties.keys().map(String::as_str).collect();
    match &known[..] {
        [] => "the schema has no such input".to_owned(),
        known => format!("the schema has no such input; it has {}", known.join(", ")),
    }
}

impl Invalid {
    fn at(node: &Node, reason: String) -> Self {
        Self { path: String::new(), at: node.at, reason }
    }

    /// The same, seen from one level further out.
    pub(crate) fn below(mut self, path: &str) -> Self {
        self.path.insert_str(0, path);
        self
    }
}

/// The value with the defaults of what it leaves out.
pub(crate) fn with_defaults(kind: &Type, value: Option<Json>) -> Option<Json> {
    let value = value.or_else(|| kind.default.clone());
    match (&kind.kind, value) {
        (Kind::Object { properties, .. }, Some(Json::Object(mut entries))) => {
            for (name, inner) in properties {
                if let Some(filled) = with_defaults(inner, entries.remove(name)) {
                    entries.insert(name.clone(), filled);
                }
            }
            Some(Json::Object(entries))
        }
        (Kind::Array(inner), Some(Json::Array(items))) => {
            Some(items.into_iter().filter_map(|item| with_defaults(inner, Some(item))).collect())
        }
        (_, value) => value,
    }
}

fn outside(count: usize, (minimum, maximum): (Option<u64>, Option<u64>), things: &str) -> Option<String> {
    let count = count as u64;
    match (minimum, maximum) {
        (Some(minimum), _) if count < minimum => Some(format!("it must have at least {minimum} {things}")),
        (_, Some(maximum)) if count > maximum => Some(format!("it must have at most {maximum} {things}")),
        _ => None,
    }
}
