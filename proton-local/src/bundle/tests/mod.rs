//! What bundles promise, beside the bundles in `tests/bundles`.

mod arbitrary;
mod hostile;
mod jinja;
mod specs;
mod terraform;

use super::schema::{self, Schema};

/// A schema whose inputs, of either kind of template, are these properties.
fn schema(properties: &str) -> Schema {
    let text = format!(
        "schema:\n  format: {{openapi: \"3.0.0\"}}\n  environment_input_type: In\n  service_input_type: In\n  \
         pipeline_input_type: In\n  types:\n    In: {{type: object, properties: {properties}}}\n"
    );
    let mut faults = Vec::new();
    let read = schema::read("schema.yaml", &text, &mut faults);
    assert!(faults.is_empty(), "{faults:?}");
    read
}
