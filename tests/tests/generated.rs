//! What is checked in is what the model gives, and the model has everything that the API has.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tests::model::{Model, name, root};

fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("text");
                found.insert(path.strip_prefix(folder).expect("below it").to_owned(), text);
            }
        }
    }
    found
}

#[test]
fn the_generated_folder_is_what_the_model_gives() {
    let model = std::fs::read_to_string(root().join("model/proton.json")).expect("the model");
    let options = smithy_codegen::Options { server: true, ..Default::default() };
    let sdk = smithy_codegen::generate(&model, &options).expect("an SDK");
    let again = smithy_codegen::generate(&model, &options).expect("an SDK");
    assert_eq!(sdk.files, again.files, "the generator gives different output for the same model");
    let found = files(&root().join("proton-sdk/src/generated"));
    let paths = || sdk.files.keys().chain(found.keys());
    let stale: Vec<_> = paths().filter(|path| sdk.files.get(*path) != found.get(*path)).collect();
    assert!(stale.is_empty(), "proton-sdk/src/generated is stale; run `cargo xtask regenerate`: {stale:?}");
}

#[test]
fn the_model_has_everything_that_the_api_has() {
    let model = Model::load();
    let with = |kind: &str, trait_id: &str| {
        model.of_type(kind).iter().filter(|(_, shape)| shape["traits"].get(trait_id).is_some()).count()
    };
    let members = |trait_id: &str| {
        let shapes = model.shapes().filter_map(|(_, shape)| shape["members"].as_object());
        shapes.flat_map(|members| members.values()).filter(|member| member["traits"].get(trait_id).is_some()).count()
    };
    let kinds = ["operation", "structure", "union", "enum", "list", "service"];
    assert_eq!(kinds.map(|kind| model.of_type(kind).len()), [87, 232, 2, 22, 28, 1]);
    assert_eq!(with("operation", "smithy.api#paginated"), 21);
    assert_eq!(with("operation", "smithy.api#readonly") + with("operation", "smithy.api#idempotent"), 37 + 29);
    assert_eq!(with("structure", "smithy.api#error"), 7);
    assert_eq!(with("structure", "smithy.api#httpError"), 7);
    assert_eq!(with("structure", "smithy.api#retryable"), 2);
    assert_eq!(with("structure", "smithy.api#input"), 87);
    assert_eq!(with("structure", "smithy.api#output"), 87);
    assert_eq!(with("string", "smithy.api#pattern"), 14);
    assert_eq!(with("string", "smithy.api#length") + with("list", "smithy.api#length"), 35);
    assert_eq!(with("integer", "smithy.api#range"), 1);
    assert_eq!(with("string", "smithy.api#mediaType"), 4);
    assert_eq!(with("string", "smithy.api#sensitive") + with("structure", "smithy.api#sensitive"), 10);
    assert_eq!(members("smithy.api#enumValue"), 86);
    assert_eq!(members("smithy.api#idempotencyToken"), 7);
    assert_eq!(members("smithy.api#required"), 443);
    let waiters: usize = model
        .operations()
        .iter()
        .filter_map(|(_, shape)| shape["traits"]["smithy.waiters#waitable"].as_object())
        .map(|waiters| waiters.len())
        .sum();
    assert_eq!(waiters, 10);
}

#[test]
fn everything_in_the_model_is_documented() {
    let documented =
        |traits: &serde_json::Value| traits["smithy.api#documentation"].as_str().is_some_and(|text| text.len() > 8);
    for (id, shape) in Model::load().shapes() {
        let kind = shape["type"].as_str().unwrap_or_default();
        if ["operation", "structure", "union", "enum", "service"].contains(&kind) {
            assert!(documented(&shape["traits"]), "{id}");
            for (member, definition) in shape["members"].as_object().into_iter().flatten() {
                assert!(documented(&definition["traits"]), "{}${member}", name(id));
            }
        }
    }
}
