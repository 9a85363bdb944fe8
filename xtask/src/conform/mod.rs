//! `cargo xtask conform`: what the generator writes, held against published protocol cases and service models.
//!
//! Nothing of the data is kept: all that is made of it lies in a workspace of its own below the target folder.

mod cases;
mod crates;
mod instant;
mod read;
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
    /// A folder with `*.json`: Smithy models. Can be given again.
    #[arg(long, value_name = "DIR")]
    models: Vec<PathBuf>,
}

/// Generates, compiles, runs, and says what passed.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    ensure!(
        !arguments.protocol_tests.is_empty() || !arguments.models.is_empty(),
        "nothing to do: name a folder with `--protocol-tests` or `--models`"
    );
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    let mut workspace = workspace::Workspace::new(root);
    let mut subjects = Vec::new();
    if !arguments.protocol_tests.is_empty() {
        subjects.extend(crates::suites(&mut workspace, &arguments.protocol_tests)?);
    }
    for folder in &arguments.models {
        subjects.extend(crates::models(&mut workspace, folder)?);
    }
    let mut outcomes = Outcomes::new();
    if !workspace.is_empty() {
        workspace.write()?;
        outcomes = run::run(&workspace.folder)?;
    }
    Ok(if report(&subjects, &outcomes) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A suite file or a model's service, and where its tests are.
#[derive(Default)]
struct Subject {
    title: String,
    /// The crate; none where nothing is left to compile.
    package: Option<String>,
    /// What its tests' names begin with.
    prefix: String,
    /// How many tests there have to be.
    expected: usize,
    /// What is left out because it is about something else, with the reason.
    skipped: Vec<String>,
    /// What failed before there was a test.
    failures: Vec<String>,
}

/// What is to be said of each subject; and whether everything passed.
fn report(subjects: &[Subject], outcomes: &Outcomes) -> bool {
    let mut good = true;
    for subject in subjects {
        let tests = match &subject.package {
            Some(package) => outcomes.get(package),
            None => Some(&Vec::new()),
        };
        good &= tests.is_some() && subject.failures.is_empty();
        let own = tests.into_iter().flatten().filter(|(name, _)| name.starts_with(&subject.prefix));
        let own: Vec<_> = own.collect();
        let count = |verdict| own.iter().filter(|(_, found)| *found == verdict).count();
        // The tests of a crate that does not compile fail, all of them.
        let missing = if tests.is_some() { 0 } else { subject.expected.max(1) };
        let failed = count(Verdict::Failed) + subject.failures.len() + missing;
        let outdated = match count(Verdict::Outdated) {
            0 => String::new(),
            count => format!(", {count} outdated"),
        };
        println!("{}: {} passed, {failed} failed{outdated}", subject.title, count(Verdict::Passed));
        for (name, verdict) in &own {
            match verdict {
                Verdict::Passed | Verdict::Outdated => continue,
                Verdict::Failed => println!("  failed: {name}"),
                Verdict::NoLongerOutdated => println!("  no longer outdated, so not to be ignored: {name}"),
            }
            good = false;
        }
        for failure in &subject.failures {
            println!("  failed: {failure}");
        }
        match tests {
            None => println!("  its crate does not compile"),
            Some(_) if own.len() != subject.expected => {
                println!("  {} tests were expected", subject.expected);
                good = false;
            }
            Some(_) => {}
        }
        for skipped in &subject.skipped {
            println!("  left out: {skipped}");
        }
    }
    good
}

/// Generates twice, which has to give the same bytes.
fn generate(model: &str, service: Option<&str>) -> Result<Sdk> {
    let options = Options { server: true, service: service.map(str::to_owned), ..Options::default() };
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
