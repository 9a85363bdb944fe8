//! Any value of any operation survives the way to the wire and back.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use tests::by_name::round_trip;
use tests::model::{Model, target};

/// Values of a shape in wire form: required members always, others now and then.
fn values(model: &Arc<Model>, id: &str) -> BoxedStrategy<Value> {
    let shape = model.shape(id);
    let members = || shape["members"].as_object().cloned().unwrap_or_default();
    match shape["type"].as_str().unwrap_or_default() {
        "structure" => members()
            .into_iter()
            .fold(Just(Map::new()).boxed(), |structure, (name, member)| {
                let required = member["traits"].get("smithy.api#required").is_some();
                let value = values(model, target(&member)).prop_map(Some);
                let value = if required { value.boxed() } else { prop_oneof![value, Just(None)].boxed() };
                let insert = move |(mut structure, value): (Map<String, Value>, Option<Value>)| {
                    structure.extend(value.map(|value| (name.clone(), value)));
                    structure
                };
                (structure, value).prop_map(insert).boxed()
            })
            .prop_map(Value::Object)
            .boxed(),
        "union" => {
            let variants = members().into_iter().map(|(name, member)| {
                values(model, target(&member)).prop_map(move |value| json!({name.clone(): value})).boxed()
            });
            let newer = any::<(String, i32)>().prop_map(|(name, value)| json!({format!("new{name}"): {"x": value}}));
            proptest::strategy::Union::new(variants.chain([newer.boxed()])).boxed()
        }
        "list" => prop::collection::vec(values(model, target(&shape["member"])), 0..4).prop_map(Value::Array).boxed(),
        "enum" => {
            let known: Vec<_> =
                members().values().map(|member| member["traits"]["smithy.api#enumValue"].clone()).collect();
            prop_oneof![prop::sample::select(known), any::<String>().prop_map(Value::String)].boxed()
        }
        // Milliseconds of the years 1 to 9999; whole seconds are integers on the wire.
        "timestamp" => (-62_135_596_800_000_i64..253_402_300_799_000)
            .prop_map(|millis| match millis % 1000 {
                0 => json!(millis / 1000),
                _ => json!(millis as f64 / 1000.0),
            })
            .boxed(),
        "integer" => any::<i32>().prop_map(|value| json!(value)).boxed(),
        "boolean" => any::<bool>().prop_map(|value| json!(value)).boxed(),
        "string" => any::<String>().prop_map(Value::String).boxed(),
        other => panic!("no values for {other}"),
    }
}

#[test]
fn any_value_round_trips() {
    let model = Arc::new(Model::load());
    let names: Vec<_> = model.operations().iter().map(|(name, shape)| ((*name).to_owned(), (*shape).clone())).collect();
    // The same values on every run; PROPTEST_CASES asks for more of them.
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    for (operation, shape) in names {
        let strategy = (values(&model, target(&shape["input"])), values(&model, target(&shape["output"])));
        let rng = proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let outcome = runner.run(&strategy, |(input, output)| {
            let (input_again, output_again) = round_trip(&operation, &input, &output);
            prop_assert_eq!(input_again, input);
            prop_assert_eq!(output_again, output);
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{operation}: {error}"));
    }
}
