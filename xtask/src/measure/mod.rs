//! `cargo xtask measure`: each budget of the project, ours beside aws-sdk-proton, as a Markdown table.
//!
//! Peers come from the registry into `tests/peers`, a workspace of its own, and are built in a scratch folder. Needs
//! Linux, whose `/proc` has the processor time of finished children.

mod build;
mod calls;
mod cargo;
mod pinned;
mod process;
mod source;
mod table;
mod wrapper;

pub(crate) use wrapper::as_rustc_wrapper;

use anyhow::{Context, Result};
use cargo::Cargo;
use pinned::Pinned;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::{Row, Table};

/// What to measure, and where to build.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build nothing: lines, packages, `regenerate`, and calls where an earlier run has left the programs.
    #[arg(long)]
    quick: bool,
    /// Where to build; about 2 GB, which is made anew where a cold build is measured.
    #[arg(long, value_name = "DIR", default_value = "target/measure")]
    scratch: PathBuf,
}

/// Two names of a thing: in the official SDK, and in ours.
pub(crate) type Pair<T> = [T; 2];

/// The packages that are compared.
const SDKS: Pair<&str> = ["aws-sdk-proton", "proton-sdk"];
/// The smallest useful program over each.
const PROGRAMS: Pair<&str> = ["list-official", "list-ours"];

/// Measures, and prints the table. Fails where a budget is not met.
#[allow(clippy::print_stdout)] // the command's answer
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    let cargo = Cargo::new(root, &root.join(&arguments.scratch))?;
    println!("{}\n", machine(&cargo)?);
    let mut table = Table::default();
    source::lines(&cargo, root, &mut table)?;
    if !arguments.quick {
        build::measure(&cargo, &mut table)?;
    }
    source::packages(&cargo, &Pinned::new(&cargo, root)?, &mut table)?;
    calls::measure(&cargo, &mut table)?;
    table.add(regenerate(&cargo)?);
    println!("{table}");
    println!("{NOTES}");
    Ok(if table.is_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

const NOTES: &str = "\
CPU-s: user and system time of every process; of the compiler's processes alone where a crate is alone. The lowest of \
several runs for a crate, one run for a program, without incremental compilation.
Calls: one after the other against a loopback server in the same thread, the median of the best tenth, less the same call with bare reqwest.
Packages: `cargo tree -e normal,build --prefix none`, sorted and unique, where a package that is shown again ends in \
` (*)`; without these marks in the line below.";

/// What the figures depend on.
fn machine(cargo: &Cargo) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map_or("", |it| it.1);
    Ok(format!("{cores} cores{}{model}, {}", if model.is_empty() { "" } else { " of " }, cargo.rustc_version()?))
}

/// `cargo xtask regenerate --check` writes nothing and does all else that `regenerate` does.
fn regenerate(cargo: &Cargo) -> Result<Row> {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        best = best.min(cargo.regenerate()?.wall);
    }
    Ok(Row::new("`cargo xtask regenerate`, once built (s)", [None, Some(best)]).at_most(0.3))
}
