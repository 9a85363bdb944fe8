//! One shape with every constraint, and what is said of values that do not meet them.

#![allow(unreachable_pub, dead_code)] // the macros write what a public type has

use super::{Constraint, Unit, Validate, ValidationError, violations, violations_of_decoded};
use crate::schema::{Number, Shape, prelude};
use crate::value::{Structure, UnknownUnion, UnknownVariantValue};
use aws_smithy_types::Blob;
use std::collections::HashMap;

static TEXT: Shape = Shape::string("t#Text").length(2, 4).pattern("^[a-zäö😀]+$");
static SECRET: Shape = Shape::string("t#Secret").sensitive().length(0, 3).pattern("^[0-9]*$");
static BYTES: Shape = Shape::simple("t#Bytes", crate::schema::Kind::Blob).length(1, 2);
static COUNT: Shape =
    Shape::simple("t#Count", crate::schema::Kind::Integer).range(Some(Number::Integer(1)), Some(Number::Integer(10)));
static RATIO: Shape = Shape::simple("t#Ratio", crate::schema::Kind::Double).range(Some(Number::Float(0.5)), None);
static LEVEL: Shape = Shape::int_enum("t#Level", &[1, 5]);
static TEXTS: Shape = Shape::list("t#Texts", &TEXT).length(0, 3).unique_items();
static LABELS: Shape = Shape::map("t#Labels", &TEXT, &SECRET).length(1, 1);
static HIDDEN: Shape = Shape::map("t#Hidden", &SECRET, &TEXT);
static CHILDREN: Shape = Shape::list("t#Children", &THING);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Suit {
    Clubs,
    Hearts,
    Unknown(UnknownVariantValue),
}

crate::string_enum! {
    SUIT: "t#Suit" => Suit;
    Clubs "CLUBS";
    Hearts "HEARTS";
}

#[derive(Clone)]
#[non_exhaustive]
pub enum Source {
    File(String),
    Unknown(UnknownUnion),
}

crate::union! {
    SOURCE: "t#Source" => Source;
    0 "file" TEXT: File(String) as_file is_file;
}

#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Thing {
    name: Option<String>,
    secret: Option<String>,
    bytes: Option<Blob>,
    count: Option<i32>,
    ratio: Option<f64>,
    level: Option<i32>,
    suit: Option<Suit>,
    source: Option<Source>,
    texts: Option<Vec<String>>,
    labels: Option<HashMap<String, String>>,
    hidden: Option<HashMap<String, String>>,
    children: Option<Vec<Self>>,
    free: Option<String>,
}

crate::structure! {
    THING: "t#Thing" => Thing, ThingBuilder, infallible;
    0 "name" TEXT: name set_name get_name => required_option [text];
    1 "secret" SECRET: secret set_secret get_secret => optional [text];
    2 "bytes" BYTES: bytes set_bytes get_bytes => optional [plain Blob];
    3 "count" COUNT: count set_count get_count => optional [copy i32];
    4 "ratio" RATIO: ratio set_ratio get_ratio => optional [copy f64];
    5 "level" LEVEL: level set_level get_level => optional [copy i32];
    6 "suit" SUIT: suit set_suit get_suit => optional [plain Suit];
    7 "source" SOURCE: source set_source get_source => optional [plain Source];
    8 "texts" TEXTS: texts set_texts get_texts => optional [texts];
    9 "labels" LABELS: labels set_labels get_labels => optional [map_text String];
    10 "hidden" HIDDEN: hidden set_hidden get_hidden => optional [map_text String];
    11 "children" CHILDREN: children set_children get_children => optional [list Thing];
    12 "free" prelude::STRING: free set_free get_free => optional [text];
}

fn thing() -> ThingBuilder {
    Thing::builder().name("abc")
}

fn said(thing: &Thing) -> Vec<String> {
    violations(thing).iter().map(ToString::to_string).collect()
}

#[test]
fn what_meets_every_constraint_passes() {
    let full = thing()
        .secret("123")
        .bytes(Blob::new([1]))
        .count(10)
        .ratio(0.5)
        .level(5)
        .suit(Suit::Hearts)
        .source(Source::File("abcd".into()))
        .texts("ab")
        .texts("😀😀😀😀")
        .labels("ab", "1")
        .hidden("1", "ab")
        .children(thing().build());
    assert_eq!(full.build().validate(), Ok(()));
}

