//! The model as tests read it: plain JSON, and values made from it.

use serde_json::{Map, Value, json};
use std::path::Path;

/// `model/proton.json`.
#[derive(Debug)]
pub struct Model {
    shapes: Map<String, Value>,
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the workspace")
}

impl Model {
    /// Reads the model.
    pub fn load() -> Self {
        let text = std::fs::read_to_string(root().join("model/proton.json")).expect("the model");
        let mut model: Value = serde_json::from_str(&text).expect("JSON");
        match model["shapes"].take() {
            Value::Object(shapes) => Self { shapes },
            _ => panic!("the model has no shapes"),
        }
    }

    /// All shapes by id.
    pub fn shapes(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.shapes.iter().map(|(id, shape)| (id.as_str(), shape))
    }

    /// One shape; those of Smithy's prelude have a type alone.
    pub fn shape(&self, id: &str) -> Value {
        match self.shapes.get(id) {
            Some(shape) => shape.clone(),
            None => json!({"type": id.trim_start_matches("smithy.api#").to_lowercase()}),
        }
    }

    /// Operations by name, with their shapes.
    pub fn operations(&self) -> Vec<(&str, &Value)> {
        self.of_type("operation")
    }

    /// Shapes of a type, by name.
    pub fn of_type(&self, kind: &str) -> Vec<(&str, &Value)> {
        self.shapes().filter(|(_, shape)| shape["type"] == kind).map(|(id, shape)| (name(id), shape)).collect()
    }

    /// A value of the shape in wire form: every member set, every list with two items.
    pub fn sample(&self, id: &str) -> Value {
        self.value(id, 0)
    }

    fn value(&self, id: &str, seed: usize) -> Value {
        let shape = self.shape(id);
        let members = || shape["members"].as_object().into_iter().flatten();
        match shape["type"].as_str().unwrap_or_default() {
            "structure" => {
                let value = |(index, (key, member)): (usize, (&String, &Value))| {
                    (key.clone(), self.value(target(member), seed + index))
                };
                Value::Object(members().enumerate().map(value).collect())
            }
            "union" => {
                let chosen = members().nth(seed % members().count().max(1));
                chosen.map_or(json!({}), |(key, member)| json!({key.clone(): self.value(target(member), seed)}))
            }
            "list" => {
                json!([self.value(target(&shape["member"]), seed), self.value(target(&shape["member"]), seed + 1)])
            }
            "enum" => {
                let values: Vec<_> = members().map(|(_, member)| &member["traits"]["smithy.api#enumValue"]).collect();
                values[seed % values.len()].clone()
            }
            "timestamp" => json!(1_600_000_000.5 + seed as f64),
            "integer" => json!(seed + 1),
            "boolean" => json!(seed.is_multiple_of(2)),
            "string" => json!(format!("{}-{seed} \u{e9}\"\\\n", name(id))),
            other => panic!("no sample for {other}"),
        }
    }
}

/// The shape id that a member or reference points to.
pub fn target(reference: &Value) -> &str {
    reference["target"].as_str().expect("a target")
}

/// The name in a shape id.
pub fn name(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}
