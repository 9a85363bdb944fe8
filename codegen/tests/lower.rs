//! What the generator makes of a model: every feature in one service, looked at in the IR.

use serde_json::{Value, json};
use smithy_codegen::ir::{
    Expr, LeafKind, Literal, Matcher, Member, Model, Presence, RustType, Structure, TimestampFormat,
};
use smithy_codegen::{Options, lower};

mod torture;

fn model() -> Model {
    lower(&torture::model().to_string(), &Options::default()).expect("the model is good")
}

fn structure<'a>(model: &'a Model, name: &str) -> &'a Structure {
    let operations = model.operations.iter().flat_map(|operation| [&operation.input, &operation.output]);
    let mut all = model.structures.iter().chain(&model.errors).chain(operations);
    all.find(|structure| structure.rust_name == name).expect(name)
}

fn member<'a>(structure: &'a Structure, name: &str) -> &'a Member {
    structure.members.iter().find(|member| member.name == name).expect(name)
}

#[test]
fn operations_come_from_the_service_and_its_resources() {
    let model = model();
    let names: Vec<_> = model.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(names, ["CreateThing", "ListThings", "Match", "Ping"]);
    assert_eq!(model.report.skipped.len(), 1);
    assert_eq!(model.report.skipped[0].operation, "Watch");
    assert_eq!(model.report.unreachable, ["x.y#Events", "x.y#Lonely", "x.y#Watch", "x.y#WatchOutput"]);
    assert_eq!(model.report.kinds["operation"], 4);
}

#[test]
fn inputs_and_outputs_are_the_operations_own() {
    let model = model();
    let ping = model.operations.iter().find(|operation| operation.name == "Ping").expect("Ping");
    assert_eq!((ping.input.rust_name.as_str(), ping.input.members.len()), ("PingInput", 0));
    assert!(ping.anonymous);
    // `Thing` is the output of an operation and a type as well.
    let create = model.operations.iter().find(|operation| operation.name == "CreateThing").expect("CreateThing");
    assert_eq!(create.output.rust_name, "CreateThingOutput");
    assert_eq!(create.output.shape_id, "x.y#CreateThingOutput");
    assert_eq!(create.output.members.len(), structure(&model, "Thing").members.len());
    assert_eq!(create.idempotency_token, Some(1));
    assert_eq!(create.errors, ["BadThing", "Busy"]);
    assert_eq!(model.operations[2].snake, "r#match");
}

#[test]
fn presence_follows_the_official_rule() {
    let model = model();
    let thing = structure(&model, "Thing");
    let presence = |name| &member(thing, name).presence;
    assert_eq!(*presence("id"), Presence::Required);
    assert_eq!(*presence("count"), Presence::Default(Literal::Integer(3)));
    assert_eq!(*presence("mode"), Presence::Default(Literal::Enum("on".into())));
    assert_eq!(*presence("seen"), Presence::Default(Literal::Timestamp(0, 0)));
    assert_eq!(*presence("void"), Presence::Optional);
    assert_eq!(*presence("ratio"), Presence::Optional, "clientOptional");
    assert_eq!(*presence("other"), Presence::Optional, "a structure, though required");
    let input = structure(&model, "CreateThingInput");
    assert!(input.members.iter().all(|member| member.presence == Presence::Optional));
    assert!(input.members[0].required);
    assert!(!thing.all_optional && input.all_optional);
}

#[test]
fn circles_are_boxed_once_and_not_through_lists() {
    let model = model();
    assert!(member(structure(&model, "Other"), "thing").boxed);
    assert!(!member(structure(&model, "Thing"), "other").boxed, "one box a circle");
    assert!(!member(structure(&model, "Other"), "others").boxed);
    assert!(member(structure(&model, "Own"), "Own").boxed);
}

#[test]
fn mixins_and_apply_count() {
    let model = model();
    let thing = structure(&model, "Thing");
    let names: Vec<_> = thing.members.iter().take(2).map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["id", "created"], "what a mixin brings comes first");
    assert!(member(thing, "id").docs.join(" ").starts_with("Applied to an inherited member."));
    assert_eq!(thing.docs, ["A thing."]);
}

#[test]
fn traits_of_members_make_entries_of_their_own() {
    let model = model();
    let leaf = |table: &str| model.leaves.iter().find(|leaf| leaf.table == table).expect(table);
    assert_eq!(leaf("THING_CREATED").kind, LeafKind::Timestamp(TimestampFormat::DateTime));
    assert_eq!(leaf("NAME").constraints.length, Some((1, 9)));
    assert!(leaf("SECRET").sensitive);
    assert_eq!(leaf("THING_NUMBER").kind, LeafKind::IntEnum(vec![1, 2]));
    assert_eq!(member(structure(&model, "Thing"), "number").ty, RustType::I32);
    let sparse = &member(structure(&model, "Thing"), "sparse").ty;
    assert!(matches!(sparse, RustType::Map { sparse: true, .. }));
}

#[test]
fn limits_are_said_once() {
    let model = model();
    let thing = structure(&model, "Thing");
    assert_eq!(
        member(thing, "id").docs.last().map(String::as_str),
        Some("Limits: required; 1 to 9 characters; matches ``a`b``.")
    );
    assert_eq!(
        member(thing, "names").docs,
        ["Limits: at most 5 items; no two items are equal; each item 1 to 9 characters, matches ``a`b``."]
    );
    assert_eq!(member(thing, "number").docs, ["Limits: at least 1; one of 1 (ONE), 2 (TWO)."]);
}

