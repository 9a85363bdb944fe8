//! One folder a feature, below `tests/fixtures`: `model.json`, perhaps `options.json`, and what comes of it.
//!
//! - `expected/` holds the generated files that show the feature; others are not compared. `expected/report.txt` is the
//!   list of what was left out. Every fixture's whole output is compiled against the runtime.
//! - `error.txt` holds the message, where the model cannot be turned into code.
//!
//! `UPDATE=1 cargo test -p smithy-codegen --test fixtures` writes the files that exist anew; an empty file is enough to
//! begin with.

use smithy_codegen::{Error, Options, Sdk, generate};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn outputs_and_errors_are_as_expected() {
    let mut wrong = String::new();
    for folder in fixtures() {
        let name = name(&folder);
        let found = match run(&folder) {
            Ok(sdk) => files(sdk),
            Err(error) => BTreeMap::from([("error.txt".into(), format!("{error}\n"))]),
        };
        let expected = present(&folder);
        if expected.is_empty() {
            let _ = writeln!(wrong, "{name}: has neither `expected/` nor `error.txt`");
        }
        for path in expected {
            let key = path.strip_prefix("expected").unwrap_or(&path);
            let Some(text) = found.get(key) else {
                let other: Vec<_> = found.iter().filter(|(path, _)| path.ends_with("error.txt")).collect();
                let _ = writeln!(wrong, "{name}: `{}` was not generated {other:?}", path.display());
                continue;
            };
            let file = folder.join(&path);
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&file, text).expect("a fixture that can be written");
            } else if fs::read_to_string(&file).expect("a fixture") != *text {
                let _ = writeln!(wrong, "{name}: `{}` differs; it would be:\n{text}", path.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}set UPDATE=1 to write what is generated now");
}

#[test]
fn error_messages_are_one_line_that_names_the_place() {
    for folder in fixtures() {
        if let Err(error) = run(&folder) {
            let text = error.to_string();
            assert!(!text.contains('\n') && text.len() > 40, "{}: {text}", name(&folder));
        }
    }
}

/// All in one crate, so that the runtime is compiled once. What was compiled before is kept below the target folder.
#[test]
fn outputs_compile_against_the_runtime() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let mut features = Vec::new();
    let mut lib = String::from("//! Every fixture's output.\n");
    let sources = folder.join("src");
    for fixture in fixtures() {
        let Ok(sdk) = run(&fixture) else { continue };
        let module = name(&fixture).replace('-', "_");
        let _ = write!(lib, "\n#[rustfmt::skip]\npub mod {module};\n");
        features.extend(sdk.features);
        replace(&sources.join(module), &sdk.files);
    }
    let manifest = format!(
        "[package]\nname = \"fixtures\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [features]\ndefault = [\"server\"]\nserver = [\"smithy-runtime/server\"]\n\n[dependencies]\n\
         smithy-runtime = {{ path = {:?}, default-features = false, features = {features:?} }}\n\n\
         [lints.rust]\nwarnings = \"deny\"\nmissing_docs = \"deny\"\nmissing_debug_implementations = \"deny\"\n\n[workspace]\n",
        root.join("runtime"),
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&sources.join("lib.rs"), &lib);
    let lock = fs::read_to_string(root.join("Cargo.lock")).expect("the lock file, which names the versions");
    write(&folder.join("Cargo.lock"), &lock);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--lib", "--tests", "--target-dir"])
        .arg(folder.join("target"))
        .current_dir(&folder)
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn fixtures() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = fs::read_dir(all).expect("the fixtures").map(|entry| entry.expect("a fixture").path());
    let mut folders: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn run(folder: &Path) -> Result<Sdk, Error> {
    let model = fs::read_to_string(folder.join("model.json")).expect("a fixture's model.json");
    let mut options = Options { server: true, ..Options::default() };
    if let Ok(text) = fs::read_to_string(folder.join("options.json")) {
        let given: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).expect("options.json with `operations`");
        options.operations = given.into_values().flatten().collect();
    }
    generate(&model, &options)
}

fn files(sdk: Sdk) -> BTreeMap<PathBuf, String> {
    let mut files = sdk.files;
    let skipped = sdk.report.skipped.iter().map(|it| format!("{}: {}\n", it.operation, it.reason));
    let undiscovered = sdk.report.undiscovered.iter().map(|it| format!("{it}: endpoint discovery\n"));
    files.insert("report.txt".into(), skipped.chain(undiscovered).collect());
    files
}

/// The files of a fixture that say what is expected, by their path in it.
fn present(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("expected")];
    while let Some(below) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&below)) else { continue };
        for entry in entries.map(|entry| entry.expect("a file of a fixture")) {
            let path = below.join(entry.file_name());
            if entry.path().is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    if folder.join("error.txt").exists() {
        found.push("error.txt".into());
    }
    found.sort();
    found
}

/// Makes a folder hold these files and no others.
fn replace(folder: &Path, files: &BTreeMap<PathBuf, String>) {
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        let Ok(entries) = fs::read_dir(&below) else { continue };
        for path in entries.map(|entry| entry.expect("a generated file").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if !files.contains_key(path.strip_prefix(folder).expect("a path below")) {
                fs::remove_file(path).expect("a file that can be removed");
            }
        }
    }
    for (path, text) in files {
        write(&folder.join(path), text);
    }
}

/// Writes a file unless it holds the text already, so that cargo has nothing to do again.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder that can be made");
    fs::write(path, text).expect("a file that can be written");
}
