//! What a synced folder holds for a template: `<template>/v<major>/`, packed as a bundle.

use crate::bundle;
use crate::store::hash;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// One version's folder.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it is, seen from the branch's root.
    pub(super) directory: String,
    /// Its files, packed.
    pub(super) bundle: Vec<u8>,
    /// The hash of all of it: the same for the same content.
    pub(super) sha: String,
    /// The files that say something about the registration, by name.
    pub(super) about: BTreeMap<String, String>,
}

/// Files beside a bundle that say how it is registered.
pub(super) const ABOUT: [&str; 2] = [".template-registration.yaml", ".compatible-envs"];

/// Looks for a template's majors below a folder; of several folders of its name the first by path counts.
///
/// # Errors
/// What cannot be read, in words for the status of the sync.
pub(super) fn scan(root: &Path, start: &Path, template: &str) -> Result<BTreeMap<u64, Found>, String> {
    let Some(folder) = find(start, template).map_err(unreadable)? else { return Ok(BTreeMap::new()) };
    let mut majors = BTreeMap::new();
    for path in entries(&folder).map_err(unreadable)? {
        if let Some(major) = major(&path) {
            majors.insert(major, pack(root, &path)?);
        }
    }
    Ok(majors)
}

/// The first folder of this name that has versions in it.
fn find(folder: &Path, name: &str) -> io::Result<Option<PathBuf>> {
    for path in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        if path.file_name().is_some_and(|found| found == name) && has_versions(&path)? {
            return Ok(Some(path));
        }
        if let Some(found) = find(&path, name)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn has_versions(folder: &Path) -> io::Result<bool> {
    Ok(entries(folder)?.iter().any(|path| major(path).is_some()))
}

/// The major that a folder is for, such as 2 for `v2`.
fn major(folder: &Path) -> Option<u64> {
    let number = folder.file_name()?.to_str()?.strip_prefix('v')?;
    let plain = folder.is_dir() && !number.starts_with(['0', '+']);
    number.parse().ok().filter(|_| plain)
}

fn pack(root: &Path, folder: &Path) -> Result<Found, String> {
    let files = bundle::read_folder(folder).map_err(|error| format!("{error}."))?;
    let bundle = bundle::pack(&files).map_err(unreadable)?;
    let about =
        ABOUT.into_iter().filter_map(|name| Some((name.to_owned(), std::fs::read_to_string(folder.join(name)).ok()?)));
    let about: BTreeMap<_, _> = about.collect();
    let content: Vec<_> = std::iter::once(&bundle[..]).chain(about.values().map(String::as_bytes)).collect();
    let sha = hash(&content.concat());
    let directory = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().into_owned();
    Ok(Found { directory, bundle, about, sha })
}

/// What is in a folder, in order; links could lead out of it, and `.git` is the repository's own.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_symlink() && entry.file_name() != ".git" {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn unreadable(error: io::Error) -> String {
    format!("The folder cannot be read: {error}.")
}
