//! Running a program and knowing what it cost.

use anyhow::{Context, Result, bail, ensure};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A program that has ended well.
pub(crate) struct Finished {
    /// What it printed.
    pub(crate) stdout: String,
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of processor time, its children's with it.
    pub(crate) cpu: f64,
}

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command) -> Result<Finished> {
    let (started, before) = (Instant::now(), children_cpu()?);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {command:?}"))?;
    let (wall, cpu) = (started.elapsed().as_secs_f64(), children_cpu()? - before);
    if !output.status.success() {
        bail!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
    }
    Ok(Finished { stdout: String::from_utf8_lossy(&output.stdout).into_owned(), wall, cpu })
}

/// Seconds of processor time, in the user's and the kernel's mode, of all children that have ended.
pub(crate) fn children_cpu() -> Result<f64> {
    const TICKS_PER_SECOND: f64 = 100.0; // Linux fixes it for everything that it shows to programs
    let stat = std::fs::read_to_string("/proc/self/stat").context("cannot read /proc/self/stat; this needs Linux")?;
    // The second field is the program's name, which may hold anything but ends with the last parenthesis.
    let fields: Vec<_> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
    ensure!(fields.len() > 14, "/proc/self/stat has {} fields after the name, 15 are needed", fields.len());
    let ticks: f64 = fields[13].parse::<f64>()? + fields[14].parse::<f64>()?;
    Ok(ticks / TICKS_PER_SECOND)
}
