//! Specs against schemas: every path, and defaults as they are typed.

use super::schema;
use crate::bundle::spec::{Only, resolve_current};
use serde_json::json;
use std::collections::BTreeSet;

const PROPERTIES: &str = "{port: {type: integer, minimum: 1, maximum: 9, default: 8}, \
     size: {type: string, enum: [small, large], default: small}, public: {type: boolean, default: false}, \
     ratio: {type: number, default: 0.5}, id: {type: string, pattern: '^[a-z]+$', minLength: 2, maxLength: 4}, \
     when: {type: string, format: date-time}, address: {type: string, format: ipv4}, count: {type: integer, format: int32}, \
     names: {type: array, maxItems: 2, items: {type: object, required: [x], properties: {x: {type: string}, y: {type: integer, default: 1}}}}, \
     free: {type: object}}";

fn refused(spec: &str) -> String {
    schema(PROPERTIES).environment_inputs(&format!("proton: EnvironmentSpec\nspec: {spec}\n")).unwrap_err().to_string()
}

#[test]
fn each_constraint_names_its_path() {
    for (spec, reason) in [
        ("{port: 10}", "spec.port (line 2): it must be at most 9"),
        ("{port: 0}", "spec.port (line 2): it must be at least 1"),
        ("{port: 1.5}", "spec.port (line 2): it must be an integer, not a number"),
        ("{port: '1'}", "spec.port (line 2): it must be an integer, not a string; write it without quotes"),
        ("{port: }", "spec.port (line 2): it must be an integer, not nothing"),
        ("{size: huge}", "spec.size (line 2): it must be one of \"small\", \"large\""),
        ("{size: 1}", "spec.size (line 2): it must be a string, not an integer; put it in quotes"),
        ("{public: yes}", "spec.public (line 2): it must be a boolean, not a string; write it without quotes"),
        (
            "{id: A}",
            "spec.id (line 2): it must have at least 2 characters; and at spec.id (line 2): it must match ^[a-z]+$",
        ),
        ("{id: abcde}", "spec.id (line 2): it must have at most 4 characters"),
        ("{when: today}", "spec.when (line 2): it must be of the format date-time"),
        ("{address: 1.2.3}", "spec.address (line 2): it must be of the format ipv4"),
        ("{count: 3000000000}", "spec.count (line 2): it must be of the format int32"),
        (
            "{names: [{x: a}, {y: b}]}",
            "spec.names[1].y (line 2): it must be an integer, not a string; write it without quotes; and at spec.names[1].x (line 2): it is required",
        ),
        ("{names: {x: a}}", "spec.names (line 2): it must be an array, not an object"),
        ("{names: [{x: a}, {x: b}, {x: c}]}", "spec.names (line 2): it must have at most 2 items"),
        ("[1]", "spec (line 2): it must be an object, not an array"),
        ("{port: \"${Proton::CURRENT_VAL}\"}", "spec.port (line 2): no value is stored that could be kept"),
        ("&a {free: *a}", "spec (line 2): it is not YAML: an alias of an anchor that is still open or missing"),
    ] {
        assert_eq!(refused(spec), format!("The spec is invalid at {reason}."), "{spec}");
    }
    assert!(refused("{prot: 1}").contains("spec.prot (line 2): the schema has no such input; it has address, count,"));
}

#[test]
fn values_are_never_quoted() {
    for spec in
        ["{port: hunter2}", "{size: hunter2}", "{id: hunter2}", "{when: hunter2}", "{names: [hunter2]}", "hunter2"]
    {
        assert!(!refused(spec).contains("hunter2"), "{}", refused(spec));
    }
}

#[test]
fn defaults_keep_their_types() {
    let inputs =
        schema(PROPERTIES).environment_inputs("proton: EnvironmentSpec\nspec: {names: [{x: a}], free: {a: [1, b]}}");
    let expected = json!({
        "port": 8, "size": "small", "public": false, "ratio": 0.5, "names": [{"x": "a", "y": 1}], "free": {"a": [1, "b"]},
    });
    assert_eq!(inputs.unwrap(), expected);
    assert_eq!(schema(PROPERTIES).environment_inputs("proton: EnvironmentSpec\nspec:\n").unwrap()["port"], 8);
}

