//! What compiling costs: the SDK's crate alone, and a whole program.

use super::cargo::Cargo;
use super::table::{Row, Table};
use super::{PROGRAMS, Pair, SDKS, wrapper};
use anyhow::{Context, Result};

/// Cold builds of the crate alone, of which the cheapest counts.
const DEV_RUNS: usize = 5;
/// Fewer: the official crate takes minutes.
const RELEASE_RUNS: usize = 2;

/// Adds the rows of builds, and leaves the programs that [`calls`](super::calls) needs.
pub(super) fn measure(cargo: &Cargo, table: &mut Table) -> Result<()> {
    let (mut crates, mut programs) = ([None; 2], [None; 2]);
    for (index, program) in PROGRAMS.into_iter().enumerate() {
        progress(format!("dev build of {program}"));
        remove(cargo, program)?;
        let build = cargo.build(program, &["--package", program])?;
        programs[index] = Some(build.cpu);
        crates[index] = Some(cheapest(cargo, program, SDKS[index], &["--package", program], DEV_RUNS)?);
    }
    let release = release(cargo)?;
    let row = Row::new("the SDK crate alone, cold dev build (CPU-s)", crates).at_most(3.0);
    table.add(row.because(
        "type and borrow checking of all functions that the official surface has; where the host is busy the ratio says more",
    ));
    table.add(Row::new("the SDK crate alone, cold release build (CPU-s)", release).at_most(9.0));
    let row = Row::new("a list-services program, cold dev build (CPU-s)", programs).at_most(58.0);
    table.add(
        row.because("tokio, rustls, ring, reqwest, ICU4X and syn are two thirds of it: HTTPS over reqwest needs each"),
    );
    Ok(())
}

/// The release builds make the programs that calls are timed with.
fn release(cargo: &Cargo) -> Result<Pair<Option<f64>>> {
    const FOLDER: &str = "release";
    const PACKAGES: [&str; 3] = ["--release", "--package", "peers-bench"];
    progress("release build of the programs that call".to_owned());
    for sdk in SDKS {
        cargo.clean(FOLDER, &["--release", "--package", sdk])?;
    }
    cargo.build(FOLDER, &PACKAGES)?;
    let mut first = [0.0; 2];
    for (index, sdk) in SDKS.into_iter().enumerate() {
        first[index] = wrapper::cost(&cargo.log(), sdk)?;
    }
    let mut costs = [None; 2];
    for (index, sdk) in SDKS.into_iter().enumerate() {
        cargo.clean(FOLDER, &["--release", "--package", sdk])?;
        cargo.build(FOLDER, &PACKAGES)?;
        let again = cheapest(cargo, FOLDER, sdk, &PACKAGES, RELEASE_RUNS - 1)?;
        costs[index] = Some(first[index].min(again));
    }
    Ok(costs)
}

/// The crate's cost in the build that has just run, or in one of those that follow it.
fn cheapest(cargo: &Cargo, folder: &str, sdk: &str, build: &[&str], runs: usize) -> Result<f64> {
    let mut best = wrapper::cost(&cargo.log(), sdk)?;
    let profile = build.iter().copied().filter(|it| *it == "--release");
    for _ in 1..runs {
        let clean: Vec<_> = profile.clone().chain(["--package", sdk]).collect();
        cargo.clean(folder, &clean)?;
        cargo.build(folder, build)?;
        best = best.min(wrapper::cost(&cargo.log(), sdk)?);
    }
    Ok(best)
}

fn remove(cargo: &Cargo, folder: &str) -> Result<()> {
    let folder = cargo.scratch(folder);
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn progress(what: String) {
    eprintln!("measuring: {what}");
}
