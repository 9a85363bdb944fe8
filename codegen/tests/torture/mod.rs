//! A service with one of everything, for tests to look at and to break.

use serde_json::{Value, json};

/// The model. Members are in alphabetical order, for that is the order of `serde_json::Value`.
pub(crate) fn model() -> Value {
    let mut model = json!({"smithy": "2.0", "metadata": {"suppressions": []}, "shapes": {}});
    for part in [service(), operations(), structures(), small()] {
        let Value::Object(part) = part else { continue };
        for (id, shape) in part {
            model["shapes"][format!("x.y#{id}")] = shape;
        }
    }
    model
}

fn target(name: &str) -> Value {
    json!({"target": if name.contains('#') { name.into() } else { format!("x.y#{name}") }})
}

fn service() -> Value {
    json!({
        "Torture": {
            "type": "service", "version": "1",
            "operations": [target("Ping"), target("Match"), target("Watch")],
            "resources": [target("ThingResource")],
            "errors": [target("Busy")],
            "rename": {"x.y#Plain": "Renamed"},
            "traits": {
                "aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": {"name": "torture"},
                "smithy.api#paginated": {"inputToken": "token", "outputToken": "page.next"}
            }
        },
        "ThingResource": {
            "type": "resource", "identifiers": {"id": target("Name")},
            "create": target("CreateThing"), "collectionOperations": [target("ListThings")]
        }
    })
}

fn operations() -> Value {
    let matcher =
        |path: &str, comparator: &str| json!({"output": {"path": path, "comparator": comparator, "expected": "on"}});
    let acceptors = json!([
        {"state": "success", "matcher": {"success": true}},
        {"state": "failure", "matcher": matcher("page.status", "stringEquals")},
        {"state": "retry", "matcher": matcher("things[].names[?@ != 'x'] | [0]", "stringEquals")},
        {"state": "failure", "matcher": matcher("contains(things[].[length(names) >= count][], `false`)", "booleanEquals")},
        {"state": "retry", "matcher": {"inputOutput": {"path": "input.token == output.page.next", "comparator": "booleanEquals", "expected": "true"}}},
    ]);
    json!({
        "Ping": {"type": "operation", "input": target("smithy.api#Unit"), "traits": {"smithy.api#auth": []}},
        "Match": {
            "type": "operation", "input": target("CreateIt"), "output": target("Plain"),
            "traits": {
                "smithy.api#endpoint": {"hostPrefix": "{name}.data-"},
                "smithy.rules#staticContextParams": {"Kind": {"value": ["a", "b"]}},
                "smithy.rules#operationContextParams": {"Name": {"path": "name"}},
                "smithy.api#requestCompression": {"encodings": ["gzip"]}
            }
        },
        "CreateThing": {"type": "operation", "input": target("CreateIt"), "output": target("Thing"), "errors": [target("BadThing")]},
        "ListThings": {
            "type": "operation", "input": target("ListThingsInput"), "output": target("ListThingsOutput"),
            "traits": {
                "smithy.api#readonly": {}, "smithy.api#paginated": {"items": "things", "pageSize": "max"},
                "smithy.waiters#waitable": {"ThingsThere": {"acceptors": acceptors}}
            }
        },
        "Watch": {"type": "operation", "output": target("WatchOutput")},
        "WatchOutput": {"type": "structure", "members": {"events": target("Events")}},
        "Events": {"type": "union", "members": {"one": target("Plain")}, "traits": {"smithy.api#streaming": {}}},
        "CreateIt": {"type": "structure", "members": {
            "name": {"target": "x.y#Name", "traits": {"smithy.api#required": {}, "smithy.rules#contextParam": {"name": "Id"}}},
            "token": {"target": "smithy.api#String", "traits": {"smithy.api#idempotencyToken": {}}},
            "zero": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 0}}
        }},
        "ListThingsInput": {"type": "structure", "members": {"max": target("smithy.api#Integer"), "token": target("smithy.api#String")}},
        "ListThingsOutput": {"type": "structure", "members": {"page": target("Page"), "things": target("Things")}},
        "Page": {"type": "structure", "members": {
            "next": target("smithy.api#String"), "status": target("Mode"), "statusReason": target("smithy.api#String")
        }}
    })
}

