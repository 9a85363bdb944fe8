//! Every constraint of every input in the model, not met once.

use serde_json::{Value, json};
use tests::by_name::violations;
use tests::model::{Model, target};

/// A text for each pattern of the model that it matches.
const MATCHES: &[(&str, &str)] = &[
    ("^arn:(aws|aws-cn|aws-us-gov):[a-zA-Z0-9-]+:", "arn:aws:proton:us-east-1:123456789012:service/a"),
    ("^arn:(aws|aws-cn|aws-us-gov):iam:", "arn:aws:iam::123456789012:role/a"),
    ("(^$)|(^arn:(aws|aws-cn|aws-us-gov):iam:", "arn:aws:iam::123456789012:role/a"),
    ("^\\d{12}$", "123456789012"),
    ("^[!-~]*$", "token"),
    ("^(0|([1-9]{1}\\d*)).(0|", "1.0"),
    ("^(0|([1-9]{1}\\d*))$", "1"),
    ("^[A-Za-z0-9+=/]+$", "YQ=="),
    ("[A-Za-z0-9_.-].*/", "owner/name"),
    ("^[0-9A-Za-z]+[0-9A-Za-z_\\-]*$", "name"),
    ("(^$)|^[0-9A-Za-z]+", "name"),
    ("^[a-z0-9]+[a-z0-9-\\.]+", "bucket"),
    ("^[0-9a-f]{8}-", "01234567-89ab-cdef-0123-456789abcdef"),
];

/// A value that does not meet a constraint: where, the whole value, and what a service says of it.
struct Bad {
    path: String,
    value: Value,
    says: String,
}

/// The traits of a member, its own before those of its shape.
fn constraint<'a>(member: &'a Value, shape: &'a Value, name: &str) -> Option<&'a Value> {
    let of = |value: &'a Value| value["traits"].get(format!("smithy.api#{name}"));
    of(member).or_else(|| of(shape))
}

fn good(model: &Model, member: &Value) -> Value {
    let shape = model.shape(target(member));
    let length = |name: &str| constraint(member, &shape, "length").and_then(|length| length[name].as_u64());
    let members = || shape["members"].as_object().into_iter().flatten();
    match shape["type"].as_str().unwrap_or_default() {
        "structure" => members().map(|(name, member)| (name.clone(), good(model, member))).collect(),
        "union" => {
            let (name, member) = members().next().expect("a member");
            json!({ name: good(model, member) })
        }
        "list" => vec![good(model, &shape["member"]); usize::from(length("max") != Some(0))].into(),
        "enum" => members().next().expect("a value").1["traits"]["smithy.api#enumValue"].clone(),
        "timestamp" => json!(1),
        "integer" => constraint(member, &shape, "range").map_or(json!(1), |range| range["min"].clone()),
        "boolean" => json!(true),
        "string" => match constraint(member, &shape, "pattern").and_then(Value::as_str) {
            Some(pattern) => {
                let found = MATCHES.iter().find(|(start, _)| pattern.starts_with(start));
                found.unwrap_or_else(|| panic!("no text matches {pattern}")).1.into()
            }
            None => "x".repeat(length("min").unwrap_or(0) as usize).into(),
        },
        other => panic!("no value for {other}"),
    }
}

/// Each way in which what a member holds can be wrong.
fn bad(model: &Model, member: &Value) -> Vec<Bad> {
    let shape = model.shape(target(member));
    let here = |value: Value, says: String| Bad { path: String::new(), value, says };
    let mut found = Vec::new();
    if let Some(length) = constraint(member, &shape, "length") {
        let sized = |count: u64| match shape["type"].as_str() {
            Some("list") => vec![good(model, &shape["member"]); count as usize].into(),
            _ => Value::from("x".repeat(count as usize)),
        };
        if let Some(max) = length["max"].as_u64() {
            found.push(here(sized(max + 1), format!("Member must have length less than or equal to {max}")));
        }
        if let Some(min) = length["min"].as_u64().filter(|min| *min > 0) {
            found.push(here(sized(min - 1), format!("Member must have length greater than or equal to {min}")));
        }
    }
    if let Some(pattern) = constraint(member, &shape, "pattern").and_then(Value::as_str) {
        found.push(here("💥".into(), format!("Member must satisfy regular expression pattern: {pattern}")));
    }
    if let Some(range) = constraint(member, &shape, "range") {
        for (name, step, words) in [("min", -1, "greater"), ("max", 1, "less")] {
            if let Some(bound) = range[name].as_i64() {
                let says = format!("Member must have value {words} than or equal to {bound}");
                found.push(here((bound + step).into(), says));
            }
        }
    }
    let members = || shape["members"].as_object().into_iter().flatten();
    match shape["type"].as_str().unwrap_or_default() {
        "enum" => {
            let values: Vec<_> = members().map(|(_, value)| &value["traits"]["smithy.api#enumValue"]).collect();
            let values: Vec<_> = values.into_iter().filter_map(Value::as_str).collect();
            let says = format!("Member must satisfy enum value set: [{}]", values.join(", "));
            found.push(here("NOBODY_KNOWS".into(), says));
        }
        "list" => found.extend(bad(model, &shape["member"]).into_iter().map(|below| Bad {
            path: format!("[0]{}", below.path),
            value: json!([below.value]),
            ..below
        })),
        kind @ ("structure" | "union") => {
            // A union without a member cannot even be read.
            let whole = if kind == "union" { json!({}) } else { good(model, member) };
            for (name, member) in members() {
                if member["traits"].get("smithy.api#required").is_some() {
                    let mut value = whole.clone();
                    value.as_object_mut().expect("an object").remove(name);
                    found.push(Bad { path: format!(".{name}"), value, says: "Member must not be null".into() });
                }
                for below in bad(model, member) {
                    let mut value = whole.clone();
                    value[name] = below.value;
                    found.push(Bad { path: format!(".{name}{}", below.path), value, says: below.says });
                }
            }
        }
        _ => {}
    }
    found
}

#[test]
fn every_constraint_of_every_input_is_checked() {
    let model = Model::load();
    let mut checked = 0;
    for (operation, shape) in model.operations() {
        let input = json!({ "target": target(&shape["input"]) });
        let right = good(&model, &input);
        assert_eq!(violations(operation, &right), [], "{operation}: {right}");
        for Bad { path, value, says } in bad(&model, &input) {
            let path = path.trim_start_matches('.');
            let found = violations(operation, &value);
            let named = found.iter().any(|it| it.path() == path && it.constraint().service_message() == says);
            assert!(named, "{operation}.{path}: {says}; found {found:?} in {value}");
            checked += 1;
        }
    }
    println!("{checked} violations of constraints were found");
    assert!(checked > 800, "{checked}");
}
