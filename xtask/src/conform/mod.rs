//! `cargo xtask conform`: what the generator writes, held against published protocol cases and service models.
//!
//! Nothing of the data is kept: all that is made of it lies in a workspace of its own below the target folder.

mod cases;
mod crates;
mod instant;
mod run;
mod service;
mod shapes;
mod suite;
mod wire;
mod workspace;

use anyhow::{Context, Result, ensure};
use run::{Outcomes, Verdict};
use smithy_codegen::{Options, Sdk};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where the cases and models are.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with `input/*.json` and `output/*.json`: protocol suites. Can be given again.
    #[arg(long, value_name = "DIR")]
    protocol_tests: Vec<PathBuf>,
    /// A folder with `*.json`: Smithy models.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

/// Generates, compiles, runs, and says what passed.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    ensure!(
        !arguments.protocol_tests.is_empty() || arguments.models.is_some(),
        "nothing to do: name a folder with `--protocol-tests` or `--models`"
    );
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    let mut workspace = workspace::Workspace::new(root);
    let mut subjects = Vec::new();
    if !arguments.protocol_tests.is_empty() {
        subjects.extend(crates::suites(&mut workspace, &arguments.protocol_tests)?);
    }
    if let Some(folder) = &arguments.models {
        subjects.extend(crates::models(&mut workspace, folder)?);
    }
    workspace.write()?;
    let outcomes = run::run(&workspace.folder)?;
    Ok(if report(&subjects, &outcomes) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A suite or model, and where its tests are.
struct Subject {
    title: String,
    /// The crate.
    package: String,
    /// What its tests' names begin with.
    prefix: String,
    /// How many tests there have to be.
    expected: usize,
    /// Operations that were left out, with the reason.
    notes: Vec<String>,
}

/// One line a subject; says whether everything passed.
fn report(subjects: &[Subject], outcomes: &Outcomes) -> bool {
    let mut good = true;
    for subject in subjects {
        let Some(tests) = outcomes.get(&subject.package) else {
            println!("{}: does not compile", subject.title);
            good = false;
            continue;
        };
        let own: Vec<_> = tests.iter().filter(|(name, _)| name.starts_with(&subject.prefix)).collect();
        let count = |verdict| own.iter().filter(|(_, found)| *found == verdict).count();
        let outdated = match count(Verdict::Outdated) {
            0 => String::new(),
            count => format!(", {count} outdated"),
        };
        println!("{}: {} passed, {} failed{outdated}", subject.title, count(Verdict::Passed), count(Verdict::Failed));
        for (name, verdict) in &own {
            match verdict {
                Verdict::Passed | Verdict::Outdated => continue,
                Verdict::Failed => println!("  failed: {name}"),
                Verdict::NoLongerOutdated => println!("  no longer outdated, so not to be ignored: {name}"),
            }
            good = false;
        }
        if own.len() != subject.expected {
            println!("  {} tests were expected", subject.expected);
            good = false;
        }
        for note in &subject.notes {
            println!("  {note}");
        }
    }
    good
}

/// Generates twice, which has to give the same bytes.
fn generate(model: &str) -> Result<Sdk> {
    let options = Options { server: true, ..Options::default() };
    let sdk = smithy_codegen::generate(model, &options)?;
    let again = smithy_codegen::generate(model, &options)?;
    ensure!(sdk.files == again.files, "generating twice gives different files");
    Ok(sdk)
}

/// The JSON files of a folder, by name.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
