//! The crates to test: one for each suite file, one for each service of a model. What cannot become a crate is a
//! failure of its own and stops no other.

use super::read;
use super::suite::Suite;
use super::workspace::Workspace;
use super::{Subject, cases, generate, json_files, service};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use smithy_codegen::{Files, Options};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// What is around the clients of a suite file.
const HARNESS: &str = include_str!("template/harness.rs");

/// Adds the crates of all suite files.
pub(super) fn suites(workspace: &mut Workspace, folders: &[PathBuf]) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    for folder in folders {
        let before = subjects.len();
        for direction in ["input", "output"] {
            let folder = folder.join(direction);
            let files = if folder.is_dir() { json_files(&folder)? } else { Vec::new() };
            for path in files {
                let title = format!("suite {direction}/{}", module_name(&path));
                let mut subject = Subject { title, ..Subject::default() };
                if let Err(error) = suite_file(workspace, &path, direction, &mut subject) {
                    subject.failures.push(format!("{error:#}"));
                }
                subjects.push(subject);
            }
        }
        ensure!(subjects.len() > before, "{} has neither input/*.json nor output/*.json", folder.display());
    }
    Ok(subjects)
}

/// Adds the crate of one suite file, unless nothing in it can be tested.
fn suite_file(workspace: &mut Workspace, path: &Path, direction: &str, subject: &mut Subject) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let file = read::read(&text)?;
    subject.skipped = file.skipped;
    subject.failures = file.failures;
    let mut files = Files::new();
    let mut features = BTreeSet::new();
    suite_clients(file.suites, subject, &mut files, &mut features);
    if subject.expected == 0 {
        return Ok(());
    }
    let package = workspace.free_name(&format!("conform-suite-{direction}-{}", module_name(path).replace('_', "-")));
    files.insert("src/harness.rs".into(), HARNESS.to_owned());
    files.insert("Cargo.toml".into(), manifest(&package, &workspace.runtime()?, &features));
    workspace.add(&package, files);
    subject.package = Some(package);
    subject.prefix = "tests_".to_owned();
    Ok(())
}

/// Adds a client for each group of suites that agree, and its tests.
fn suite_clients(suites: Vec<Suite>, subject: &mut Subject, files: &mut Files, features: &mut BTreeSet<&'static str>) {
    let mut root = String::from(
        "//! Clients of a protocol suite, and their tests.\n\n#[cfg(test)]\n#[allow(dead_code)]\nmod harness;\n",
    );
    for (number, service) in service::group(suites, &mut subject.failures).iter().enumerate() {
        let number = number + 1;
        let client = || {
            let model = service.model()?;
            let mut sdk = generate(&model, None)?;
            let (name, prefix) = service.target_prefix();
            let table = sdk.files.get_mut(Path::new("service.rs")).context("a client has a `service.rs`")?;
            *table = table.replace(&format!("target_prefix: {name:?}"), &format!("target_prefix: {prefix:?}"));
            anyhow::Ok((sdk, smithy_codegen::lower(&model, &Options::default())?))
        };
        let (sdk, ir) = match client() {
            Ok(client) => client,
            Err(error) => {
                let ids = service.cases.iter().map(|placed| &placed.case.id);
                subject.failures.extend(ids.map(|id| format!("case `{id}`: {error:#}")));
                continue;
            }
        };
        features.extend(&sdk.features);
        let failed = subject.failures.len();
        let tests = cases::write(service, &ir, &format!("client_{number}"), &mut subject.failures);
        subject.expected += service.cases.len() - (subject.failures.len() - failed);
        let _ = write!(root, "\n#[rustfmt::skip]\npub mod client_{number};\n#[cfg(test)]\nmod tests_{number};\n");
        files.insert(format!("src/tests_{number}.rs").into(), tests);
        let folder = format!("src/client_{number}");
        files.extend(sdk.files.into_iter().map(|(path, text)| (Path::new(&folder).join(path), text)));
    }
    files.insert("src/lib.rs".into(), root);
}

fn manifest(package: &str, runtime: &str, features: &BTreeSet<&'static str>) -> String {
    let features: Vec<_> = features.iter().collect();
    format!(
        "[package]\nname = {package:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [features]\ndefault = [\"server\"]\nserver = [\"smithy-runtime/server\"]\n\n\
         [dependencies]\nsmithy-runtime = {{ path = {runtime:?}, features = {features:?} }}\n\n\
         [dev-dependencies]\naws-smithy-runtime-api = {{ version = \"1\", features = [\"client\"] }}\n\
         aws-smithy-types = \"1\"\nflate2 = {{ version = \"1\", default-features = false, features = [\"rust_backend\"] }}\n\
         serde = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [lints]\nworkspace = true\n"
    )
}

