//! How many resources there may be.

use serde::Deserialize;

/// The most of each kind, in an account and region.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
    /// Connections that one environment account offers.
    pub connections_per_environment_account: u64,
}

/// The quotas that the hosted service had last.
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
