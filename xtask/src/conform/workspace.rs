//! The workspace of generated crates, below the target folder. Files that stay the same are not touched, so that cargo
//! builds again what changed alone.

use crate::tree;
use anyhow::{Context, Result};
use smithy_codegen::Files;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates by name.
pub(super) struct Workspace {
    /// The repository.
    pub(super) root: PathBuf,
    pub(super) folder: PathBuf,
    crates: BTreeMap<String, Files>,
}

impl Workspace {
    pub(super) fn new(root: &Path) -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Self { root: root.to_owned(), folder: target.join("conform"), crates: BTreeMap::new() }
    }

    /// The path of the runtime, for a manifest.
    pub(super) fn runtime(&self) -> Result<String> {
        let path = self.root.join("runtime");
        path.to_str().map(str::to_owned).with_context(|| format!("{} is not Unicode", path.display()))
    }

    /// A crate's name that no other crate has yet.
    pub(super) fn free_name(&self, name: &str) -> String {
        let names = (2..).map(|number| format!("{name}-{number}"));
        std::iter::once(name.to_owned()).chain(names).find(|name| !self.crates.contains_key(name)).unwrap_or_default()
    }

    /// Whether there is anything to compile.
    pub(super) fn is_empty(&self) -> bool {
        self.crates.is_empty()
    }

    pub(super) fn add(&mut self, name: &str, files: Files) {
        self.crates.insert(name.to_owned(), files);
    }

    /// Writes every crate, and what is around them.
    pub(super) fn write(&self) -> Result<()> {
        for (name, files) in &self.crates {
            let folder = self.folder.join(name);
            for difference in tree::compare(&folder, files, &[])? {
                let path = difference.path();
                match files.get(path) {
                    Some(text) => tree::write_file(&folder.join(path), text)?,
                    None => fs::remove_file(folder.join(path))
                        .with_context(|| format!("cannot remove {}", path.display()))?,
                }
            }
        }
        let members: Vec<_> = self.crates.keys().collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[workspace.lints.rust]\nwarnings = \"deny\"\n\
             missing_docs = \"deny\"\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        tree::write_file(&self.folder.join("Cargo.toml"), &manifest)?;
        // The same versions as everywhere in the repository.
        let lock = self.root.join("Cargo.lock");
        fs::copy(&lock, self.folder.join("Cargo.lock")).with_context(|| format!("cannot copy {}", lock.display()))?;
        Ok(())
    }
}
