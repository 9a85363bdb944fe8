//! Credentials that a command prints: `credential_process` of a profile.

use super::blocking;
use super::document::Document;
use crate::config::Credentials;
use crate::error::BoxError;
use std::io::Read;
use std::process::{Child, Command, Stdio};

/// A command that prints credentials as JSON.
#[derive(Clone)]
pub(crate) struct Process {
    pub(super) command: String,
    /// The profile's account, where the command names none.
    pub(super) account: Option<String>,
    /// Where the command is configured.
    pub(super) place: String,
}

/// The most of a command's output that is read.
const LIMIT: u64 = 1 << 20;

impl Process {
    /// Runs the command. What it writes to its standard error is the program's own.
    pub(super) async fn load(&self) -> Result<Credentials, String> {
        let output = self.run().await.map_err(|error| self.failed(format_args!("cannot be used: {error}")))?;
        let document = Document::parse(&output).map_err(|reason| self.failed(format_args!("the output {reason}")))?;
        if document.number("Version") != Some(1) {
            return Err(self.failed("the output has no `Version` of 1"));
        }
        let credentials = document.credentials("SessionToken", self.account.as_deref(), "credential_process");
        credentials.map_err(|reason| self.failed(format_args!("the output {reason}")))
    }

    async fn run(&self) -> Result<Vec<u8>, BoxError> {
        let child = shell(&self.command).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut running = Running(child);
        let output = running.0.stdout.take().ok_or("its output is closed")?;
        let read = blocking::run(move || {
            let mut bytes = Vec::new();
            output.take(LIMIT).read_to_end(&mut bytes).map(|_| bytes)
        });
        let bytes = read.await??;
        let status = blocking::run(move || running.0.wait()).await??;
        if status.success() { Ok(bytes) } else { Err(format!("it ended with {status}").into()) }
    }

    fn failed(&self, reason: impl std::fmt::Display) -> String {
        // Not the command: it may hold secrets.
        format!("{}: {reason}", self.place)
    }
}

fn shell(command: &str) -> Command {
    let (shell, option) = if cfg!(windows) { ("cmd.exe", "/C") } else { ("sh", "-c") };
    let mut shell = Command::new(shell);
    shell.args([option, command]);
    shell
}

/// A child that ends when nobody waits for it any more.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail where it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
