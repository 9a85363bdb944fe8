//! The resources that deployments change, as they are stored.

mod component;
mod connection;
mod deployment;
mod environment;
mod progress;
mod service;

pub(crate) use component::ComponentRecord;
pub(crate) use connection::{ConnectionRecord, ENVIRONMENT_ACCOUNT, MANAGEMENT_ACCOUNT};
pub(crate) use deployment::{Action, DeploymentRecord, Method, Target};
pub(crate) use environment::EnvironmentRecord;
pub(crate) use progress::Deployed;
pub(crate) use service::{InstanceRecord, PipelineRecord, ServiceRecord, Update, Workflow, instance_key};

use crate::store::Index;
use proton_sdk::types::{Output, ProvisionedResource};
use serde::{Deserialize, Serialize};

/// What the last successful deployment of a resource left behind.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Results {
    /// What templates of others may read.
    pub(crate) outputs: Vec<Output>,
    /// What was built.
    pub(crate) resources: Vec<ProvisionedResource>,
}

/// The index of the resources whose latest change failed.
pub(crate) const FAILED: &str = "failed";

/// The entry in [`FAILED`] that a status asks for.
fn failed(status: &str) -> Option<Index> {
    status.contains("FAILED").then(|| (FAILED, String::new()))
}

impl Results {
    /// Adds what a provisioner found; an output that was reported already stays as it is.
    pub(crate) fn add(&mut self, found: Self) {
        for output in found.outputs {
            if !self.outputs.iter().any(|known| known.key == output.key) {
                self.outputs.push(output);
            }
        }
        self.resources = found.resources;
    }
}
