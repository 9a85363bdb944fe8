//! What errors say of where reading stopped, and what they must not say.

#![allow(unreachable_pub, dead_code)] // the macros write what a public type has

use super::decode;
use crate::schema::{Shape, prelude};
use std::collections::HashMap;

static SECRET: Shape = Shape::string("t#Secret").sensitive();
static COUNTS: Shape = Shape::map("t#Counts", &prelude::STRING, &prelude::INTEGER);
static HIDDEN: Shape = Shape::map("t#Hidden", &SECRET, &prelude::INTEGER);
static VAULT: Shape = Shape::map("t#Vault", &prelude::STRING, &COUNTS).sensitive();

#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Thing {
    count: Option<i32>,
    secret: Option<String>,
    counts: Option<HashMap<String, i32>>,
    hidden: Option<HashMap<String, i32>>,
    vault: Option<HashMap<String, HashMap<String, i32>>>,
}

crate::structure! {
    THING: "t#Thing" => Thing, ThingBuilder, whole;
    0 "count" prelude::INTEGER: count set_count get_count => optional [copy i32];
    1 "secret" SECRET: secret set_secret get_secret => optional [text];
    2 "counts" COUNTS: counts set_counts get_counts => optional [map String: i32];
    3 "hidden" HIDDEN: hidden set_hidden get_hidden => optional [map String: i32];
    4 "vault" VAULT: vault set_vault get_vault => optional [map String: HashMap<String, i32>];
}

fn failure(json: &str) -> String {
    decode(json.as_bytes(), &mut Thing::default()).expect_err(json).to_string()
}

#[test]
fn an_error_names_its_place_and_what_stands_there() {
    for (json, expected) in [
        (r#"{"count":"x"}"#, "at `count`: invalid type: string \"x\", expected a whole number"),
        (r#"{"count":3000000000}"#, "at `count`: integer `3000000000` does not fit in 32 bits"),
        (r#"{"count":1.5}"#, "at `count`: invalid value: floating point `1.5`, expected a whole number"),
        (r#"{"counts":{"a":1,"b":true}}"#, "at `counts[\"b\"]`: invalid type: boolean `true`, expected a whole number"),
        (r#"{"counts":[1]}"#, "at `counts`: invalid type: sequence, expected a map"),
        (r#"[]"#, "invalid type: sequence, expected a JSON object for Thing"),
    ] {
        let message = failure(json);
        assert!(message.contains(expected), "{json}: {message}");
    }
}

#[test]
fn what_is_sensitive_is_not_shown() {
    for (json, place) in [
        (r#"{"secret":31337}"#, "`secret`"),
        (r#"{"hidden":{"31337":"x"}}"#, "`hidden[*]`"),
        (r#"{"vault":{"31337":{"a":1}, "b":{"31337":"31337"}}}"#, "`vault[*][*]`"),
        (r#"{"vault":"31337"}"#, "`vault`"),
    ] {
        let message = failure(json);
        assert!(message.contains(place) && !message.contains("31337"), "{json}: {message}");
    }
}
