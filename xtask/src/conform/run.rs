//! Compiling the workspace and running its tests.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// By crate, each test and whether it passed. A crate that does not compile is not there.
pub(super) type Outcomes = BTreeMap<String, Vec<(String, bool)>>;

/// Compiles all crates, with and without tests, and runs the tests of those that compile.
pub(super) fn run(workspace: &Path) -> Result<Outcomes> {
    let mut outcomes = Outcomes::new();
    for (name, program) in build(workspace)? {
        outcomes.insert(name, tests(&program)?);
    }
    Ok(outcomes)
}

/// The test programs, by crate.
fn build(workspace: &Path) -> Result<Vec<(String, PathBuf)>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--workspace", "--lib", "--tests", "--keep-going", "--message-format=json-render-diagnostics"])
        .arg("--target-dir")
        .arg(workspace.join("target"))
        .current_dir(workspace)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = Vec::new();
    let mut libraries = Vec::new();
    for message in messages.filter(|message| message["reason"] == "compiler-artifact") {
        let Some(package) = message["manifest_path"].as_str().and_then(|path| Path::new(path).parent()) else { continue };
        if !package.starts_with(workspace) {
            continue;
        }
        let name = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match message["executable"].as_str() {
            Some(program) => programs.push((name, PathBuf::from(program))),
            None => libraries.push(name),
        }
    }
    programs.retain(|(name, _)| libraries.contains(name));
    ensure!(output.status.success() || !text.is_empty(), "cargo build failed: {}", output.status);
    Ok(programs)
}

/// Runs one test program; what it prints is shown if a test fails.
fn tests(program: &Path) -> Result<Vec<(String, bool)>> {
    let output = Command::new(program).output().with_context(|| format!("cannot run {}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        eprintln!("{text}{}", String::from_utf8_lossy(&output.stderr));
    }
    let results = text.lines().filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "));
    Ok(results.map(|(name, result)| (name.to_owned(), result == "ok")).collect())
}
