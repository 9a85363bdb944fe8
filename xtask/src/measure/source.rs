//! What there is before anything is compiled: lines and packages.

use super::cargo::Cargo;
use super::pinned::Pinned;
use super::table::{Row, Table};
use super::{PROGRAMS, SDKS};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Adds the row of generated lines.
pub(super) fn lines(cargo: &Cargo, root: &Path, table: &mut Table) -> Result<()> {
    let metadata: Value = serde_json::from_str(&cargo.on_peers("metadata", &["--format-version", "1"])?.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let official = packages.iter().find(|package| package["name"] == SDKS[0]).context("the official SDK is missing")?;
    let (version, manifest) = (&official["version"], official["manifest_path"].as_str().unwrap_or_default());
    let folder = Path::new(manifest).parent().context("the manifest lies in a folder")?;
    let theirs = count(&folder.join("src"))? as f64;
    let ours = count(&root.join("proton-sdk/src/generated"))? as f64;
    let what = format!("generated lines ({} {})", SDKS[0], version.as_str().unwrap_or_default());
    table.add(Row::new(what, [Some(theirs), Some(ours)]).at_most(20_000.0));
    Ok(())
}

fn count(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            lines += count(&path)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            lines += text.lines().count();
        }
    }
    Ok(lines)
}

/// Adds the rows of packages in a program's tree.
pub(super) fn packages(cargo: &Cargo, pinned: &Pinned, table: &mut Table) -> Result<()> {
    const FORM: [&str; 4] = ["--edges", "normal,build", "--prefix", "none"];
    let (mut shown, mut distinct) = ([None; 2], [None; 2]);
    for (index, program) in PROGRAMS.into_iter().enumerate() {
        let tree = cargo.on_peers("tree", &[&["--package", program], &FORM[..]].concat())?.stdout;
        let (lines, packages) = count_tree(&tree);
        shown[index] = Some(lines);
        distinct[index] = Some(packages);
    }
    let (lines, packages) = count_tree(&pinned.tree(cargo, &FORM)?);
    let row = Row::new("lines of that program's `cargo tree`, sorted, unique", shown).at_most(135.0);
    table.add(
        row.because("41 lines are packages shown again, marked `(*)`; 33 are ICU4X, which reqwest's `url` brings"),
    );
    table.add(Row::new("packages among them", distinct));
    table.add(Row::new("lines of it, `idna_adapter` pinned to 1.0.0", [None, Some(lines)]));
    table.add(Row::new("packages among those", [None, Some(packages)]));
    Ok(())
}

/// Distinct lines, and packages among them.
fn count_tree(tree: &str) -> (f64, f64) {
    let lines: BTreeSet<_> = tree.lines().filter(|line| !line.is_empty()).collect();
    let packages: BTreeSet<_> = lines.iter().map(|line| line.trim_end_matches(" (*)")).collect();
    (lines.len() as f64, packages.len() as f64)
}
