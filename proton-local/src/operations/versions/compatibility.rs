//! Whether a minor version's schema takes every spec that the minor before it took.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The members of a schema file that name the types of inputs.
const ROLES: [&str; 3] = ["environment_input_type", "service_input_type", "pipeline_input_type"];
/// Lower bounds: a higher one takes less.
const LOWER: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];
/// Upper bounds: a lower one takes less.
const UPPER: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];
/// What takes less as soon as it is there or differs.
const EXACT: [&str; 4] = ["pattern", "format", "multipleOf", "not"];
/// What takes less once it is true.
const STRICT: [&str; 3] = ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"];

/// What the schema file `new` refuses although `old` takes it, one sentence each; nothing where they are compatible.
pub(super) fn breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut breaks = Vec::new();
    for role in ROLES {
        match (input_type(old, role), input_type(new, role)) {
            (Some(old), Some(new)) => compare(old, new, role, &mut breaks),
            (Some(_), None) => breaks.push(format!("{role} was removed")),
            (None, Some(new)) => compare(&Value::Object(Map::new()), new, role, &mut breaks),
            (None, None) => {}
        }
    }
    breaks
}

fn input_type<'a>(file: &'a Value, role: &str) -> Option<&'a Value> {
    let schema = &file["schema"];
    schema["types"].get(schema[role].as_str()?)
}

fn compare(old: &Value, new: &Value, place: &str, breaks: &mut Vec<String>) {
    if let (Some(was), Some(is)) = (old.get("type"), new.get("type"))
        && was != is
    {
        breaks.push(format!("{place}: the type changed from {was} to {is}"));
        return;
    }
    compare_values(old, new, place, breaks);
    compare_properties(old, new, place, breaks);
    if let (Some(old), Some(new)) = (old.get("items"), new.get("items")) {
        compare(old, new, &format!("{place}[]"), breaks);
    }
}

/// Limits of a value: each may only be loosened.
fn compare_values(old: &Value, new: &Value, place: &str, breaks: &mut Vec<String>) {
    let number = |of: &Value, name: &str| of.get(name).and_then(Value::as_f64);
    for (names, tighter) in [(LOWER, f64::gt as fn(&f64, &f64) -> bool), (UPPER, f64::lt)] {
        for name in names {
            let is = number(new, name).filter(|is| number(old, name).is_none_or(|was| tighter(is, &was)));
            breaks.extend(is.map(|is| format!("{place}: {name} was tightened to {is}")));
        }
    }
    for name in EXACT {
        if new.get(name).is_some() && old.get(name) != new.get(name) {
            breaks.push(format!("{place}: {name} was added or changed"));
        }
    }
    for name in STRICT {
        if new[name] == true && old[name] != true {
            breaks.push(format!("{place}: {name} was added"));
        }
    }
    if let Some(is) = new.get("enum").and_then(Value::as_array) {
        match old.get("enum").and_then(Value::as_array) {
            None => breaks.push(format!("{place}: an enum was added")),
            Some(was) => {
                let gone = was.iter().filter(|value| !is.contains(value));
                breaks.extend(gone.map(|value| format!("{place}: the enum lost {value}")));
            }
        }
    }
}

/// Properties may be added where a spec can go without them, and none may go.
fn compare_properties(old: &Value, new: &Value, place: &str, breaks: &mut Vec<String>) {
    let none = Map::new();
    let was = old.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let is = new.get("properties").and_then(Value::as_object).unwrap_or(&none);
    for (name, old) in was {
        match is.get(name) {
            Some(new) => compare(old, new, &format!("{place}.{name}"), breaks),
            None => breaks.push(format!("{place}.{name} was removed")),
        }
    }
    let before = required(old);
    for name in required(new).difference(&before) {
        if is.get(*name).is_none_or(|property| property.get("default").is_none()) {
            breaks.push(format!("{place}.{name} became required and has no default"));
        }
    }
    if new["additionalProperties"] == false && old["additionalProperties"] != false && old.get("properties").is_some() {
        breaks.push(format!("{place}: other properties are no longer accepted"));
    }
}

