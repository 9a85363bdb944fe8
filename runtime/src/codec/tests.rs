//! What errors say of where reading stopped, and what they must not say.

#![allow(unreachable_pub, dead_code)] // the macros write what a public type has

use super::decode;
use crate::schema::{Shape, TimestampFormat, prelude};
use aws_smithy_types::DateTime;
use std::collections::HashMap;

static SECRET: Shape = Shape::string("t#Secret").sensitive();
static COUNTS: Shape = Shape::map("t#Counts", &prelude::STRING, &prelude::INTEGER);
static HIDDEN: Shape = Shape::map("t#Hidden", &SECRET, &prelude::INTEGER);
static VAULT: Shape = Shape::map("t#Vault", &prelude::STRING, &COUNTS).sensitive();

static DATE_TIME: Shape = Shape::timestamp("t#DateTime", TimestampFormat::DateTime);
static HTTP_DATE: Shape = Shape::timestamp("t#HttpDate", TimestampFormat::HttpDate);

#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Times {
    epoch: Option<DateTime>,
    iso: Option<DateTime>,
    http: Option<DateTime>,
}

crate::structure! {
    TIMES: "t#Times" => Times, TimesBuilder, whole;
    0 "epoch" prelude::TIMESTAMP: epoch set_epoch get_epoch => optional [plain DateTime];
    1 "iso" DATE_TIME: iso set_iso get_iso => optional [plain DateTime];
    2 "http" HTTP_DATE: http set_http get_http => optional [plain DateTime];
}

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

#[test]
fn a_timestamp_is_read_in_any_format() {
    for text in [
        "1398796238",
        "\"1398796238\"",
        "\"2014-04-29T18:30:38Z\"",
        "\"2014-04-29T20:30:38+02:00\"",
        "\"Tue, 29 Apr 2014 18:30:38 GMT\"",
        "\"Tue, 29 Apr 2014 18:30:38.000 GMT\"",
    ] {
        let mut times = Times::default();
        let json = format!(r#"{{"epoch":{text},"iso":{text},"http":{text}}}"#);
        decode(json.as_bytes(), &mut times).expect(text);
        let expected = Some(DateTime::from_secs(1_398_796_238));
        assert_eq!((times.epoch, times.iso, times.http), (expected, expected, expected), "{text}");
    }
    for text in
        ["\"\"", "\"soon\"", "\"NaN\"", "\"1e99\"", "\"2014-04-29\"", "253402300800", "\"253402300800\"", "true"]
    {
        for member in ["epoch", "iso", "http"] {
            let json = format!(r#"{{"{member}":{text}}}"#);
            decode(json.as_bytes(), &mut Times::default()).expect_err(&json);
        }
    }
}

#[test]
fn doubles_are_read_to_the_last_bit() {
    for text in ["1.7777777777777777e50", "133333333333.33333", "0.1", "5e-324", "1.7976931348623157e308"] {
        let mut thing = Precise::default();
        decode(format!(r#"{{"ratio":{text}}}"#).as_bytes(), &mut thing).expect(text);
        assert_eq!(thing.ratio, text.parse().ok(), "{text}");
    }
}

#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Precise {
    ratio: Option<f64>,
}

crate::structure! {
    PRECISE: "t#Precise" => Precise(inexact), PreciseBuilder, whole;
    0 "ratio" prelude::DOUBLE: ratio set_ratio get_ratio => optional [copy f64];
}
