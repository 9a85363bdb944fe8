//! Reading a suite file, so that what cannot be understood takes nothing else with it.

use super::suite::{Case, Shape, Suite};
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

/// What a suite file has.
pub(super) struct SuiteFile {
    pub(super) suites: Vec<Suite>,
    /// A line for each suite that is about something else.
    pub(super) skipped: Vec<String>,
    /// A line for each case that cannot be read.
    pub(super) failures: Vec<String>,
}

/// Reads a list of suites.
pub(super) fn read(text: &str) -> Result<SuiteFile> {
    let values: Vec<Value> = serde_json::from_str(text).context("the file is no list of suites")?;
    let mut file = SuiteFile { suites: Vec::new(), skipped: Vec::new(), failures: Vec::new() };
    for (index, mut value) in values.into_iter().enumerate() {
        let description = value["description"].as_str().map_or_else(|| format!("{}", index + 1), str::to_owned);
        if let Some(reason) = other(&value) {
            file.skipped.push(format!("suite `{description}`: {reason}"));
            continue;
        }
        let cases = value.as_object_mut().and_then(|suite| suite.remove("cases"));
        let Some(Value::Array(cases)) = cases else {
            file.failures.push(format!("suite `{description}`: it has no list of cases"));
            continue;
        };
        let mut suite = Suite::deserialize(value);
        for (index, value) in cases.into_iter().enumerate() {
            let id = value["id"].as_str().map_or_else(|| format!("{description} {}", index + 1), str::to_owned);
            match (&mut suite, Case::deserialize(value)) {
                (Ok(suite), Ok(mut case)) => {
                    case.id = id;
                    suite.cases.push(case);
                }
                (Err(error), _) => file.failures.push(format!("suite `{description}`, case `{id}`: {error}")),
                (_, Err(error)) => file.failures.push(format!("suite `{description}`, case `{id}`: {error}")),
            }
        }
        if let Ok(mut suite) = suite {
            suite.shapes.values_mut().for_each(settle);
            file.suites.push(suite);
        }
    }
    Ok(file)
}

/// Why the suite is none for a client of awsJson.
fn other(suite: &Value) -> Option<String> {
    let (protocol, protocols) = (&suite["metadata"]["protocol"], &suite["metadata"]["protocols"]);
    if protocol != "json" && !protocols.as_array().is_some_and(|all| all.iter().any(|it| it == "json")) {
        return Some(format!("its protocol is {protocol}, not \"json\""));
    }
    let streams = |shape: &Value| shape["eventstream"] == true;
    let has_streams = suite["shapes"].as_object().is_some_and(|shapes| shapes.values().any(streams));
    has_streams.then(|| "it is about event streams, whose operations are left out".to_owned())
}

/// Suites that people wrote have a type for one letter, and a map that is called text.
fn settle(shape: &mut Shape) {
    match shape.kind.as_str() {
        "string" if shape.key.is_some() && shape.value.is_some() => shape.kind = "map".to_owned(),
        "character" => shape.kind = "string".to_owned(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde_json::{Value, json};

    fn suite(protocol: &str, shapes: Value, cases: Value) -> Value {
        json!({"description": "own", "metadata": {"protocol": protocol}, "shapes": shapes, "cases": cases})
    }

    fn case(name: &str) -> Value {
        json!({"given": {"name": name}, "response": {"status_code": 200, "body": "{}"}})
    }

    #[test]
    fn a_case_that_cannot_be_read_fails_alone() {
        let mut invented = case("A");
        invented["invented"] = json!(1);
        let odd = json!({"Text": {"type": "string", "invented": 1}});
        let suites = json!([
            suite("json", json!({}), json!([case("A"), invented, case("B")])),
            suite("json", odd, json!([case("A"), case("B")])),
            suite("json", json!({}), json!(null)),
        ]);
        let file = read(&suites.to_string()).expect("a list");
        let ids: Vec<_> = file.suites.iter().flat_map(|suite| &suite.cases).map(|case| case.id.as_str()).collect();
        assert_eq!(ids, ["own 1", "own 3"]);
        assert_eq!(file.failures.len(), 4);
        assert!(file.failures[0].contains("case `own 2`: unknown field `invented`"), "{:?}", file.failures);
        assert!(file.failures[1].contains("unknown field `invented`"), "{:?}", file.failures);
        assert!(read("{}").is_err());
    }

    #[test]
    fn suites_of_other_protocols_and_of_event_streams_are_skipped() {
        let suites = json!([
            suite("rest-xml", json!({"A": {"invented": 1}}), json!([case("A")])),
            suite("json", json!({"A": {"type": "structure", "eventstream": true}}), json!([case("A")])),
        ]);
        let file = read(&suites.to_string()).expect("a list");
        assert_eq!((file.suites.len(), file.failures.len(), file.skipped.len()), (0, 0, 2));
        assert!(file.skipped[0].contains("rest-xml") && file.skipped[1].contains("event"), "{:?}", file.skipped);
    }

    #[test]
    fn old_names_of_types_are_understood() {
        let shapes = json!({
            "Letter": {"type": "character"},
            "Map": {"type": "string", "key": {"shape": "Letter"}, "value": {"shape": "Letter"}},
        });
        let file = read(&json!([suite("json", shapes, json!([]))]).to_string()).expect("a list");
        let kinds: Vec<_> = file.suites[0].shapes.values().map(|shape| shape.kind.as_str()).collect();
        assert_eq!(kinds, ["string", "map"]);
    }
}
