//! Template bundles: what they hold, what is wrong with them, and what they render to.

mod check;
mod files;
mod manifest;
pub(crate) mod render;
mod report;
pub(crate) mod schema;
pub(crate) mod spec;
#[cfg(test)]
mod tests;
mod yaml;

pub(crate) use check::{Expected, Report, check, guess, root};
pub(crate) use files::{Files, pack, read_folder, unpack};
pub(crate) use manifest::Manifest;
pub(crate) use report::Fault;
pub(crate) use yaml::YamlError;

/// The parts of a bundle that are provisioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Of an environment.
    Environment,
    /// Of an instance.
    Instance,
    /// Of a pipeline.
    Pipeline,
}

impl Part {
    /// The folder that holds it.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Environment => "infrastructure",
            Self::Instance => "instance_infrastructure",
            Self::Pipeline => "pipeline_infrastructure",
        }
    }
}

/// YAML as JSON.
///
/// # Errors
/// Text that is not YAML.
pub(crate) fn yaml(text: &str) -> Result<serde_json::Value, YamlError> {
    yaml::parse(text).map(|root| root.to_json())
}
