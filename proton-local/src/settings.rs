//! What a server is told when it starts.

mod account;
mod faults;
mod file;
mod quotas;
mod s3_endpoint;
#[cfg(test)]
mod tests;

pub use account::Account;
pub use faults::Faults;
pub use file::SettingsError;
pub use quotas::Quotas;
pub use s3_endpoint::S3Endpoint;

use serde::Deserialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Where a server keeps what it was told.
#[derive(Clone, Debug, Default)]
pub enum Storage {
    /// In a folder, across restarts.
    Directory(PathBuf),
    /// Nowhere: what was stored ends with the server.
    #[default]
    Ephemeral,
}

/// How a server runs. The default is an open server on 127.0.0.1:8787 that forgets everything when it ends.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it answers; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// Where it keeps what it was told.
    pub storage: Storage,
    /// The folder that stands in for S3: bucket `b` and key `k` are the file `b/k` in it.
    pub s3_root: Option<PathBuf>,
    /// The server that is asked for objects which the folder does not have.
    pub s3_endpoint: Option<S3Endpoint>,
    /// The folder that stands in for hosted repositories: branch `main` of `me/web` is the folder `me/web/main` in it.
    pub repositories: Option<PathBuf>,
    /// The region of requests that name none, because they are not signed.
    pub region: String,
    /// Who may call. Where it is empty everybody may, unsigned, as any account.
    pub accounts: Vec<Account>,
    /// Whether everybody may call over the network too.
    pub insecure: bool,
    /// How many resources of a kind there may be.
    pub quotas: Quotas,
    /// How building is simulated.
    pub simulation: Simulation,
    /// Which requests fail or wait for no reason of their own.
    pub faults: Faults,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8787)),
            storage: Storage::default(),
            s3_root: None,
            s3_endpoint: None,
            repositories: None,
            region: "us-east-1".to_owned(),
            accounts: Vec::new(),
            insecure: false,
            quotas: Quotas::default(),
            simulation: Simulation::default(),
            faults: Faults::default(),
        }
    }
}

/// How building is simulated.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// How many times faster than the delays say.
    pub speed: f64,
    /// How long it takes to check a template version.
    pub registration: Duration,
    /// How long it takes to build or change a resource.
    pub provision: Duration,
    /// How long it takes to remove one.
    pub deprovision: Duration,
    /// What fails.
    pub failures: Vec<Failure>,
}

/// Resources whose deployments fail.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The resource's name; `*` stands for any text.
    pub name: String,
    /// Whether their removal fails too.
    #[serde(default)]
    pub on_delete: bool,
    /// What the deployment says.
    pub message: String,
}

impl Default for Simulation {
    fn default() -> Self {
        Self {
            speed: 1.0,
            registration: Duration::from_secs(2),
            provision: Duration::from_secs(10),
            deprovision: Duration::from_secs(5),
            failures: Vec::new(),
        }
    }
}

impl Simulation {
    /// The delay at the speed of the simulation.
    pub(crate) fn scaled(&self, delay: Duration) -> Duration {
        if self.speed > 0.0 {
            Duration::try_from_secs_f64(delay.as_secs_f64() / self.speed).unwrap_or(delay)
        } else {
            delay
        }
    }

    /// Why the deployment of a resource fails, if it does.
    pub(crate) fn failure(&self, name: &str, on_delete: bool) -> Option<&str> {
        let failure =
            self.failures.iter().find(|failure| matches(&failure.name, name) && (!on_delete || failure.on_delete));
        failure.map(|failure| failure.message.as_str())
    }
}

/// Whether a name fits a pattern in which `*` stands for any text.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|tail| {
            tail.char_indices().map(|(at, _)| at).chain([tail.len()]).any(|at| matches(rest, &tail[at..]))
        }),
    }
}
