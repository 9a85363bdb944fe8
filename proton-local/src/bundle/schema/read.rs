//! From `schema.yaml` to types.

use super::format::Format;
use super::{Kind, Schema, Type};
use crate::bundle::report::Fault;
use crate::bundle::yaml::{self, Node, Place, Value};
use std::collections::BTreeMap;

/// The keywords that every type has.
const ALWAYS: [&str; 6] = ["type", "title", "description", "default", "enum", "example"];
const STRING: &[&str] = &["pattern", "minLength", "maxLength", "format"];
const NUMBER: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "format"];
const ARRAY: &[&str] = &["items", "minItems", "maxItems"];
const OBJECT: &[&str] = &["properties", "required", "additionalProperties"];

/// Reads a schema; what is wrong goes to `faults`.
pub(crate) fn read(file: &str, text: &str, faults: &mut Vec<Fault>) -> Schema {
    let root = match yaml::parse(text) {
        Ok(root) => root,
        Err(error) => {
            faults.push(Fault::yaml(file, error));
            return Schema::default();
        }
    };
    let mut reader = SchemaReader { file, faults };
    let Some(schema) = root.get("schema") else {
        reader.fault(root.at, "schema is missing", Some("the file begins with `schema:`"));
        return Schema::default();
    };
    for (key, _) in root.entries().iter().filter(|(key, _)| key.text != "schema") {
        reader.fault(key.at, format!("unknown key {:?}", key.text), Some("everything stands below `schema:`"));
    }
    reader.schema(schema)
}

