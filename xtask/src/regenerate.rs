//! `cargo xtask regenerate`: model in, SDK out.

use crate::tree::{self, Difference};
use anyhow::{Context, Result, ensure};
use smithy_codegen::{Files, Options, Sdk};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// What to generate, and where to.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Compare with what is there and list what differs; write nothing.
    #[arg(long)]
    check: bool,
    /// The Smithy JSON AST to read.
    #[arg(long, value_name = "PATH", requires = "out")]
    model: Option<PathBuf>,
    /// Write a stand-alone crate to this folder instead of proton-sdk/src/generated.
    #[arg(long, value_name = "DIR", requires = "model", requires = "name")]
    out: Option<PathBuf>,
    /// The stand-alone crate's name.
    #[arg(long, value_name = "NAME", requires = "out")]
    name: Option<String>,
    /// Generate only these operations, by their names in the model, and what they reach.
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "out")]
    operations: Vec<String>,
}

/// Generates and writes, or compares.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    let model_path = arguments.model.clone().unwrap_or_else(|| root.join("model/proton.json"));
    let model =
        fs::read_to_string(&model_path).with_context(|| format!("cannot read the model {}", model_path.display()))?;
    let options = Options { operations: arguments.operations.clone(), server: true, ..Options::default() };
    let sdk = smithy_codegen::generate(&model, &options)
        .with_context(|| format!("cannot generate from {}", model_path.display()))?;
    let folder = match (&arguments.out, &arguments.name) {
        (Some(out), Some(name)) => {
            let crate_files = stand_alone(root, out, name, &sdk)?;
            let differences = tree::compare(out, &crate_files, &["Cargo.toml", "src/lib.rs"])?;
            if !arguments.check {
                for (path, text) in &crate_files {
                    tree::write_file(&out.join(path), text)?;
                }
            } else if !differences.is_empty() {
                return Ok(stale(out, &differences));
            }
            out.join("src/generated")
        }
        _ => root.join("proton-sdk/src/generated"),
    };
    let differences = tree::compare(&folder, &sdk.files, &[])?;
    if arguments.check {
        if !differences.is_empty() {
            return Ok(stale(&folder, &differences));
        }
    } else if !differences.is_empty() {
        tree::replace(&folder, &sdk.files)?;
    }
    report(&sdk, started, &differences);
    Ok(ExitCode::SUCCESS)
}

/// Says what was generated, in one line; then what was left out.
fn report(sdk: &Sdk, started: Instant, differences: &[Difference]) {
    let lines: usize = sdk.files.values().map(|text| text.lines().count()).sum();
    let changed = match differences.len() {
        0 => "unchanged".to_owned(),
        count => format!("{count} files changed"),
    };
    println!(
        "{} operations, {} shapes, {} files, {lines} lines, {} ms, {changed}",
        sdk.report.operations,
        sdk.report.shapes,
        sdk.files.len(),
        started.elapsed().as_millis(),
    );
    for skipped in &sdk.report.skipped {
        println!("left out: {}: {}", skipped.operation, skipped.reason);
    }
    for operation in &sdk.report.undiscovered {
        println!("no endpoint discovery: {operation}: configure the endpoint that the service names for it");
    }
    for unchecked in &sdk.report.unchecked_patterns {
        println!("not checked: {}: pattern {}", unchecked.shape, unchecked.pattern);
    }
}

/// Lists what differs from what the model gives.
fn stale(folder: &Path, differences: &[Difference]) -> ExitCode {
    eprintln!("{} is not what the model gives; run `cargo xtask regenerate`:", folder.display());
    for difference in differences {
        eprintln!("  {difference}");
    }
    ExitCode::FAILURE
}

/// What a crate needs around its generated module.
pub(crate) fn stand_alone(root: &Path, out: &Path, name: &str, sdk: &Sdk) -> Result<Files> {
    ensure!(
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '_'),
        "`{name}` is no crate name: use letters, digits, `-` and `_`, a letter first"
    );
    let runtime = relative(out, &root.join("runtime"))?;
    let features: Vec<_> = sdk.features.iter().map(|feature| format!("{feature:?}")).collect();
    let features = if features.is_empty() { String::new() } else { format!(", features = [{}]", features.join(", ")) };
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
         [features]\nserver = [\"smithy-runtime/server\"]\n\n[dependencies]\nsmithy-runtime = {{ path = {runtime:?}{features} }}\n\n[workspace]\n"
    );
    let mut files = Files::new();
    files.insert("Cargo.toml".into(), manifest);
    files.insert("src/lib.rs".into(), LIB.to_owned());
    Ok(files)
}

/// The hand-written part of a stand-alone crate; a copy to start from.
const LIB: &str = "//! A client that `cargo xtask regenerate` wrote; its documentation is in the generated module.

#[rustfmt::skip]
mod generated;

pub use generated::*;
";

/// The path from one folder to another, with `/`, so that the crate can be moved with the checkout.
fn relative(from: &Path, to: &Path) -> Result<String> {
    let from = std::path::absolute(from)?;
    let to = std::path::absolute(to)?;
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}
