//! A service with its instances and its pipeline.

use super::{Results, failed};
use crate::operations::TemplateKind;
use crate::operations::usage::USES;
use crate::store::{Index, Record};
use proton_sdk::types::{Service, ServiceInstance, ServicePipeline};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A service, under its name. Its pipeline and instances are records of their own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ServiceRecord {
    /// What the API shows, without the pipeline.
    pub(crate) service: Service,
    /// Of the parameters that created it.
    pub(crate) fingerprint: String,
    /// Whether it was changed since.
    pub(crate) modified: bool,
    /// The change under way that spans several deployments.
    pub(crate) workflow: Option<Workflow>,
}

/// A change of a service that takes several deployments, one step after the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Workflow {
    /// Instances come up first, then the pipeline.
    Create,
    /// New instances come up, doomed ones go, the pipeline is deployed again.
    Update {
        /// Instances that the change adds.
        added: BTreeSet<String>,
        /// Instances that the change removes.
        doomed: BTreeSet<String>,
        /// The spec before the change, to return to where an instance does not come up.
        previous_spec: String,
    },
    /// New instances that came up beside one that did not are removed again.
    UndoUpdate {
        /// Instances that go.
        doomed: BTreeSet<String>,
    },
    /// Instances and pipeline go, then the service.
    Delete,
}

impl Record for ServiceRecord {
    const KIND: &'static str = "service";

    fn key(&self) -> String {
        self.service.name.clone()
    }

    fn indexes(&self) -> Vec<Index> {
        let mut indexes = vec![("template", self.service.template_name.clone())];
        indexes.extend(failed(self.service.status.as_str()));
        indexes
    }
}

/// An instance, under its service's name and its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct InstanceRecord {
    /// What the API shows.
    pub(crate) instance: ServiceInstance,
    /// What its infrastructure gives.
    pub(crate) results: Results,
}

/// Where the store has an instance.
pub(crate) fn instance_key(service: &str, instance: &str) -> String {
    format!("{service}/{instance}")
}

impl Record for InstanceRecord {
    const KIND: &'static str = "service instance";

    fn key(&self) -> String {
        instance_key(&self.instance.service_name, &self.instance.name)
    }

    fn indexes(&self) -> Vec<Index> {
        let ServiceInstance { service_name, environment_name, template_name, .. } = &self.instance;
        let (major, minor) = (&self.instance.template_major_version, &self.instance.template_minor_version);
        let mut indexes = vec![
            ("service", service_name.clone()),
            ("environment", environment_name.clone()),
            ("template", template_name.clone()),
            (USES, version(template_name, major, minor)),
        ];
        indexes.extend(failed(self.instance.deployment_status.as_str()));
        indexes
    }
}

/// A pipeline, under its service's name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PipelineRecord {
    /// The service.
    pub(crate) service: String,
    /// What the API shows.
    pub(crate) pipeline: ServicePipeline,
    /// What its infrastructure gives.
    pub(crate) results: Results,
}

impl Record for PipelineRecord {
    const KIND: &'static str = "service pipeline";

    fn key(&self) -> String {
        self.service.clone()
    }

    fn indexes(&self) -> Vec<Index> {
        let ServicePipeline { template_name, template_major_version, template_minor_version, .. } = &self.pipeline;
        let version = version(template_name, template_major_version, template_minor_version);
        let mut indexes = vec![("template", template_name.clone()), (USES, version)];
        indexes.extend(failed(self.pipeline.deployment_status.as_str()));
        indexes
    }
}

/// The end of the ARN of a service template's version.
fn version(template: &str, major: &str, minor: &str) -> String {
    format!("{}:{major}.{minor}", TemplateKind::Service.resource(template))
}
