//! Values against types.

use super::{Kind, Type};
use crate::bundle::yaml::{Node, Place, Value};
use serde_json::Value as Json;

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
    /// Whether the type takes the value.
    ///
    /// # Errors
    /// The first thing that it does not take.
    pub(crate) fn check(&self, node: &Node) -> Result<(), Invalid> {
        let invalid = |reason: String| Err(Invalid { path: String::new(), at: node.at, reason });
        match (&self.kind, &node.value) {
            (Kind::String, Value::Text(text)) => {
                let length = text.chars().count() as u64;
                if let Some(reason) = outside(length, self.length, "characters") {
                    return invalid(reason);
                }
                let pattern = self.pattern.as_deref().map(regex_lite::Regex::new);
                if let Some(Ok(pattern)) = pattern
                    && !pattern.is_match(text)
                {
                    return invalid(format!("it must match {}", pattern.as_str()));
                }
            }
            (Kind::Number, Value::Number(number)) => self.check_range(number, node.at)?,
            (Kind::Integer, Value::Number(number)) if !number.is_f64() => self.check_range(number, node.at)?,
            (Kind::Boolean, Value::Boolean(_)) => {}
            (Kind::Array(inner), Value::List(items)) => {
                if let Some(reason) = outside(items.len() as u64, self.items, "items") {
                    return invalid(reason);
                }
                for (index, item) in items.iter().enumerate() {
                    inner.check(item).map_err(|error| error.below(&format!("[{index}]")))?;
                }
            }
            (Kind::Object { properties, required, open }, Value::Map(entries)) => {
                for (key, value) in entries {
                    match properties.get(&key.text) {
                        Some(inner) => inner.check(value).map_err(|error| error.below(&format!(".{}", key.text)))?,
                        None if *open => {}
                        None => {
                            let reason = "the schema has no such input".to_owned();
                            return Err(Invalid { path: format!(".{}", key.text), at: key.at, reason });
                        }
                    }
                }
                let absent = |name: &&String| {
                    node.get(name).is_none() && properties.get(*name).is_none_or(|inner| inner.default.is_none())
                };
                if let Some(name) = required.iter().find(absent) {
                    return Err(Invalid { path: format!(".{name}"), at: node.at, reason: "it is required".into() });
                }
            }
            (expected, _) => return invalid(format!("it must be {}, not {}", expected.named(), node.kind())),
        }
        let Some(allowed) = &self.allowed else { return Ok(()) };
        if allowed.contains(&node.to_json()) {
            return Ok(());
        }
        let allowed: Vec<_> = allowed.iter().map(Json::to_string).collect();
        invalid(format!("it must be one of {}", allowed.join(", ")))
    }

    fn check_range(&self, number: &serde_json::Number, at: Place) -> Result<(), Invalid> {
        let invalid = |reason: String| Err(Invalid { path: String::new(), at, reason });
        let value = number.as_f64().unwrap_or_default();
        match (self.minimum, self.maximum) {
            (Some(minimum), _) if value < minimum => invalid(format!("it must be at least {minimum}")),
            (Some(minimum), _) if self.exclusive.0 && value <= minimum => {
                invalid(format!("it must be above {minimum}"))
            }
            (_, Some(maximum)) if value > maximum => invalid(format!("it must be at most {maximum}")),
            (_, Some(maximum)) if self.exclusive.1 && value >= maximum => {
                invalid(format!("it must be below {maximum}"))
            }
            _ => Ok(()),
        }
    }
}

impl Invalid {
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

fn outside(count: u64, (minimum, maximum): (Option<u64>, Option<u64>), things: &str) -> Option<String> {
    match (minimum, maximum) {
        (Some(minimum), _) if count < minimum => Some(format!("it must have at least {minimum} {things}")),
        (_, Some(maximum)) if count > maximum => Some(format!("it must have at most {maximum} {things}")),
        _ => None,
    }
}