fn structures() -> Value {
    let with = |name: &str, traits: Value| json!({"target": target(name)["target"], "traits": traits});
    json!({
        "Based": {
            "type": "structure",
            "members": {"created": with("smithy.api#Timestamp", json!({"smithy.api#timestampFormat": "date-time"})), "id": target("Name")},
            "traits": {"smithy.api#mixin": {"localTraits": ["smithy.api#sensitive"]}, "smithy.api#sensitive": {}}
        },
        "Based2": {"type": "structure", "mixins": [target("Based")], "members": {}, "traits": {"smithy.api#mixin": {}}},
        "Thing$id": {"type": "apply", "traits": {"smithy.api#documentation": "Applied to an inherited member.", "smithy.api#required": {}}},
        "Thing": {
            "type": "structure", "mixins": [target("First"), target("Based2")],
            "members": {
                "count": with("smithy.api#Integer", json!({"smithy.api#default": 3})),
                "mode": with("Mode", json!({"smithy.api#default": "on"})),
                "names": target("Names"),
                "number": with("Number", json!({"smithy.api#range": {"min": 1}})),
                "other": with("Other", json!({"smithy.api#required": {}})),
                "ratio": with("smithy.api#Double", json!({"smithy.api#default": 0.5, "smithy.api#clientOptional": {}})),
                "secret": target("Secret"),
                "seen": with("smithy.api#Timestamp", json!({"smithy.api#default": "1970-01-01T00:00:00Z"})),
                "sparse": target("Sparse"),
                "void": with("smithy.api#Boolean", json!({"smithy.api#default": null}))
            }
        },
        "First": {"type": "structure", "members": {"id": target("Name")}, "traits": {"smithy.api#mixin": {}, "smithy.api#documentation": "A thing."}},
        "Other": {"type": "structure", "members": {
            "others": target("Others"), "own": target("Own"), "pick": target("Pick"), "thing": target("Thing")
        }},
        "Own": {"type": "structure", "members": {
            "Own": target("Own"), "Type": target("smithy.api#String"), "self": target("smithy.api#String"),
            "Build": target("smithy.api#String"), "setOwn": target("smithy.api#String"), "meta": target("smithy.api#Document")
        }},
        "Plain": {"type": "structure", "members": {"text": target("smithy.api#String")}},
        "Pick": {"type": "union", "members": {"big": target("smithy.api#BigInteger"), "nothing": target("smithy.api#Unit"), "Unknown": target("Plain")}},
        "BadThing": {"type": "structure", "members": {"Message": target("smithy.api#String")}, "traits": {"smithy.api#error": "client"}},
        "Busy": {"type": "structure", "traits": {"smithy.api#error": "server", "smithy.api#httpError": 503, "smithy.api#retryable": {"throttling": true}}},
        "Lonely": {"type": "string", "traits": {"example#unknown": {}}}
    })
}

fn small() -> Value {
    json!({
        "Name": {"type": "string", "traits": {"smithy.api#length": {"min": 1, "max": 9}, "smithy.api#pattern": "a`b"}},
        "Secret": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
        "Names": {"type": "list", "member": target("Name"), "traits": {"smithy.api#uniqueItems": {}, "smithy.api#length": {"max": 5}}},
        "Things": {"type": "list", "member": target("Thing")},
        "Others": {"type": "list", "member": target("Other")},
        "Sparse": {"type": "map", "key": target("Mode"), "value": target("smithy.api#Blob"), "traits": {"smithy.api#sparse": {}}},
        "Mode": {"type": "enum", "members": {
            "OFF": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "off"}},
            "ON": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "on"}}
        }},
        "Number": {"type": "intEnum", "members": {
            "ONE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}},
            "TWO": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 2}}
        }}
    })
}
