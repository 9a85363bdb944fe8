//! What each crate costs to compile: cargo runs this program in the place of rustc, and this runs rustc.
//!
//! So a single cold build gives the cost of each crate in it, without cargo's own.

use super::process::children_cpu;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Names the file that costs are written to, and makes this program a wrapper.
pub(super) const LOG: &str = "XTASK_MEASURE_LOG";

/// Runs the compiler, if that is what this program was started for.
pub(crate) fn as_rustc_wrapper() -> Option<ExitCode> {
    let log = std::env::var_os(LOG)?;
    Some(compile(Path::new(&log)).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    }))
}

fn compile(log: &Path) -> Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let rustc = arguments.next().context("a wrapper is given the compiler's path")?;
    let arguments: Vec<OsString> = arguments.collect();
    // A compiler that builds xtask itself must not find the variable.
    let status = Command::new(&rustc).args(&arguments).env_remove(LOG).status();
    let status = status.with_context(|| format!("cannot run {}", Path::new(&rustc).display()))?;
    let name = arguments.iter().skip_while(|it| *it != "--crate-name").nth(1);
    if let Some(name) = name.and_then(|it| it.to_str()) {
        let mut log = OpenOptions::new().append(true).create(true).open(log).context("cannot write the log")?;
        // One write, so that lines of two compilers do not mix.
        log.write_all(format!("{name} {:.2}\n", children_cpu()?).as_bytes())?;
    }
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// Makes the log empty.
pub(super) fn clear(log: &Path) -> Result<()> {
    File::create(log).map(drop).with_context(|| format!("cannot write {}", log.display()))
}

/// Seconds that the compiler took for a package since the log was made empty.
pub(super) fn cost(log: &Path, package: &str) -> Result<f64> {
    let text = std::fs::read_to_string(log).with_context(|| format!("cannot read {}", log.display()))?;
    let name = package.replace('-', "_");
    for line in text.lines() {
        if let Some((crate_name, seconds)) = line.split_once(' ')
            && crate_name == name
        {
            return seconds.parse().with_context(|| format!("`{line}` is no cost"));
        }
    }
    bail!("{package} was not compiled; remove {} and try again", log.display())
}