struct SchemaReader<'a> {
    file: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl SchemaReader<'_> {
    fn fault(&mut self, at: Place, reason: impl Into<String>, hint: Option<&str>) {
        let fault = Fault::at(self.file, at, reason);
        self.faults.push(match hint {
            Some(hint) => fault.hint(hint),
            None => fault,
        });
    }

    fn schema(&mut self, schema: &Node) -> Schema {
        let version = schema.get("format").and_then(|format| format.get("openapi"));
        if !version.and_then(Node::text).is_some_and(|version| version.starts_with("3.0")) {
            let at = version.unwrap_or(schema).at;
            self.fault(at, "format.openapi must be \"3.0.0\"", Some("write openapi: \"3.0.0\", in quotes"));
        }
        let known = ["format", "environment_input_type", "service_input_type", "pipeline_input_type", "types"];
        for (key, _) in schema.entries().iter().filter(|(key, _)| !known.contains(&key.text.as_str())) {
            self.fault(key.at, format!("unknown key {:?} in schema", key.text), None);
        }
        let types = schema.get("types");
        if types.is_none() {
            self.fault(schema.at, "schema.types is missing", None);
        }
        let mut named = |key: &str| {
            let name = schema.get(key)?;
            let Some(text) = name.text() else {
                self.fault(name.at, format!("{key} must be a string, not {}", name.kind()), None);
                return None;
            };
            let Some(node) = types?.get(text) else {
                self.fault(name.at, format!("{key} names {text:?}, which schema.types does not have"), None);
                return None;
            };
            let found = self.of(node, text);
            match &found.kind {
                Kind::Object { properties, .. } if properties.is_empty() => {
                    self.fault(node.at, format!("{text} has no properties"), Some("at least one is expected"));
                }
                Kind::Object { .. } => {}
                other => self.fault(node.at, format!("{text} must be an object, not {}", other.named()), None),
            }
            Some(found)
        };
        let found = Schema {
            environment: named("environment_input_type"),
            service: named("service_input_type"),
            pipeline: named("pipeline_input_type"),
        };
        let roles = ["environment_input_type", "service_input_type", "pipeline_input_type"];
        let used = roles.map(|role| schema.get(role).and_then(Node::text));
        for (key, node) in types.map_or(&[][..], Node::entries) {
            if !used.contains(&Some(&key.text)) {
                self.of(node, &key.text);
            }
        }
        found
    }

    /// A type; `path` is what messages call it.
    fn of(&mut self, node: &Node, path: &str) -> Type {
        if !matches!(node.value, Value::Map(_)) {
            self.fault(node.at, format!("{path} must be a schema object, not {}", node.kind()), None);
            return Type::default();
        }
        let kind = self.kind(node, path);
        self.keywords(node, path);
        let found = Type {
            pattern: self.pattern(node, path),
            length: (self.count(node, "minLength", path), self.count(node, "maxLength", path)),
            items: (self.count(node, "minItems", path), self.count(node, "maxItems", path)),
            minimum: self.number(node, "minimum", path),
            maximum: self.number(node, "maximum", path),
            exclusive: (flag(node, "exclusiveMinimum"), flag(node, "exclusiveMaximum")),
            format: node.get("format").and_then(Node::text).and_then(Format::named),
            allowed: node.get("enum").map(|list| list.items().iter().map(Node::to_json).collect()),
            default: node.get("default").map(Node::to_json),
            kind,
        };
        if let Some(list) = node.get("enum") {
            if list.items().is_empty() {
                self.fault(list.at, format!("{path}: enum must be a list with at least one value"), None);
            }
            for item in list.items() {
                let probe = Type { allowed: None, default: None, ..found.clone() };
                for invalid in probe.check(item) {
                    self.fault(invalid.at, format!("{path}: a value of enum is wrong: {}", invalid.reason), None);
                }
            }
        }
        for invalid in node.get("default").map(|default| found.check(default)).unwrap_or_default() {
            self.fault(invalid.at, format!("{path}: the default is wrong: {}", invalid.reason), None);
        }
        found
    }

    /// Names each keyword that the type does not have; a keyword that is passed over would promise a check that is not made.
    fn keywords(&mut self, node: &Node, path: &str) {
        let own = match node.get("type").and_then(Node::text) {
            Some("string") => STRING,
            Some("number" | "integer") => NUMBER,
            Some("array") => ARRAY,
            Some("object") => OBJECT,
            _ => &[],
        };
        for (key, _) in node.entries() {
            let text = key.text.as_str();
            if !ALWAYS.contains(&text) && !own.contains(&text) {
                let hint = (text == "required").then_some("it stands beside properties and lists their names");
                self.fault(key.at, format!("{path}: the keyword {text:?} is not supported here"), hint);
            }
        }
    }

    fn kind(&mut self, node: &Node, path: &str) -> Kind {
        let Some(kind) = node.get("type") else {
            self.fault(
                node.at,
                format!("{path} has no type"),
                Some("one of string, number, integer, boolean, array, object"),
            );
            return Kind::String;
        };
        match kind.text() {
            Some("string") => Kind::String,
            Some("number") => Kind::Number,
            Some("integer") => Kind::Integer,
            Some("boolean") => Kind::Boolean,
            Some("array") => match node.get("items") {
                Some(items) => Kind::Array(Box::new(self.of(items, &format!("{path}[]")))),
                None => {
                    self.fault(node.at, format!("{path}: an array needs items"), None);
                    Kind::Array(Box::default())
                }
            },
            Some("object") => self.object(node, path),
            _ => {
                let hint = "one of string, number, integer, boolean, array, object";
                self.fault(kind.at, format!("{path}: unknown type"), Some(hint));
                Kind::String
            }
        }
    }

    fn object(&mut self, node: &Node, path: &str) -> Kind {
        let mut properties = BTreeMap::new();
        if let Some(found) = node.get("properties").filter(|found| !matches!(found.value, Value::Map(_))) {
            self.fault(found.at, format!("{path}: properties must be an object, not {}", found.kind()), None);
        }
        for (key, property) in node.get("properties").map_or(&[][..], Node::entries) {
            if key.text.chars().count() > 100 {
                self.fault(key.at, format!("{path}: a parameter name has more than 100 characters"), None);
            }
            properties.insert(key.text.clone(), self.of(property, &format!("{path}.{}", key.text)));
        }
        let mut required = Vec::new();
        for name in node.get("required").map_or(&[][..], Node::items) {
            match name.text() {
                Some(name) if properties.contains_key(name) => required.push(name.to_owned()),
                Some(text) => {
                    self.fault(name.at, format!("{path}: required names {text:?}, which is no property"), None)
                }
                None => self.fault(name.at, format!("{path}: required must list names, not {}", name.kind()), None),
            }
        }
        if let Some(list) = node.get("required").filter(|list| !matches!(list.value, Value::List(_))) {
            self.fault(list.at, format!("{path}: required must be a list of names"), None);
        }
        let open = match node.get("additionalProperties").map(|node| &node.value) {
            Some(Value::Boolean(open)) => *open,
            Some(_) => {
                self.fault(node.at, format!("{path}: additionalProperties must be true or false"), None);
                true
            }
            None => node.get("properties").is_none(),
        };
        Kind::Object { properties, required, open }
    }

    fn pattern(&mut self, node: &Node, path: &str) -> Option<String> {
        let pattern = node.get("pattern")?;
        match pattern.text().map(|text| (text, regex_lite::Regex::new(text))) {
            Some((text, Ok(_))) => Some(text.to_owned()),
            Some((_, Err(error))) => {
                self.fault(
                    pattern.at,
                    format!("{path}: the pattern is no regular expression that is supported: {error}"),
                    Some("look-around and back-references are not"),
                );
                None
            }
            None => {
                self.fault(pattern.at, format!("{path}: pattern must be a string, not {}", pattern.kind()), None);
                None
            }
        }
    }

    fn count(&mut self, node: &Node, key: &str, path: &str) -> Option<u64> {
        let found = node.get(key)?;
        match &found.value {
            Value::Number(number) if number.is_u64() => number.as_u64(),
            _ => {
                self.fault(found.at, format!("{path}: {key} must be a whole number from 0"), None);
                None
            }
        }
    }

    fn number(&mut self, node: &Node, key: &str, path: &str) -> Option<f64> {
        let found = node.get(key)?;
        match &found.value {
            Value::Number(number) => number.as_f64(),
            _ => {
                self.fault(found.at, format!("{path}: {key} must be a number"), None);
                None
            }
        }
    }
}

fn flag(node: &Node, key: &str) -> bool {
    matches!(node.get(key).map(|node| &node.value), Some(Value::Boolean(true)))
}
