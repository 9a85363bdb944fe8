//! Our small program once more, by an application that needs no host names outside ASCII.
//!
//! `url`, which reqwest stands on, takes ICU4X for such names. Which back end it takes is for the application to say, not
//! for a library: it pins `idna_adapter`, whose version 1.0.0 brings none.

use super::cargo::Cargo;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = "pinned";

/// The package, made anew in the scratch folder with the versions of the peers' lock file.
pub(super) struct Pinned {
    manifest: PathBuf,
}

impl Pinned {
    pub(super) fn new(cargo: &Cargo, root: &Path) -> Result<Self> {
        let folder = cargo.scratch(FOLDER);
        let peers = root.join("tests/peers");
        fs::create_dir_all(folder.join("src")).with_context(|| format!("cannot create {}", folder.display()))?;
        for (from, to) in [("list/ours/src/main.rs", "src/main.rs"), ("Cargo.lock", "Cargo.lock")] {
            let from = peers.join(from);
            fs::copy(&from, folder.join(to)).with_context(|| format!("cannot copy {}", from.display()))?;
        }
        let manifest = folder.join("Cargo.toml");
        let sdk = toml_text(&root.join("proton-sdk"));
        let text = format!(
            "[package]\nname = \"{FOLDER}\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
             idna_adapter = \"=1.0.0\"\nproton-sdk = {{ path = {sdk} }}\n\
             tokio = {{ version = \"1\", default-features = false, features = [\"macros\", \"rt-multi-thread\"] }}\n"
        );
        fs::write(&manifest, text).with_context(|| format!("cannot write {}", manifest.display()))?;
        Ok(Self { manifest })
    }

    /// What `cargo tree` prints of the package.
    pub(super) fn tree(&self, cargo: &Cargo, arguments: &[&str]) -> Result<String> {
        Ok(cargo.at(&self.manifest, "tree", arguments)?.stdout)
    }
}

/// The path as a TOML string.
fn toml_text(path: &Path) -> String {
    format!("\"{}\"", path.display().to_string().replace('\\', "\\\\").replace('"', "\\\""))
}
