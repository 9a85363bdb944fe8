//! An environment.

use super::Results;
use crate::store::{Index, Record};
use proton_sdk::types::Environment;
use serde::{Deserialize, Serialize};

/// An environment, under its name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EnvironmentRecord {
    /// What the API shows.
    pub(crate) environment: Environment,
    /// Of the parameters that created it.
    pub(crate) fingerprint: String,
    /// Whether it was changed since.
    pub(crate) modified: bool,
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
        let mut indexes = vec![("template", environment.template_name.clone())];
        if let Some(id) = &environment.environment_account_connection_id {
            indexes.push(("connection", id.clone()));
        }
        if let Some(repository) = &environment.provisioning_repository {
            indexes.push(("repository", repository.arn.clone()));
        }
        indexes
    }
}
