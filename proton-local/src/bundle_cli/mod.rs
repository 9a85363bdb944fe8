//! `proton-local bundle`: template bundles checked and rendered where their authors work, without a server.
//!
//! It ends with 0 where all is well, with 1 where bundle or spec have faults, with 2 where the command itself is wrong.

mod render;
mod sample;
mod stand_ins;

use crate::bundle::{self, Expected, Fault, Files, Report};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What can be done with a bundle on disk.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Tells everything that is wrong with a bundle, a line each: FILE:LINE:COLUMN: REASON (HINT).
    Check {
        /// The bundle's folder, or one above it.
        dir: PathBuf,
        /// Its service template says that pipelines are customer-managed.
        #[arg(long)]
        customer_pipeline: bool,
    },
    /// Renders what a spec would deploy.
    Render(render::Arguments),
}

impl Command {
    /// Does it. What is asked for goes to standard output, faults go to standard error.
    pub fn run(&self) -> ExitCode {
        let done = match self {
            Self::Check { dir, customer_pipeline } => check(dir, *customer_pipeline),
            Self::Render(arguments) => arguments.run(),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(faults) => {
                for fault in &faults {
                    eprintln!("{fault}");
                }
                ExitCode::from(1)
            }
        }
    }
}

fn check(dir: &Path, customer_pipeline: bool) -> Result<(), Vec<Fault>> {
    let (_, report) = read(dir, customer_pipeline)?;
    let pipeline = report.pipeline.map(|method| format!(", pipelines by {method}")).unwrap_or_default();
    println!("{}: no faults; provisioned by {}{pipeline}", dir.display(), report.method);
    Ok(())
}

/// A bundle that nothing is wrong with.
fn read(dir: &Path, customer_pipeline: bool) -> Result<(Files, Report), Vec<Fault>> {
    let files = bundle::read_folder(dir);
    let files = files.map_err(|error| vec![Fault::whole(dir.to_string_lossy(), error.to_string())])?;
    let expected = match bundle::guess(&files) {
        Expected::Service { .. } => Expected::Service { customer_pipeline },
        environment => environment,
    };
    let mut report = bundle::check(&files, expected);
    if report.faults.is_empty() {
        return Ok((files, report));
    }
    for fault in &mut report.faults {
        fault.file = located(dir, &files, &fault.file);
    }
    Err(report.faults)
}

/// A file of a bundle as it is called from here.
fn located(dir: &Path, files: &Files, file: &str) -> String {
    dir.join(bundle::root(files)).join(file).to_string_lossy().into_owned()
}
