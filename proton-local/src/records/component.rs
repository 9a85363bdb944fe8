//! A component.

use super::{Results, failed, instance_key};
use crate::store::{Index, Record};
use proton_sdk::types::Component;
use serde::{Deserialize, Serialize};

/// A component, under its name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ComponentRecord {
    /// What the API shows.
    pub(crate) component: Component,
    /// Which engine renders the template file, and how.
    pub(crate) manifest: String,
    /// The infrastructure code of the last successful deployment, or of the first attempt.
    pub(crate) template_file: String,
    /// What its infrastructure gives.
    pub(crate) results: Results,
}

impl Record for ComponentRecord {
    const KIND: &'static str = "component";

    fn key(&self) -> String {
        self.component.name.clone()
    }

    fn indexes(&self) -> Vec<Index> {
        let Self { component, .. } = self;
        let mut indexes = vec![("environment", component.environment_name.clone())];
        indexes.extend(failed(component.deployment_status.as_str()));
        if let Some(service) = &component.service_name {
            indexes.push(("service", service.clone()));
            if let Some(instance) = &component.service_instance_name {
                indexes.push(("instance", instance_key(service, instance)));
            }
        }
        indexes
    }
}