#[test]
fn each_constraint_is_named_with_path_and_value() {
    for (thing, expected) in [
        (Thing::builder(), "`name` is required and has no value"),
        (thing().name("a"), r#"`name` must have at least 2 characters: "a""#),
        (thing().name("😀😀😀😀a"), r#"`name` must have at most 4 characters: "😀😀😀😀a""#),
        (thing().name("AB"), r#"`name` must match `^[a-zäö😀]+$`: "AB""#),
        (thing().secret("1234"), "`secret` must have at most 3 characters"),
        (thing().secret("x"), "`secret` must match `^[0-9]*$`"),
        (thing().bytes(Blob::new([])), "`bytes` must have at least 1 byte: 0 bytes"),
        (thing().bytes(Blob::new("é!")), "`bytes` must have at most 2 bytes: 3 bytes"),
        (thing().count(0), "`count` must be at least 1: 0"),
        (thing().count(11), "`count` must be at most 10: 11"),
        (thing().ratio(0.25), "`ratio` must be at least 0.5: 0.25"),
        (thing().ratio(f64::NAN), "`ratio` must be at least 0.5: NaN"),
        (thing().level(2), "`level` must be one of 1, 5: 2"),
        (thing().suit(Suit::from("SPADES")), r#"`suit` must be one of CLUBS, HEARTS: "SPADES""#),
        (thing().source(Source::File("a".into())), r#"`source.file` must have at least 2 characters: "a""#),
        (
            thing().source(Source::Unknown(UnknownUnion::new("queue", "{}"))),
            r#"`source` must have exactly one member that the model names: "queue""#,
        ),
        (
            thing().source(Source::Unknown(UnknownUnion::default())),
            r#"`source` must have exactly one member that the model names: """#,
        ),
        (thing().texts("ab").texts("cd").texts("ab"), "`texts` must have no two equal items: 3 items"),
        (thing().texts("ab").texts("x"), r#"`texts[1]` must have at least 2 characters: "x""#),
        (thing().set_labels(Some(HashMap::new())), "`labels` must have at least 1 entry: 0 entries"),
        (thing().labels("a", "1"), r#"`labels["a"]` must have at least 2 characters: "a""#),
        (thing().labels("ab", "x"), r#"`labels["ab"]` must match `^[0-9]*$`"#),
        (thing().hidden("x", "ab"), "`hidden[*]` must match `^[0-9]*$`"),
        (thing().hidden("1", "X!"), r#"`hidden[*]` must match `^[a-zäö😀]+$`: "X!""#),
        (
            thing().children(thing().build()).children(thing().children(Thing::default()).build()),
            "`children[1].children[0].name` is required and has no value",
        ),
    ] {
        assert_eq!(said(&thing.build()), [expected]);
    }
}

#[test]
fn all_violations_come_in_the_order_of_the_model() {
    let error = thing().name("A").count(0).suit(Suit::from("X")).build().validate().expect_err("four");
    let constraints: Vec<_> = error.violations().iter().map(|violation| *violation.constraint()).collect();
    assert_eq!(
        constraints,
        [
            Constraint::MinLength(2, Unit::Characters),
            Constraint::Pattern("^[a-zäö😀]+$"),
            Constraint::Minimum(Number::Integer(1)),
            Constraint::Enum(&["CLUBS", "HEARTS"]),
        ]
    );
    assert_eq!(error.to_string().matches("; ").count(), 3);
    assert!(!error.to_string().contains('\n'));
}

#[test]
fn a_service_says_it_as_aws_services_do() {
    let at = |thing: ThingBuilder| thing.build().validate().expect_err("a violation").service_message();
    assert_eq!(
        at(thing().name("abcde")),
        "1 validation error detected: Value 'abcde' at 'name' failed to satisfy constraint: \
         Member must have length less than or equal to 4"
    );
    assert_eq!(
        at(Thing::builder().count(0)),
        "2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; \
         Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1"
    );
    let tail = |thing: ThingBuilder| {
        let message = at(thing);
        message.strip_prefix("1 validation error detected: ").map(str::to_owned).expect("one error")
    };
    assert_eq!(
        tail(thing().name("AB")),
        "Value 'AB' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: \
         ^[a-zäö😀]+$"
    );
    assert_eq!(
        tail(thing().suit(Suit::from("X"))),
        "Value 'X' at 'suit' failed to satisfy constraint: Member must satisfy enum value set: [CLUBS, HEARTS]"
    );
    assert_eq!(
        tail(thing().secret("x")),
        "Value at 'secret' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9]*$"
    );
    assert_eq!(
        tail(thing().texts("ab").texts("x")),
        "Value 'x' at 'texts.2.member' failed to satisfy constraint: Member must have length greater than or equal to 2"
    );
    assert_eq!(
        tail(thing().children(Thing::default())),
        "Value null at 'children.1.member.name' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn sensitive_values_show_nowhere() {
    let error = thing().secret("hunter2").hidden("hunter2", "ab").build().validate().expect_err("violations");
    let texts = format!("{error} {error:?} {} {:?}", error.service_message(), error.violations()[0].value());
    assert!(!texts.contains("hunter2"), "{texts}");
    assert!(error.violations()[0].is_sensitive());
}

#[test]
fn long_values_are_shortened() {
    let error = thing().name("ä".repeat(100_000)).build().validate().expect_err("too long");
    assert_eq!(error.violations().len(), 1, "what is far too long is not matched");
    assert_eq!(error.violations()[0].value(), Some(format!("{}…", "ä".repeat(99)).as_str()));
    assert_eq!(said(&thing().name("Ä".repeat(100)).build()).len(), 2);
}

#[test]
fn what_a_decoded_text_lacks_counts_once() {
    let mut thing = Thing::default();
    let missing = crate::codec::decode(br#"{"children":[{"count":0}],"name":"ab"}"#, &mut thing).expect("JSON");
    let found = violations_of_decoded(&thing, &missing);
    let paths: Vec<_> = found.iter().map(|violation| violation.path()).collect();
    assert_eq!(paths, ["children[0].name", "children[0].count"]);
}

#[test]
fn a_pattern_that_cannot_be_compiled_admits_all() {
    assert!(super::pattern::matches("^(?!a)", "a"));
    assert!(super::pattern::matches("b", "abc"), "patterns are not anchored");
}

#[test]
fn a_dynamic_structure_can_be_checked() {
    let error: ValidationError = thing().count(99).build().validate().expect_err("too many");
    let thing = thing().count(99).build();
    let dynamic: &dyn Structure = &thing;
    assert_eq!(violations(dynamic), error.into_violations());
}
