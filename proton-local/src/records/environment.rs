//! An environment.

use super::{Method, Results, failed};
use crate::operations::usage::USES;
use crate::operations::{Origin, TemplateKind, repositories};
use crate::store::{Index, Record};
use proton_sdk::types::Environment;
use serde::{Deserialize, Serialize};

/// An environment, under its name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EnvironmentRecord {
    /// What the API shows.
    pub(crate) environment: Environment,
    /// What created it.
    pub(crate) origin: Origin,
    /// Who provisions it, as its template's bundle decides.
    pub(crate) method: Method,
    /// What its infrastructure gives.
    pub(crate) results: Results,
}

impl Record for EnvironmentRecord {
    const KIND: &'static str = "environment";

    fn key(&self) -> String {
        self.environment.name.clone()
    }

    fn indexes(&self) -> Vec<Index> {
        let Self { environment, .. } = self;
        let template = TemplateKind::Environment.resource(&environment.template_name);
        let (major, minor) = (&environment.template_major_version, &environment.template_minor_version);
        let mut indexes = vec![(USES, format!("{template}:{major}.{minor}"))];
        if let Some(id) = &environment.environment_account_connection_id {
            indexes.push(("connection", id.clone()));
        }
        if let Some(repository) = &environment.provisioning_repository {
            indexes.push((USES, repositories::resource(&repository.provider, &repository.name)));
        }
        indexes.extend(failed(environment.deployment_status.as_str()));
        indexes
    }
}