/// Adds a crate for each service of each model.
pub(super) fn models(workspace: &mut Workspace, folder: &Path) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    for path in json_files(folder)? {
        let name = module_name(&path);
        let failed = |title: String, error| Subject { title, failures: vec![error], ..Subject::default() };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                subjects.push(failed(format!("model {name}"), format!("cannot read {}: {error}", path.display())));
                continue;
            }
        };
        for service in services(&text) {
            let name = match &service {
                Some(service) => format!("{name}_{}", service.replace(|it: char| !it.is_ascii_alphanumeric(), "_")),
                None => name.clone(),
            };
            let subject = model(workspace, &name, &text, service.as_deref());
            subjects.push(subject.unwrap_or_else(|error| failed(format!("model {name}"), format!("{error:#}"))));
        }
    }
    ensure!(!subjects.is_empty(), "{} has no *.json", folder.display());
    Ok(subjects)
}

/// The services of a model that has several, each to be named to the generator; else `None`, once.
fn services(text: &str) -> Vec<Option<String>> {
    let model: Value = serde_json::from_str(text).unwrap_or_default();
    let shapes = model["shapes"].as_object().into_iter().flatten();
    let services =
        shapes.filter(|(_, shape)| shape["type"] == "service" && shape["traits"]["smithy.api#mixin"].is_null());
    let services: Vec<_> = services.map(|(id, _)| Some(id.clone())).collect();
    if services.len() > 1 { services } else { vec![None] }
}

/// Adds the crate of one service.
fn model(workspace: &mut Workspace, name: &str, text: &str, service: Option<&str>) -> Result<Subject> {
    let sdk = generate(text, service)?;
    let package = workspace.free_name(&format!("conform-{}", name.to_ascii_lowercase().replace('_', "-")));
    let around = crate::regenerate::stand_alone(&workspace.root, &workspace.folder.join(&package), &package, &sdk)?;
    let mut files: Files =
        sdk.files.into_iter().map(|(path, text)| (Path::new("src/generated").join(path), text)).collect();
    files.extend(around);
    let manifest = files.get_mut(Path::new("Cargo.toml")).context("a stand-alone crate has a manifest")?;
    // A member of the workspace here, so that all crates share their dependencies; its server's side compiles too.
    *manifest = manifest
        .replace("\n[workspace]\n", "\n[lints]\nworkspace = true\n")
        .replace("[features]\n", "[features]\ndefault = [\"server\"]\n");
    let tests = files.get(Path::new("src/generated/endpoint_tests.rs"));
    let expected = tests.map_or(0, |text| text.matches("#[test]").count());
    let report = &sdk.report;
    let skipped = report.skipped.iter().map(|it| format!("{}: {}", it.operation, it.reason));
    let undiscovered = report.undiscovered.iter().map(|operation| format!("{operation}: endpoint discovery"));
    workspace.add(&package, files);
    Ok(Subject {
        title: format!("model {name} ({} operations)", report.operations),
        package: Some(package),
        prefix: "generated::endpoint_tests::".to_owned(),
        expected,
        skipped: skipped.chain(undiscovered).collect(),
        failures: Vec::new(),
    })
}

/// A file's name as a module's: `json_1_0` of `json-1.0.json`. A `model.json` has its folder's.
fn module_name(path: &Path) -> String {
    let named = if path.ends_with("model.json") { path.parent().unwrap_or(path) } else { path };
    let stem = named.file_stem().unwrap_or_default().to_string_lossy();
    stem.chars().map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Workspace, models, suites};
    use serde_json::json;
    use std::fs;
    use std::path::Path;

    #[test]
    fn what_cannot_be_used_is_a_failure_beside_the_others() {
        let service = |protocol: &str| json!({"type": "service", "version": "1", "operations": [{"target": "a#Op"}], "traits": {protocol: {}}});
        let two = json!({"smithy": "2.0", "shapes": {
            "a#One": service("aws.protocols#awsJson1_0"),
            "a#Two": service("aws.protocols#restXml"),
            "a#Op": {"type": "operation"},
        }});
        let case =
            |name: &str, result| json!({"given": {"name": name}, "result": result, "response": {"status_code": 200}});
        let suite = json!([{
            "description": "own", "metadata": {"protocol": "json"}, "shapes": {},
            "cases": [case("A", json!({})), case("B", json!({"no": "member"})), case("A", json!(null))],
        }]);
        let folder = std::env::temp_dir().join(format!("conform-{}", std::process::id()));
        fs::create_dir_all(folder.join("output")).expect("a folder");
        for (path, text) in [
            ("broken.json", "{".to_owned()),
            ("two.json", two.to_string()),
            ("output/broken.json", "{".to_owned()),
            ("output/good.json", suite.to_string()),
        ] {
            fs::write(folder.join(path), text).expect("a file");
        }
        let mut workspace = Workspace::new(Path::new("repository"));
        let mut subjects = models(&mut workspace, &folder).expect("models");
        subjects.extend(suites(&mut workspace, std::slice::from_ref(&folder)).expect("suites"));
        fs::remove_dir_all(&folder).expect("a folder that can be removed");
        let found: Vec<_> = subjects.iter().map(|it| (it.package.as_deref(), it.expected, it.failures.len())).collect();
        let expected = [
            (None, 0, 1),
            (Some("conform-two-a-one"), 0, 0),
            (None, 0, 1),
            (None, 0, 1),
            (Some("conform-suite-output-good"), 2, 1),
        ];
        assert_eq!(found, expected);
    }
}
