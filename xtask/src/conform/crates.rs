//! The crates to test: one for all protocol suites, one for each model.

use super::suite::Suite;
use super::workspace::Workspace;
use super::{Subject, cases, generate, json_files, service};
use anyhow::{Context, Result, ensure};
use smithy_codegen::{Files, Options};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const SUITES: &str = "conform-suites";

/// What is around the clients of the suites.
const HARNESS: &str = include_str!("template/harness.rs");

/// Adds the crate of all suites.
pub(super) fn suites(workspace: &mut Workspace, folders: &[PathBuf]) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    let mut files = Files::new();
    let mut features = BTreeSet::new();
    let mut root = String::from("//! Clients of the protocol suites, and their tests.\n\n#[cfg(test)]\nmod harness;\n");
    for folder in folders {
        let before = subjects.len();
        for direction in ["input", "output"] {
            for path in json_files(&folder.join(direction))? {
                let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                let name = format!("{direction}_{}", module_name(&path));
                ensure!(
                    !files.contains_key(Path::new(&format!("src/{name}/mod.rs"))),
                    "another suite has the name of {}",
                    path.display()
                );
                let subject = suite(&name, &text, &mut root, &mut files, &mut features)
                    .with_context(|| format!("cannot use {}", path.display()))?;
                subjects.push(subject);
            }
        }
        ensure!(subjects.len() > before, "{} has neither input/*.json nor output/*.json", folder.display());
    }
    files.insert("src/lib.rs".into(), root);
    files.insert("src/harness.rs".into(), HARNESS.to_owned());
    files.insert("Cargo.toml".into(), manifest(&workspace.runtime()?, &features));
    workspace.add(SUITES, files);
    Ok(subjects)
}

/// Adds the clients of one suite file, and their tests.
fn suite(
    name: &str,
    text: &str,
    root: &mut String,
    files: &mut Files,
    features: &mut BTreeSet<&'static str>,
) -> Result<Subject> {
    let suites: Vec<Suite> = serde_json::from_str(text)?;
    let services = service::group(suites)?;
    let mut expected = 0;
    let _ = writeln!(root, "\npub mod {name};");
    let mut parent = String::from("//! The clients of one suite file.\n");
    for (number, service) in services.iter().enumerate() {
        let number = number + 1;
        let model = service.model()?;
        let sdk = generate(&model)?;
        ensure!(sdk.report.skipped.is_empty(), "operations were left out: {:?}", sdk.report.skipped);
        features.extend(&sdk.features);
        expected += service.cases.len();
        let ir = smithy_codegen::lower(&model, &Options::default())?;
        let module = format!("{name}::client_{number}");
        let _ = write!(parent, "\n#[rustfmt::skip]\npub mod client_{number};\n#[cfg(test)]\nmod tests_{number};\n");
        files.insert(format!("src/{name}/tests_{number}.rs").into(), cases::write(service, &ir, &module)?);
        let folder = format!("src/{name}/client_{number}");
        files.extend(sdk.files.into_iter().map(|(path, text)| (Path::new(&folder).join(path), text)));
    }
    files.insert(format!("src/{name}/mod.rs").into(), parent);
    let title = format!("suite {}", name.replacen('_', "/", 1));
    let prefix = format!("{name}::tests_");
    Ok(Subject { title, package: SUITES.to_owned(), prefix, expected, notes: Vec::new() })
}

fn manifest(runtime: &str, features: &BTreeSet<&'static str>) -> String {
    let features: Vec<_> = features.iter().collect();
    format!(
        "[package]\nname = {SUITES:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [features]\ndefault = [\"server\"]\nserver = [\"smithy-runtime/server\"]\n\n\
         [dependencies]\nsmithy-runtime = {{ path = {runtime:?}, features = {features:?} }}\n\n\
         [dev-dependencies]\naws-smithy-runtime-api = {{ version = \"1\", features = [\"client\"] }}\n\
         aws-smithy-types = \"1\"\nflate2 = {{ version = \"1\", default-features = false, features = [\"rust_backend\"] }}\n\
         serde = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [lints]\nworkspace = true\n"
    )
}

/// Adds a crate for each model.
pub(super) fn models(workspace: &mut Workspace, folder: &Path) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    for path in json_files(folder)? {
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let sdk = generate(&text).with_context(|| format!("cannot generate from {}", path.display()))?;
        let package = format!("conform-{}", module_name(&path).replace('_', "-"));
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
        let left_out = report.skipped.iter().map(|it| format!("left out: {}: {}", it.operation, it.reason));
        subjects.push(Subject {
            title: format!("model {} ({} operations)", module_name(&path), report.operations),
            package: package.clone(),
            prefix: "generated::endpoint_tests::".to_owned(),
            expected,
            notes: left_out.collect(),
        });
        workspace.add(&package, files);
    }
    ensure!(!subjects.is_empty(), "{} has no *.json", folder.display());
    Ok(subjects)
}

/// A file's name as a module's: `json_1_0` of `json-1.0.json`.
fn module_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.chars().map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '_' }).collect()
}
