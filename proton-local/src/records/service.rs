//! A service with its instances and its pipeline.

use super::{Results, failed};
use crate::operations::usage::USES;
use crate::operations::{Origin, TemplateKind};
use crate::store::{Index, Record};
use proton_sdk::types::{DeploymentStatus, Service, ServiceInstance, ServicePipeline};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A service, under its name. Its pipeline and instances are records of their own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ServiceRecord {
    /// What the API shows, without the pipeline.
    pub(crate) service: Service,
    /// What created it.
    pub(crate) origin: Origin,
    /// The change under way that spans several deployments.
    pub(crate) workflow: Option<Workflow>,
}

/// What a change of a service waits for; each stage follows from the one before when its deployments have ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Workflow {
    /// All instances come up. Next: the pipeline.
    CreateInstances,
    /// The pipeline comes up; the last stage of a creation.
    CreatePipeline,
    /// The instances that an update adds come up. Next: its removals or, where one did not come up, the way back.
    AddInstances(Update),
    /// Added instances are removed again; the end of an update that failed.
    UndoAdded {
        /// Which.
        added: BTreeSet<String>,
    },
    /// The instances that an update removes go. Next: the pipeline.
    RemoveInstances,
    /// The pipeline is deployed again; the last stage of an update.
    UpdatePipeline,
    /// Instances and pipeline go, then the service.
    Delete,
}

/// An update of which nothing is final yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Update {
    /// Instances that come.
    pub(crate) added: BTreeSet<String>,
    /// Instances that go, and what they showed before they were marked.
    pub(crate) doomed: BTreeMap<String, Shown>,
    /// What the pipeline showed before it was locked.
    pub(crate) pipeline: Option<Shown>,
    /// The service's spec before.
    pub(crate) spec: String,
}

/// A deployment status with its message.
pub(crate) type Shown = (DeploymentStatus, Option<String>);

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

    /// By service, then by name: a space comes before all that a name can hold.
    fn sort(&self) -> String {
        format!("{} {}", self.instance.service_name, self.instance.name)
    }

    fn indexes(&self) -> Vec<Index> {
        let ServiceInstance { service_name, environment_name, template_name, .. } = &self.instance;
        let version = (&self.instance.template_major_version, &self.instance.template_minor_version);
        let mut indexes = vec![
            ("service", service_name.clone()),
            ("environment", environment_name.clone()),
            ("template", template_name.clone()),
            (USES, version_used(template_name, version)),
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
        let version = (&self.pipeline.template_major_version, &self.pipeline.template_minor_version);
        let template = &self.pipeline.template_name;
        let mut indexes = vec![("template", template.clone()), (USES, version_used(template, version))];
        indexes.extend(failed(self.pipeline.deployment_status.as_str()));
        indexes
    }
}

fn version_used(template: &str, (major, minor): (&String, &String)) -> String {
    format!("{}:{major}.{minor}", TemplateKind::Service.resource(template))
}
