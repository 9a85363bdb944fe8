//! What a server is told when it starts.

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

/// How a server runs.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where it keeps what it was told.
    pub storage: Storage,
    /// How building is simulated.
    pub simulation: Simulation,
    /// The folder that stands in for S3: an object is the file `BUCKET/KEY` below it.
    pub s3_root: Option<PathBuf>,
    /// How many resources an account may have.
    pub quotas: Quotas,
}

/// How building is simulated.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// How many times faster than the delays say.
    pub speed: f64,
    /// How long it takes to build or change a resource.
    pub provision: Duration,
    /// How long it takes to remove one.
    pub deprovision: Duration,
    /// What fails.
    pub failures: Vec<Failure>,
}

/// Resources whose deployments fail.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The resource's name; `*` stands for any text.
    pub name: String,
    /// Whether their removal fails too.
    pub on_delete: bool,
    /// What the deployment says.
    pub message: String,
}

impl Default for Simulation {
    fn default() -> Self {
        Self {
            speed: 1.0,
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

/// How many resources an account may have.
#[derive(Clone, Debug)]
pub struct Quotas {
    /// Environment and service templates together.
    pub templates: u64,
    /// Versions of one template.
    pub versions_per_template: u64,
    /// Environments.
    pub environments: u64,
    /// Services.
    pub services: u64,
    /// Instances of one service.
    pub instances_per_service: u64,
    /// Components.
    pub components: u64,
    /// Connections that an environment account asked for.
    pub connections_per_environment_account: u64,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            templates: 1000,
            versions_per_template: 1000,
            environments: 1000,
            services: 1000,
            instances_per_service: 20,
            components: 1000,
            connections_per_environment_account: 1000,
        }
    }
}