fn required(of: &Value) -> BTreeSet<&str> {
    of.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::breaks;
    use serde_json::{Value, json};

    fn file(input: Value) -> Value {
        json!({"schema": {"environment_input_type": "In", "types": {"In": input}}})
    }

    fn object(properties: Value, required: Value) -> Value {
        file(json!({"type": "object", "properties": properties, "required": required}))
    }

    fn of_property(old: Value, new: Value) -> Vec<String> {
        breaks(&object(json!({"a": old}), json!([])), &object(json!({"a": new}), json!([])))
    }

    #[test]
    fn what_can_be_left_out_may_be_added() {
        let old = object(json!({"a": {"type": "string"}}), json!(["a"]));
        let optional = json!({"a": {"type": "string"}, "b": {"type": "string"}});
        assert!(breaks(&old, &object(optional, json!(["a"]))).is_empty());
        let with_default = json!({"a": {"type": "string"}, "b": {"type": "string", "default": "x"}});
        assert!(breaks(&old, &object(with_default, json!(["a", "b"]))).is_empty());
        assert!(breaks(&old, &object(json!({"a": {"type": "string"}}), json!([]))).is_empty());
    }

    #[test]
    fn what_specs_must_now_say_breaks_them() {
        let old = object(json!({"a": {"type": "string"}}), json!([]));
        let found = breaks(&old, &object(json!({"a": {"type": "string"}}), json!(["a"])));
        assert_eq!(found, ["environment_input_type.a became required and has no default"]);
        let new = json!({"a": {"type": "string"}, "b": {"type": "string"}});
        assert_eq!(breaks(&old, &object(new, json!(["b"]))).len(), 1);
    }

    #[test]
    fn what_is_gone_breaks_specs() {
        let old = object(json!({"a": {"type": "string"}}), json!([]));
        assert_eq!(breaks(&old, &object(json!({}), json!([]))), ["environment_input_type.a was removed"]);
        let none = json!({"schema": {"types": {}}});
        assert_eq!(breaks(&old, &none), ["environment_input_type was removed"]);
        assert!(breaks(&none, &old).is_empty());
    }

    #[test]
    fn types_stay() {
        let found = of_property(json!({"type": "integer"}), json!({"type": "string"}));
        assert_eq!(found, [r#"environment_input_type.a: the type changed from "integer" to "string""#]);
    }

    #[test]
    fn limits_may_be_loosened_only() {
        for (tight, loose) in [
            (json!({"minimum": 2}), json!({"minimum": 1})),
            (json!({"minLength": 1}), json!({})),
            (json!({"maximum": 1}), json!({"maximum": 2.5})),
            (json!({"maxItems": 1}), json!({})),
            (json!({"enum": ["a"]}), json!({"enum": ["a", "b"]})),
            (json!({"enum": ["a"]}), json!({})),
            (json!({"pattern": "^a$"}), json!({})),
            (json!({"uniqueItems": true}), json!({"uniqueItems": false})),
            (json!({"items": {"type": "string", "minLength": 1}}), json!({"items": {"type": "string"}})),
            (json!({"properties": {"b": {"maximum": 1}}}), json!({"properties": {"b": {}}})),
        ] {
            assert_eq!(of_property(tight.clone(), loose.clone()), [""; 0], "{tight} to {loose}");
            assert_eq!(of_property(loose.clone(), tight.clone()).len(), 1, "{loose} to {tight}");
        }
        assert_eq!(of_property(json!({"pattern": "^a$"}), json!({"pattern": "^a*$"})).len(), 1);
    }

    #[test]
    fn equal_schemas_are_compatible() {
        let schema = object(
            json!({"a": {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxItems": 3, "default": [1]}}),
            json!(["a"]),
        );
        assert!(breaks(&schema, &schema).is_empty());
    }
}
