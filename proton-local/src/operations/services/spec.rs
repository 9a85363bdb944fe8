//! A service's spec, taken apart.

use crate::fault::Fault;
use serde::Deserialize;
use serde_json::Value;

/// What a service's spec says.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ServiceSpec {
    /// Its instances, as they are listed.
    pub(super) instances: Vec<InstanceSpec>,
    /// The inputs of the pipeline.
    pub(super) pipeline: Option<Value>,
}

/// What a spec says of one instance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct InstanceSpec {
    /// The instance's name.
    pub(super) name: String,
    /// Where it is deployed.
    pub(super) environment: String,
    /// Its inputs.
    #[serde(rename = "spec")]
    pub(super) inputs: Option<Value>,
}

impl ServiceSpec {
    /// Takes a spec's text apart.
    ///
    /// # Errors
    /// It is not a service's spec.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let read =
            crate::bundle::yaml(text).and_then(|json| serde_json::from_value(json).map_err(|error| error.to_string()));
        read.map_err(|error| Fault::validation(format!("The spec cannot be read: {error}")))
    }

    /// Takes the text of a change apart; what it leaves as it is (`${Proton::CURRENT_VAL}`) comes from the stored text.
    ///
    /// # Errors
    /// It is not a service's spec, or keeps what is not there.
    pub(super) fn accept(text: &str, stored: Option<&str>) -> Result<Self, Fault> {
        Self::parse(&crate::operations::specs::resolve(text, stored.unwrap_or_default())?)
    }

    /// What it says of an instance.
    pub(super) fn instance(&self, name: &str) -> Option<&InstanceSpec> {
        self.instances.iter().find(|instance| instance.name == name)
    }
}