#[test]
fn a_service_spec_is_an_outline_and_its_parts() {
    let schema = schema("{port: {type: integer}}");
    let refused = |text: &str| schema.service_spec(text, Only::Everything).unwrap_err().to_string();
    for (text, reason) in [
        ("proton: EnvironmentSpec\n", "proton (line 1): it must be ServiceSpec"),
        ("instances: []\n", "proton (line 1): it is required and must be ServiceSpec"),
        ("proton: ServiceSpec\n", "instances (line 1): it is required"),
        ("proton: ServiceSpec\ninstances: []\n", "instances (line 2): it must be a list with at least one instance"),
        ("proton: ServiceSpec\ninstances: [a]\n", "instances[0] (line 2): it must be an object, not a string"),
        (
            "proton: ServiceSpec\nspec: {}\ninstances: []\n",
            "spec (line 2): a spec has no such key here; it has proton, pipeline, instances",
        ),
        (
            "proton: ServiceSpec\ninstances:\n- {name: a, environment: e}\n- {name: a, environment: e}\n",
            "instances[1].name (line 4): another instance is called a",
        ),
        (
            "proton: ServiceSpec\npipeline: {port: x}\ninstances:\n- name: -a\n- name: b\n  environment: e\n  spec:\n    port: x\n    prot: 1\n",
            "pipeline.port (line 2): it must be an integer, not a string; write it without quotes; and at instances[0].name (line 4): \
             it must be 1 to 100 letters, digits, - and _, the first a letter or digit; and at instances[0].environment (line 4): \
             it is required; and at instances[1].spec.port (line 8): it must be an integer, not a string; write it without quotes; \
             and at instances[1].spec.prot (line 9): the schema has no such input; it has port",
        ),
    ] {
        assert_eq!(refused(text), format!("The spec is invalid at {reason}."));
    }
}

#[test]
fn parts_of_other_versions_need_not_fit() {
    let schema = schema("{port: {type: integer}}");
    let text = "proton: ServiceSpec\npipeline: {other: 1}\ninstances:\n- {name: a, environment: e, spec: {port: 1}}\n- {name: b, environment: e, spec: {other: 2}}\n";
    let only = BTreeSet::from(["a".to_owned()]);
    let spec = schema.service_spec(text, Only::Instances(&only)).unwrap();
    assert_eq!(spec.instance("a").unwrap().inputs, json!({"port": 1}));
    let reason = schema.service_spec(text, Only::Everything).unwrap_err();
    assert_eq!(reason.problems.len(), 2);
}

#[test]
fn kept_values_come_from_the_stored_spec() {
    let stored = "proton: ServiceSpec\ninstances:\n- {name: b, spec: {x: two, list: [1, 2]}}\n- {name: a, spec: {x: one, n: 5}}\n";
    let spec = "# mine\nproton: ServiceSpec\ninstances:\n- name: a\n  spec:\n    n: \"${Proton::CURRENT_VAL}\" # keep\n    x: new\n- name: b\n  spec: {x: '${Proton::CURRENT_VAL}', list: \"${Proton::CURRENT_VAL}\"}\n";
    let expected = "# mine\nproton: ServiceSpec\ninstances:\n- name: a\n  spec:\n    n: 5 # keep\n    x: new\n- name: b\n  spec: {x: \"two\", list: [1,2]}\n";
    assert_eq!(resolve_current(spec, stored).unwrap(), expected);
    let reason = resolve_current(
        "proton: ServiceSpec\ninstances:\n- name: c\n  spec: {x: \"${Proton::CURRENT_VAL}\"}\n",
        stored,
    );
    assert_eq!(
        reason.unwrap_err().to_string(),
        "The spec is invalid at instances[0].spec.x (line 4): no value is stored that could be kept."
    );
}
