//! What only a deployment knows, made up: names, ids, ARNs, and what its user says of outputs of what was deployed before.

use super::stand_ins::StandIns;
use crate::bundle::render::{EnvironmentValues, InstanceValues, Namespaces, ServiceValues, Stamp};
use crate::bundle::spec::{Instance, Only, SpecError};
use crate::bundle::{self, Fault, Files, Part, Report};
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// The account that samples are of.
const ACCOUNT: &str = "123456789012";

/// What its user would rather have than what is made up.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sample {
    /// The name of the environment, where the spec is an environment's.
    environment: String,
    /// The name of the service.
    service: String,
    /// Outputs of environments, by their names; of one that is named here, all of them.
    environment_outputs: BTreeMap<String, BTreeMap<String, String>>,
    /// Outputs of instances, by their names: a pipeline reads them.
    instance_outputs: BTreeMap<String, BTreeMap<String, String>>,
    /// What stands for outputs that are not said.
    #[serde(skip)]
    stand_ins: StandIns,
    /// Which of it stands for something now.
    #[serde(skip)]
    pub(super) made_up: BTreeSet<String>,
}

impl Default for Sample {
    fn default() -> Self {
        Self {
            environment: "my-environment".to_owned(),
            service: "my-service".to_owned(),
            environment_outputs: BTreeMap::new(),
            instance_outputs: BTreeMap::new(),
            stand_ins: StandIns::default(),
            made_up: BTreeSet::new(),
        }
    }
}

/// Something to render, and the folder that tells its files from others.
pub(super) struct Target {
    pub(super) folder: String,
    pub(super) part: Part,
    pub(super) namespaces: Namespaces,
    pub(super) stamp: Stamp,
}

impl Sample {
    /// # Errors
    /// Text that is not YAML or says something else.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let json = bundle::yaml(text).map_err(|error| Fault::yaml("", error))?;
        serde_json::from_value(json).map_err(|error| Fault::whole("", error.to_string()))
    }

    /// Makes up the outputs that a bundle reads and that are not said.
    pub(super) fn stand_in(&mut self, files: &Files) {
        self.stand_ins = StandIns::find(files);
    }

    /// What a spec deploys; nothing for a customer-managed environment.
    ///
    /// # Errors
    /// A spec that does not fit the bundle's schema.
    pub(super) fn targets(&mut self, report: &Report, spec: &str) -> Result<Vec<Target>, SpecError> {
        if report.schema.service.is_none() {
            let inputs = report.schema.environment_inputs(spec)?;
            return Ok(vec![self.environment(inputs)]);
        }
        let spec = report.schema.service_spec(spec, Only::Everything)?;
        let mut targets: Vec<_> = spec.instances.iter().map(|instance| self.instance(instance)).collect();
        if report.pipeline.is_some() {
            targets.push(self.pipeline(spec.pipeline.unwrap_or_default(), &spec.instances));
        }
        Ok(targets)
    }

    fn environment(&self, inputs: Json) -> Target {
        let name = self.environment.clone();
        let resource = format!("environment/{name}");
        Target {
            stamp: stamp(&resource, "environment-template", &[("environment", &name)]),
            folder: resource,
            part: Part::Environment,
            namespaces: Namespaces::Environment { name, inputs },
        }
    }

    fn instance(&mut self, instance: &Instance) -> Target {
        let Instance { name, environment, inputs } = instance;
        let resource = format!("service/{}/service-instance/{name}", self.service);
        let tags = [("environment", environment), ("service", &self.service), ("service-instance", name)];
        let mut stamp = stamp(&resource, "service-template", &tags.map(|(key, value)| (key, value.as_str())));
        stamp.environment_arn = Some(arn(&format!("environment/{environment}")));
        let namespaces = Namespaces::Instance {
            environment: self.around(instance),
            service: self.service(),
            name: name.clone(),
            inputs: inputs.clone(),
            component: None,
        };
        Target { folder: resource, part: Part::Instance, namespaces, stamp }
    }

    fn pipeline(&mut self, inputs: Json, instances: &[Instance]) -> Target {
        let resource = format!("service/{}/pipeline", self.service);
        let values = |instance: &Instance| InstanceValues {
            name: instance.name.clone(),
            inputs: instance.inputs.clone(),
            outputs: self.outputs_of_instance(&instance.name),
            environment: self.around(instance),
        };
        let instances = instances.iter().map(values).collect();
        Target {
            stamp: stamp(&resource, "service-template", &[("service", &self.service)]),
            folder: resource,
            part: Part::Pipeline,
            namespaces: Namespaces::Pipeline { inputs, service: self.service(), instances },
        }
    }

    fn around(&mut self, instance: &Instance) -> EnvironmentValues {
        let name = instance.environment.clone();
        let outputs = match self.environment_outputs.get(&name) {
            Some(said) => said.clone(),
            None => self.noted(self.stand_ins.environment()),
        };
        EnvironmentValues { name, account_id: ACCOUNT.to_owned(), outputs }
    }

    fn outputs_of_instance(&mut self, name: &str) -> BTreeMap<String, String> {
        match self.instance_outputs.get(name) {
            Some(said) => said.clone(),
            None => self.noted(self.stand_ins.instance(name)),
        }
    }

    fn noted(&mut self, made_up: BTreeMap<String, String>) -> BTreeMap<String, String> {
        self.made_up.extend(made_up.values().cloned());
        made_up
    }

    fn service(&self) -> ServiceValues {
        ServiceValues {
            name: self.service.clone(),
            repository_id: "my-organisation/my-repository".to_owned(),
            repository_connection_arn: format!("arn:aws:codestar-connections:us-east-1:{ACCOUNT}:connection/sample"),
            branch_name: "main".to_owned(),
        }
    }
}

fn stamp(resource: &str, template: &str, tags: &[(&str, &str)]) -> Stamp {
    let template = arn(&format!("{template}/my-template"));
    let of = [("account", ACCOUNT), ("template", &template)];
    let tag = |(key, value): &(&str, &str)| (format!("proton:{key}"), (*value).to_owned());
    Stamp {
        arn: arn(resource),
        deployment_id: "00000000-0000-4000-8000-000000000000".to_owned(),
        tags: of.iter().chain(tags).map(tag).collect(),
        template: Some((template, "1".to_owned(), "0".to_owned())),
        environment_arn: None,
        deleted: false,
    }
}

fn arn(resource: &str) -> String {
    format!("arn:aws:proton:us-east-1:{ACCOUNT}:{resource}")
}
