//! What a synced folder holds for a template: `<template>/v<major>/`, packed as a bundle.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The largest folder of one version, in bytes before it is packed.
const LIMIT: u64 = 50 * 1024 * 1024;

/// One version's folder.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it is, seen from the branch's root.
    pub(super) directory: String,
    /// The same bytes for the same files.
    pub(super) bundle: Vec<u8>,
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
    let failed = |error: io::Error| format!("The folder cannot be read: {error}.");
    let Some(folder) = find(start, template).map_err(failed)? else { return Ok(BTreeMap::new()) };
    let mut majors = BTreeMap::new();
    for path in entries(&folder).map_err(failed)? {
        if let Some(major) = major(&path) {
            majors.insert(major, pack(root, &path).map_err(failed)?);
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

fn pack(root: &Path, folder: &Path) -> io::Result<Found> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    let mut about = BTreeMap::new();
    let mut size = 0;
    for path in files(folder)? {
        let content = std::fs::read(&path)?;
        size += content.len() as u64;
        if size > LIMIT {
            return Err(io::Error::other(format!("{} holds more than {} MB", folder.display(), LIMIT >> 20)));
        }
        let name = path.strip_prefix(folder).unwrap_or(&path);
        if let Some(name) = ABOUT.into_iter().find(|about| name == Path::new(about)) {
            about.insert(name.to_owned(), String::from_utf8_lossy(&content).into_owned());
            continue;
        }
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, &content[..])?;
    }
    let directory = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().into_owned();
    Ok(Found { directory, bundle: archive.into_inner()?.finish()?, about })
}

/// All files below a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
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
