//! A folder of generated files: comparing it, and replacing it whole.

use anyhow::{Context, Result};
use smithy_codegen::Files;
use std::collections::BTreeSet;
use std::fmt::{Display, Formatter};
use std::fs;
use std::path::{Path, PathBuf};

/// One file that is not as it should be.
pub(crate) enum Difference {
    /// It should be there.
    Missing(PathBuf),
    /// It has other content.
    Changed(PathBuf),
    /// It should not be there.
    Extra(PathBuf),
}

impl Difference {
    /// The file, below the folder.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Missing(path) | Self::Changed(path) | Self::Extra(path) => path,
        }
    }
}

impl Display for Difference {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "missing  {}", path.display()),
            Self::Changed(path) => write!(f, "changed  {}", path.display()),
            Self::Extra(path) => write!(f, "extra    {}", path.display()),
        }
    }
}

/// What differs between a folder and the files that it should hold. Where `only` names files,
/// others in the folder do not count.
pub(crate) fn compare(folder: &Path, files: &Files, only: &[&str]) -> Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for (path, text) in files {
        match fs::read(folder.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => differences.push(Difference::Changed(path.clone())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                differences.push(Difference::Missing(path.clone()))
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.join(path).display())),
        }
    }
    if only.is_empty() {
        let mut present = BTreeSet::new();
        list(folder, Path::new(""), &mut present)?;
        differences.extend(present.into_iter().filter(|path| !files.contains_key(path)).map(Difference::Extra));
    }
    Ok(differences)
}

fn list(folder: &Path, below: &Path, found: &mut BTreeSet<PathBuf>) -> Result<()> {
    let here = folder.join(below);
    let entries = match fs::read_dir(&here) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot list {}", here.display())),
    };
    for entry in entries {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(folder, &path, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

/// Replaces a folder whole: the new one is written beside it first, so that a failure leaves the
/// old one as it was.
pub(crate) fn replace(folder: &Path, files: &Files) -> Result<()> {
    let fresh = beside(folder, "new");
    let old = beside(folder, "old");
    for leftover in [&fresh, &old] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).with_context(|| format!("cannot remove {}", leftover.display()))?;
        }
    }
    for (path, text) in files {
        write_file(&fresh.join(path), text)?;
    }
    if folder.exists() {
        fs::rename(folder, &old).with_context(|| format!("cannot move {} away", folder.display()))?;
    }
    if let Err(error) = fs::rename(&fresh, folder) {
        // Back to where it was; the first error is the one to tell.
        let _ = fs::rename(&old, folder);
        return Err(error).with_context(|| format!("cannot write {}", folder.display()));
    }
    if old.exists() {
        fs::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
    Ok(())
}

fn beside(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    folder.with_file_name(name)
}

/// Writes one file, with the folders above it.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
