//! Compiling the workspace and running its tests.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// By crate, what came of each test. A crate that does not compile is not there.
pub(super) type Outcomes = BTreeMap<String, Vec<(String, Verdict)>>;

/// What came of a test.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Passed,
    Failed,
    /// The test is marked as contradicting newer facts, and does fail.
    Outdated,
    /// The test is marked so, and passes.
    NoLongerOutdated,
}

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
        let Some(package) = message["manifest_path"].as_str().and_then(|path| Path::new(path).parent()) else {
            continue;
        };
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
    Ok(programs)
}

/// Runs one test program; what it prints is shown if a test fails.
fn tests(program: &Path) -> Result<Vec<(String, Verdict)>> {
    let run = |flags: &[&str]| {
        let output = Command::new(program).args(flags).output();
        output.with_context(|| format!("cannot run {}", program.display()))
    };
    let output = run(&[])?;
    if !output.status.success() {
        eprintln!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
    let mut verdicts = Vec::new();
    for (name, result) in results(&output.stdout) {
        match result.as_str() {
            "ok" => verdicts.push((name, Verdict::Passed)),
            "FAILED" => verdicts.push((name, Verdict::Failed)),
            _ => {}
        }
    }
    for (name, result) in results(&run(&["--ignored"])?.stdout) {
        verdicts.push((name, if result == "ok" { Verdict::NoLongerOutdated } else { Verdict::Outdated }));
    }
    Ok(verdicts)
}

/// Name and result of each test in a test program's output.
fn results(output: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(output);
    let lines = text.lines().filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "));
    lines.map(|(name, result)| (name.trim_end_matches(" - should panic").to_owned(), result.to_owned())).collect()
}