#[test]
fn names_that_clash_are_changed_as_the_official_sdk_does() {
    let model = model();
    let own = structure(&model, "Own");
    let names: Vec<_> = own.members.iter().map(|member| member.rust_name.as_str()).collect();
    assert_eq!(names, ["build_value", "own", "r#type", "meta_value", "self_", "set_own_value"]);
    assert!(model.structures.iter().any(|structure| structure.rust_name == "Renamed"));
}

#[test]
fn errors_have_a_message() {
    let model = model();
    let busy = structure(&model, "Busy");
    let info = busy.error.as_ref().expect("an error");
    assert_eq!(busy.members[info.message].rust_name, "message");
    assert_eq!(info.http_status, 503);
    assert!(info.thrown);
}

#[test]
fn equality_sees_through_types() {
    let model = model();
    let thing = structure(&model, "Thing");
    assert!(!thing.can_eq, "a float below");
    let plain = structure(&model, "Renamed");
    assert!(plain.can_eq);
}

#[test]
fn pages_and_waiters_resolve() {
    let model = model();
    let list = model.operations.iter().find(|operation| operation.name == "ListThings").expect("ListThings");
    let pages = list.paginated.as_ref().expect("pages");
    let names: Vec<_> = pages.output_token.steps.iter().map(|step| step.rust_name.as_str()).collect();
    assert_eq!(names, ["page", "next"]);
    let waiter = &list.waiters[0];
    assert_eq!((waiter.min_delay, waiter.max_delay), (2, 120));
    let reasons: Vec<_> =
        waiter.acceptors.iter().map(|acceptor| acceptor.reason.as_ref().map(|path| path.text.as_str())).collect();
    assert_eq!(reasons, [None, Some("page.statusReason"), None, None, None]);
    let Matcher::Output { path, .. } = &waiter.acceptors[3].matcher else { panic!("an output matcher") };
    assert!(matches!(&path.expr, Expr::Call { name, .. } if name == "contains"));
}

#[test]
fn a_subset_reaches_less() {
    let options = Options { operations: vec!["Ping".into()], ..Options::default() };
    let model = lower(&torture::model().to_string(), &options).expect("the model is good");
    assert_eq!(model.operations.len(), 1);
    assert!(model.structures.is_empty());
    assert_eq!(model.report.unselected, 4);
}

#[test]
fn the_old_form_of_enums_and_of_defaults_is_read() {
    let mut text = torture::model();
    text["smithy"] = "1.0".into();
    text["shapes"]["x.y#Plain"]["members"]["old"] = json!({"target": "x.y#Old"});
    text["shapes"]["x.y#Plain"]["members"]["flag"] = json!({"target": "smithy.api#PrimitiveBoolean"});
    text["shapes"]["x.y#Old"] = json!({"type": "string", "traits": {"smithy.api#enum": [
        {"value": "<"}, {"value": ">"}, {"value": "n", "name": "NAMED"}
    ]}});
    let model = lower(&text.to_string(), &Options::default()).expect("the model is good");
    let old = model.enums.iter().find(|it| it.rust_name == "Old").expect("Old");
    let names: Vec<_> = old.variants.iter().map(|variant| variant.rust_name.as_str()).collect();
    assert_eq!(names, ["Empty", "Empty2", "Named"]);
    let flag = &member(structure(&model, "Renamed"), "flag").presence;
    assert_eq!(*flag, Presence::Default(Literal::Boolean(false)));
}

#[test]
fn the_old_form_has_no_zero_where_the_range_has_none() {
    let mut text = torture::model();
    text["smithy"] = "1.0".into();
    let range = |range: Value| json!({"smithy.api#range": range});
    for (name, target, traits) in [
        ("above", "x.y#Some", json!({})),
        ("below", "smithy.api#PrimitiveLong", range(json!({"max": -1}))),
        ("from", "x.y#Some", range(json!({"min": 0}))),
        ("text", "smithy.api#PrimitiveDouble", range(json!({"min": "0.5"}))),
        ("open", "x.y#Some", range(json!({"max": 9}))),
    ] {
        text["shapes"]["x.y#Plain"]["members"][name] = json!({"target": target, "traits": traits});
    }
    text["shapes"]["x.y#Some"] = json!({"type": "integer", "traits": range(json!({"min": 1, "max": 9}))});
    let model = lower(&text.to_string(), &Options::default()).expect("the model is good");
    let with_default = |name: &&str| {
        matches!(member(structure(&model, "Renamed"), name).presence, Presence::Default(Literal::Integer(0)))
    };
    let found: Vec<_> = ["above", "below", "from", "text", "open"].into_iter().filter(with_default).collect();
    assert_eq!(found, ["from", "open"]);
}

#[test]
fn equal_text_gives_equal_models_in_any_order() {
    let model = torture::model();
    let Value::Object(shapes) = &model["shapes"] else { panic!("shapes") };
    let reversed: Vec<_> = shapes.iter().rev().map(|(id, shape)| format!("{id:?}: {shape}")).collect();
    let text = format!("{{\"smithy\": \"2.0\", \"shapes\": {{{}}}}}", reversed.join(","));
    let again = lower(&text, &Options::default()).expect("the model is good");
    assert_eq!(again, self::model());
}
