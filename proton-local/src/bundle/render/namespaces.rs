//! The values that templates may read: one shape for each kind of target, so that none can be forgotten.

use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Keys and values of outputs.
pub(crate) type Outputs = BTreeMap<String, String>;

/// What a template of another resource reads of its environment.
#[derive(Clone, Debug, Default)]
pub(crate) struct EnvironmentValues {
    /// Its name.
    pub(crate) name: String,
    /// The account that it is in.
    pub(crate) account_id: String,
    /// What it gave.
    pub(crate) outputs: Outputs,
}

/// What a template reads of the service.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServiceValues {
    /// Its name.
    pub(crate) name: String,
    /// `owner/name`, empty without a pipeline.
    pub(crate) repository_id: String,
    /// Empty without a pipeline.
    pub(crate) repository_connection_arn: String,
    /// Empty without a pipeline.
    pub(crate) branch_name: String,
}

/// What a pipeline's template reads of each instance.
#[derive(Clone, Debug, Default)]
pub(crate) struct InstanceValues {
    /// Its name.
    pub(crate) name: String,
    /// Its inputs.
    pub(crate) inputs: Json,
    /// What it gave.
    pub(crate) outputs: Outputs,
    /// Where it is.
    pub(crate) environment: EnvironmentValues,
}

/// The component that is attached to an instance.
#[derive(Clone, Debug, Default)]
pub(crate) struct ComponentOf {
    /// Its name.
    pub(crate) name: String,
    /// What it gave.
    pub(crate) outputs: Outputs,
}

/// The values that the templates of one target may read.
#[derive(Clone, Debug)]
pub(crate) enum Namespaces {
    /// An environment's.
    Environment {
        /// Its name.
        name: String,
        /// Its inputs.
        inputs: Json,
    },
    /// An instance's.
    Instance {
        /// Where it is.
        environment: EnvironmentValues,
        /// Whose it is.
        service: ServiceValues,
        /// Its name.
        name: String,
        /// Its inputs.
        inputs: Json,
        /// What is attached to it.
        component: Option<ComponentOf>,
    },
    /// A pipeline's.
    Pipeline {
        /// Its inputs.
        inputs: Json,
        /// Whose it is.
        service: ServiceValues,
        /// What it deploys to.
        instances: Vec<InstanceValues>,
    },
    /// A component's.
    Component {
        /// Its name.
        name: String,
        /// Where it is.
        environment: EnvironmentValues,
        /// The service's name, the instance's and the instance's inputs, where it is attached.
        attached: Option<(String, String, Json)>,
    },
}

impl Namespaces {
    /// What the target is called in the names of files.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Environment { .. } => "environment",
            Self::Instance { .. } => "service_instance",
            Self::Pipeline { .. } => "pipeline",
            Self::Component { .. } => "component",
        }
    }

    /// The values as one object, each under its name.
    pub(crate) fn json(&self) -> Json {
        let entries: Map<_, _> = self.entries().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        entries.into()
    }

    /// The values in the order in which Proton writes them.
    pub(crate) fn entries(&self) -> Vec<(&'static str, Json)> {
        match self {
            Self::Environment { name, inputs } => vec![("environment", json!({"name": name, "inputs": inputs}))],
            Self::Instance { environment, service, name, inputs, component } => {
                let mut attached = json!({"outputs": {}});
                if let Some(component) = component {
                    attached = json!({"name": component.name, "outputs": component.outputs});
                }
                let instance = json!({"name": name, "inputs": inputs, "components": {"default": attached}});
                vec![("environment", environment.json()), ("service", service.json()), ("service_instance", instance)]
            }
            Self::Pipeline { inputs, service, instances } => vec![
                ("pipeline", json!({"inputs": inputs})),
                ("service", service.json()),
                ("service_instances", instances.iter().map(InstanceValues::json).collect()),
            ],
            Self::Component { name, environment, attached } => {
                let mut entries = vec![("component", json!({"name": name})), ("environment", environment.json())];
                if let Some((service, instance, inputs)) = attached {
                    entries.push(("service", json!({"name": service})));
                    entries.push(("service_instance", json!({"name": instance, "inputs": inputs})));
                }
                entries
            }
        }
    }
}

impl EnvironmentValues {
    fn json(&self) -> Json {
        json!({"account_id": self.account_id, "name": self.name, "outputs": self.outputs})
    }
}

impl ServiceValues {
    fn json(&self) -> Json {
        json!({
            "name": self.name,
            "repository_id": self.repository_id,
            "repository_connection_arn": self.repository_connection_arn,
            "branch_name": self.branch_name,
        })
    }
}

impl InstanceValues {
    fn json(&self) -> Json {
        json!({
            "name": self.name,
            "inputs": self.inputs,
            "outputs": self.outputs,
            "environment": self.environment.json(),
        })
    }
}
