//! What is wrong with a model is said in one line that names the place, and nothing panics.

use serde_json::{Value, json};
use smithy_codegen::{Options, lower};

mod torture;

/// The error that a change of the model leads to.
fn error(change: impl FnOnce(&mut Value)) -> String {
    let mut model = torture::model();
    change(&mut model);
    let error = lower(&model.to_string(), &Options::default()).err().map(|error| error.to_string());
    let error = error.expect("the model is bad");
    assert!(!error.contains('\n'), "{error}");
    error
}

#[track_caller]
fn check(expected: &str, change: impl FnOnce(&mut Value)) {
    let error = error(change);
    assert!(error.contains(expected), "{error}\ndoes not contain\n{expected}");
}

#[test]
fn references_and_kinds() {
    check("`x.y#Other$thing` refers to `x.y#Thing`, which the model does not have", |model| {
        model["shapes"]["x.y#CreateThing"]["output"] = json!({"target": "x.y#Other"});
        model["shapes"]["x.y#Things"]["member"] = json!({"target": "x.y#Other"});
        let shapes = model["shapes"].as_object_mut().expect("shapes");
        shapes.remove("x.y#Thing");
        shapes.remove("x.y#Thing$id");
    });
    check("which is a string where a structure belongs", |model| {
        model["shapes"]["x.y#CreateThing"]["input"] = json!({"target": "x.y#Name"});
    });
    check("`x.y#Plain` is named as an error by `x.y#CreateThing`", |model| {
        model["shapes"]["x.y#CreateThing"]["errors"] = json!([{"target": "x.y#Plain"}]);
    });
    check("holds lists or maps of itself without end", |model| {
        model["shapes"]["x.y#Things"]["member"] = json!({"target": "x.y#Things"});
    });
    check("is a mixin of itself", |model| {
        model["shapes"]["x.y#Based"]["mixins"] = json!([{"target": "x.y#Based2"}]);
    });
    check("has traits applied but does not exist", |model| {
        model["shapes"]["x.y#Thing$gone"] = json!({"type": "apply", "traits": {}});
    });
}

#[test]
fn the_service() {
    check("no service", |model| model["shapes"]["x.y#Torture"] = json!({"type": "structure"}));
    check("speaks `aws.protocols#restJson1`", |model| {
        model["shapes"]["x.y#Torture"]["traits"] = json!({"aws.protocols#restJson1": {}});
    });
    check("has the trait `smithy.rules#clientContextParams`", |model| {
        model["shapes"]["x.y#Torture"]["traits"]["smithy.rules#clientContextParams"] =
            json!({"Fast": {"type": "boolean"}});
    });
    let options = Options { operations: vec!["CreateThings".into()], ..Options::default() };
    let error = lower(&torture::model().to_string(), &options).err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("the service has no operation `CreateThings`; did you mean `CreateThing`?"));
}

#[test]
fn traits() {
    check("`x.y#Name` has the trait `example#new`, which the generator does not know", |model| {
        model["shapes"]["x.y#Name"]["traits"]["example#new"] = json!({});
    });
    check("trait `smithy.api#default` of `x.y#Thing$count` is malformed: `\"x\"` is not an integer", |model| {
        model["shapes"]["x.y#Thing"]["members"]["count"]["traits"]["smithy.api#default"] = json!("x");
    });
    check("the input has no member `id`", |model| {
        model["shapes"]["x.y#Match"]["traits"]["smithy.api#endpoint"]["hostPrefix"] = json!("{id}.");
    });
    check("`x.y#Number$ONE` has no value", |model| {
        model["shapes"]["x.y#Number"]["members"]["ONE"]["traits"] = json!({});
    });
}

#[test]
fn collisions() {
    check("`x.y#Plain$Text` and `x.y#Plain$text` both become `text`", |model| {
        model["shapes"]["x.y#Plain"]["members"] =
            json!({"text": {"target": "smithy.api#String"}, "Text": {"target": "smithy.api#String"}});
    });
    check("both become `Thing` in `types`; give one of them another name with `rename`", |model| {
        model["shapes"]["x.y#Torture"]["rename"]["x.y#Plain"] = json!("Thing");
    });
    check("both become `Off`", |model| {
        model["shapes"]["x.y#Mode"]["members"]["off"] = json!({"target": "smithy.api#Unit"});
        model["shapes"]["x.y#Mode"]["members"]["off"]["traits"] = json!({"smithy.api#enumValue": "OFF"});
    });
}

#[test]
fn paths() {
    let path = |model: &mut Value, path: &str| {
        let waitable = &mut model["shapes"]["x.y#ListThings"]["traits"]["smithy.waiters#waitable"];
        waitable["ThingsThere"]["acceptors"][1]["matcher"]["output"]["path"] = json!(path);
    };
    check(
        "waiter `ThingsThere` of `x.y#ListThings`: path `page.state` names `state`, which `x.y#Page` does not have",
        |model| path(model, "page.state"),
    );
    check("looks for `id` in `x.y#Things`, which is a list", |model| path(model, "things.id"));
    check("is not JMESPath", |model| path(model, "page.["));
    check("calls `explode`", |model| path(model, "explode(page)"));
    check("goes through `x.y#Page` as a list", |model| path(model, "page[]"));
    check("begins with `page` instead of `input` or `output`", |model| {
        let waitable = &mut model["shapes"]["x.y#ListThings"]["traits"]["smithy.waiters#waitable"];
        waitable["ThingsThere"]["acceptors"][4]["matcher"]["inputOutput"]["path"] = json!("page");
    });
    check("`items` of the pages of `x.y#ListThings`: path `stuff` names `stuff`", |model| {
        model["shapes"]["x.y#ListThings"]["traits"]["smithy.api#paginated"]["items"] = json!("stuff");
    });
    check(
        "`pageSize` of the pages of `x.y#ListThings`: path `page.max` leads below the members of the input",
        |model| {
            model["shapes"]["x.y#ListThingsInput"]["members"]["page"] = json!({"target": "x.y#Page"});
            model["shapes"]["x.y#Page"]["members"]["max"] = json!({"target": "smithy.api#Integer"});
            model["shapes"]["x.y#ListThings"]["traits"]["smithy.api#paginated"]["pageSize"] = json!("page.max");
        },
    );
}

/// Every value of the model in turn is taken away or replaced.
#[test]
fn no_broken_model_panics() {
    let model = torture::model();
    let mut paths = Vec::new();
    pointers(&model, String::new(), &mut paths);
    assert!(paths.len() > 300, "{}", paths.len());
    for path in &paths {
        for replacement in [
            json!(null),
            json!(-1),
            json!("x.y#Name"),
            json!("é[`"),
            json!([]),
            json!({}),
            json!([{"target": "x.y#Own"}]),
        ] {
            let mut broken = model.clone();
            if let Some(value) = broken.pointer_mut(path) {
                *value = replacement;
            }
            let _ = lower(&broken.to_string(), &Options::default());
        }
    }
    let text = model.to_string();
    for end in (0..text.len()).step_by(97).filter(|end| text.is_char_boundary(*end)) {
        assert!(lower(&text[..end], &Options::default()).is_err());
    }
}

fn pointers(value: &Value, path: String, paths: &mut Vec<String>) {
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    paths.push(path.clone());
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| pointers(value, format!("{path}/{}", escape(key)), paths))
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| pointers(value, format!("{path}/{index}"), paths));
        }
        _ => {}
    }
}
