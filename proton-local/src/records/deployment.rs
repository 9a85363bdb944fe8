//! A deployment: one attempt to bring a resource to a state.

use super::{Results, instance_key};
use crate::deploy;
use crate::operations::{TemplateKind, usage::USES};
use crate::store::{Index, Record};
use aws_smithy_types::DateTime;
use proton_sdk::types::{Deployment, DeploymentState, DeploymentTargetResourceType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A deployment, under its id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct DeploymentRecord {
    /// What the API shows.
    pub(crate) deployment: Deployment,
    /// What it changes.
    pub(crate) target: Target,
    /// Whether it builds or removes.
    pub(crate) action: Action,
    /// The rendered templates: path to hash of the stored file. `None` until they are rendered.
    pub(crate) rendered: Option<BTreeMap<String, String>>,
    /// Who provisions; known once the templates are rendered.
    pub(crate) method: Option<Method>,
    /// When provisioning began, in milliseconds since 1970.
    pub(crate) provisioning_since: Option<i64>,
    /// What it left behind.
    pub(crate) results: Results,
}

/// The resource that a deployment changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Target {
    /// An environment.
    Environment {
        /// Its name.
        name: String,
    },
    /// A service instance.
    Instance {
        /// The service's name.
        service: String,
        /// The instance's.
        name: String,
    },
    /// A service's pipeline.
    Pipeline {
        /// The service's name.
        service: String,
    },
    /// A component.
    Component {
        /// Its name.
        name: String,
    },
}

/// What a deployment does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Action {
    /// Builds or changes.
    Deploy,
    /// Removes.
    Delete,
}

/// Who provisions, as the template bundle decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Method {
    /// CloudFormation templates.
    CloudFormation,
    /// Commands of the manifest.
    CodeBuild,
    /// Terraform code that the customer's automation applies.
    Terraform,
    /// Nobody: the infrastructure exists, the spec states its outputs.
    CustomerManaged,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CloudFormation => "CloudFormation",
            Self::CodeBuild => "CodeBuild",
            Self::Terraform => "Terraform",
            Self::CustomerManaged => "the customer",
        })
    }
}

impl Target {
    /// What follows the account in the resource's ARN.
    pub(crate) fn resource(&self) -> String {
        match self {
            Self::Environment { name } => format!("environment/{name}"),
            Self::Instance { service, name } => format!("service/{service}/service-instance/{name}"),
            Self::Pipeline { service } => format!("service/{service}/pipeline"),
            Self::Component { name } => format!("component/{name}"),
        }
    }

    /// The API's word for its kind.
    pub(crate) fn kind(&self) -> DeploymentTargetResourceType {
        match self {
            Self::Environment { .. } => DeploymentTargetResourceType::Environment,
            Self::Instance { .. } => DeploymentTargetResourceType::ServiceInstance,
            Self::Pipeline { .. } => DeploymentTargetResourceType::ServicePipeline,
            Self::Component { .. } => DeploymentTargetResourceType::Component,
        }
    }

    /// The resource's own name.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Environment { name } | Self::Instance { name, .. } | Self::Component { name } => name,
            Self::Pipeline { service } => service,
        }
    }
}

impl DeploymentRecord {
    /// The template version that it deploys, as the end of an ARN.
    fn version(&self) -> Option<String> {
        let (kind, template, major, minor) = match self.deployment.target_state.as_ref()? {
            DeploymentState::Environment(state) => (
                TemplateKind::Environment,
                &state.template_name,
                &state.template_major_version,
                &state.template_minor_version,
            ),
            DeploymentState::ServiceInstance(state) => (
                TemplateKind::Service,
                &state.template_name,
                &state.template_major_version,
                &state.template_minor_version,
            ),
            DeploymentState::ServicePipeline(state) => (
                TemplateKind::Service,
                &state.template_name,
                &state.template_major_version,
                &state.template_minor_version,
            ),
            _ => return None,
        };
        Some(format!("{}:{major}.{minor}", kind.resource(template)))
    }
}

impl Record for DeploymentRecord {
    const KIND: &'static str = "deployment";

    fn key(&self) -> String {
        self.deployment.id.clone()
    }

    /// The newest first.
    fn sort(&self) -> String {
        format!("{:020}/{}", u64::MAX - millis(&self.deployment.created_at), self.deployment.id)
    }

    fn indexes(&self) -> Vec<Index> {
        let Deployment { environment_name, service_name, service_instance_name, component_name, .. } = &self.deployment;
        let mut indexes = vec![("environment", environment_name.clone()), ("target", self.target.resource())];
        if let Some(service) = service_name {
            indexes.push(("service", service.clone()));
            if let Some(instance) = service_instance_name {
                indexes.push(("instance", instance_key(service, instance)));
            }
        }
        if let Some(component) = component_name {
            indexes.push(("component", component.clone()));
        }
        if deploy::is_open(&self.deployment.deployment_status) {
            indexes.extend(self.version().map(|version| (USES, version)));
        }
        indexes
    }
}

fn millis(time: &DateTime) -> u64 {
    time.to_millis().ok().and_then(|millis| u64::try_from(millis).ok()).unwrap_or_default()
}
