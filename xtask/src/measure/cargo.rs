//! Cargo's commands, on the workspace of the peers.

use super::process::{self, Finished};
use super::wrapper;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where things are, and how cargo is called on them.
pub(crate) struct Cargo {
    program: OsString,
    root: PathBuf,
    scratch: PathBuf,
}

impl Cargo {
    /// Builds go below `scratch`.
    pub(crate) fn new(root: &Path, scratch: &Path) -> Result<Self> {
        fs::create_dir_all(scratch).with_context(|| format!("cannot create {}", scratch.display()))?;
        let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Ok(Self { program, root: root.to_owned(), scratch: scratch.to_owned() })
    }

    /// A folder below the scratch folder.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.scratch.join(name)
    }

    /// Where a build writes what each crate cost.
    pub(crate) fn log(&self) -> PathBuf {
        self.scratch("costs.txt")
    }

    /// A command of cargo on the peers' workspace, with the versions of its lock file.
    pub(crate) fn on_peers(&self, command: &str, arguments: &[&str]) -> Result<Finished> {
        process::run(&mut self.command(command, arguments))
    }

    /// A command of cargo on another manifest, whose lock file it may change.
    pub(crate) fn at(&self, manifest: &Path, command: &str, arguments: &[&str]) -> Result<Finished> {
        process::run(Command::new(&self.program).arg(command).arg("--manifest-path").arg(manifest).args(arguments))
    }

    /// Compiles packages in a folder of the scratch folder, and keeps what each crate cost.
    pub(crate) fn build(&self, folder: &str, arguments: &[&str]) -> Result<Finished> {
        let mut command = self.command("build", arguments);
        command.arg("--target-dir").arg(self.scratch(folder));
        wrapper::clear(&self.log())?;
        command.env("RUSTC_WRAPPER", std::env::current_exe()?).env(wrapper::LOG, self.log());
        // As for a crate from a registry, ours too.
        command.env("CARGO_INCREMENTAL", "0");
        process::run(&mut command)
    }

    /// Forgets packages, so that they are compiled again.
    pub(crate) fn clean(&self, folder: &str, arguments: &[&str]) -> Result<()> {
        let mut command = self.command("clean", arguments);
        process::run(command.arg("--target-dir").arg(self.scratch(folder))).map(drop)
    }

    /// The repository's own command, as one types it.
    pub(crate) fn regenerate(&self) -> Result<Finished> {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.root).args(["xtask", "regenerate", "--check"]);
        process::run(&mut command)
    }

    /// The compiler's name and version.
    pub(crate) fn rustc_version(&self) -> Result<String> {
        let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        Ok(process::run(command.current_dir(&self.root).arg("--version"))?.stdout.trim().to_owned())
    }

    fn command(&self, command: &str, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(&self.program);
        cargo.current_dir(&self.root).arg(command).args(["--locked", "--manifest-path", "tests/peers/Cargo.toml"]);
        cargo.args(arguments);
        cargo
    }
}
