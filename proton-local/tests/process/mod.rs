//! The server as a process of its own, as its users run it.

#![allow(dead_code)] // each test uses the part that it needs

use proton_sdk::Client;
use proton_sdk::config::{Config, Credentials, Region};
use std::io::{BufRead, BufReader, Error};
use std::process::{Child, Command, Stdio};

/// A running `proton-local serve`; it is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    url: String,
}

impl Process {
    /// Starts it on a free port and waits until it says that it is ready.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self, Error> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proton-local"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments).stdout(Stdio::piped());
        command.env("PROTON_LOCAL_LOG", "warn");
        let mut child = command.spawn()?;
        let output = child.stdout.take().ok_or_else(|| Error::other("no output"))?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let url = line.split_whitespace().find(|word| word.starts_with("http://"));
        let url = url.ok_or_else(|| Error::other(format!("not ready: {line:?}")))?.to_owned();
        Ok(Self { child, url })
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A client of the account 123456789012, which does not try again.
    pub(crate) fn client(&self) -> Client {
        let config = Config::builder()
            .endpoint_url(&self.url)
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"))
            .retry_config(proton_sdk::config::retry::RetryConfig::disabled());
        Client::from_conf(config.build())
    }

    /// How much memory it holds, in kilobytes, where the system says.
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// Kills it as `kill -9` does.
    pub(crate) fn kill(mut self) -> Result<(), Error> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
