//! From a deployment's goal and the template bundle to the text that is provisioned.

use crate::bundle::render::{
    ComponentOf, EnvironmentValues, InstanceValues, Namespaces, ServiceValues, Stamp, render_component, render_part,
};
use crate::bundle::spec::Only;
use crate::bundle::{self, Part};
use crate::fault::Fault;
use crate::operations::versions::{self, VersionRecord};
use crate::operations::{TemplateKind, environments, services, specs, tags};
use crate::provision::STATED_OUTPUTS;
use crate::records::{
    Action, ComponentRecord, DeploymentRecord, InstanceRecord, Method, Results, ServiceRecord, Target, instance_key,
};
use crate::store::{Reader, StoreError};
use proton_sdk::types::{Deployment, DeploymentState, Environment, ServiceInstance};
use std::collections::BTreeMap;

/// Rendered templates, and who provisions them.
#[derive(Debug)]
pub(super) struct Rendered {
    pub(super) files: BTreeMap<String, String>,
    pub(super) method: Method,
}

/// Renders what a deployment needs; the inner error is why it cannot be.
///
/// # Errors
/// Those of the store.
pub(super) fn render(reader: &Reader<'_>, record: &DeploymentRecord) -> Result<Result<Rendered, String>, Fault> {
    let Deployment { initial_state, target_state, .. } = &record.deployment;
    match (record.action, target_state, initial_state) {
        (Action::Deploy, Some(goal), _) => render_state(reader, record, goal),
        (Action::Delete, _, Some(last)) => render_removal(reader, record, last),
        _ => Ok(Ok(nothing())),
    }
}

/// What a removal needs: Terraform's files, which say then that the resource is deleted, and CodeBuild's commands. A stack
/// goes without its template. What cannot be rendered any more does not hold the removal up.
fn render_removal(
    reader: &Reader<'_>,
    record: &DeploymentRecord,
    last: &DeploymentState,
) -> Result<Result<Rendered, String>, Fault> {
    let rendered = render_state(reader, record, last)?.ok();
    let needed = |rendered: &Rendered| matches!(rendered.method, Method::Terraform | Method::CodeBuild);
    Ok(Ok(rendered.filter(needed).unwrap_or_else(nothing)))
}

fn nothing() -> Rendered {
    Rendered { files: BTreeMap::new(), method: Method::CloudFormation }
}

fn render_state(
    reader: &Reader<'_>,
    record: &DeploymentRecord,
    state: &DeploymentState,
) -> Result<Result<Rendered, String>, Fault> {
    match plan(reader, record, state) {
        Ok(Plan::Bundle(plan)) => Ok(plan.render(reader)?),
        Ok(Plan::Component { manifest, template, namespaces, stamp }) => {
            let rendered = render_component(&manifest, &template, &namespaces, &stamp);
            Ok(rendered.map(|(method, files)| Rendered { files, method }).map_err(|error| error.to_string()))
        }
        Err(Fault::Store(error)) => Err(error.into()),
        // What the deployment refers to has gone since it was asked for.
        Err(fault) => Ok(Err(fault.to_string())),
    }
}

enum Plan {
    Bundle(Box<FromBundle>),
    Component { manifest: String, template: String, namespaces: Box<Namespaces>, stamp: Box<Stamp> },
}

struct FromBundle {
    version: VersionRecord,
    part: Part,
    namespaces: Namespaces,
    stamp: Stamp,
}

impl FromBundle {
    fn render(&self, reader: &Reader<'_>) -> Result<Result<Rendered, String>, StoreError> {
        let known = if self.part == Part::Pipeline { self.version.pipeline } else { self.version.method };
        let method = known.unwrap_or(Method::CloudFormation);
        let hash = self.version.bundle.as_deref().unwrap_or_default();
        let Some(archive) = reader.file(hash)? else {
            return Err(StoreError::MissingFile { path: format!("bundle of version {}", self.version.number()) });
        };
        let files = match bundle::unpack(&archive) {
            Ok(files) => files,
            Err(error) => return Ok(Err(error.to_string())),
        };
        if method == Method::CustomerManaged && self.part == Part::Environment {
            // Nothing is rendered or built: the spec states the outputs of what is there.
            let inputs = self.namespaces.json()["environment"]["inputs"].to_string();
            return Ok(Ok(Rendered { files: BTreeMap::from([(STATED_OUTPUTS.to_owned(), inputs)]), method }));
        }
        let rendered = render_part(&files, self.part, &self.namespaces, &self.stamp);
        Ok(rendered.map(|files| Rendered { files, method }).map_err(|error| error.to_string()))
    }
}

fn plan(reader: &Reader<'_>, record: &DeploymentRecord, goal: &DeploymentState) -> Result<Plan, Fault> {
    // A pipeline has no tags of its own; what is built for it has those of the service.
    let tagged = match &record.target {
        Target::Pipeline { service } => reader.arn(&format!("service/{service}")),
        _ => record.deployment.target_arn.clone(),
    };
    let mut stamp = Stamp {
        arn: record.deployment.target_arn.clone(),
        deployment_id: record.deployment.id.clone(),
        tags: tags::for_infrastructure(reader, &tagged)?,
        deleted: record.action == Action::Delete,
        ..Stamp::default()
    };
    let version = |kind: TemplateKind, (template, major, minor): (&str, &str, &str)| {
        versions::find(reader, kind, template, major, minor)
    };
    let mut mark = |kind: TemplateKind, (template, major, minor): (&str, &str, &str)| {
        stamp.template = Some((reader.arn(&kind.resource(template)), major.to_owned(), minor.to_owned()));
    };
    match (&record.target, goal) {
        (Target::Environment { name }, DeploymentState::Environment(state)) => {
            let of = (state.template_name(), state.template_major_version(), state.template_minor_version());
            let version = version(TemplateKind::Environment, of)?;
            mark(TemplateKind::Environment, of);
            let inputs = specs::environment_inputs(&version, state.spec().unwrap_or_default())?;
            let namespaces = Namespaces::Environment { name: name.clone(), inputs };
            Ok(Plan::Bundle(Box::new(FromBundle { version, part: Part::Environment, namespaces, stamp })))
        }
        (Target::Instance { service, name }, DeploymentState::ServiceInstance(state)) => {
            let of = (state.template_name(), state.template_major_version(), state.template_minor_version());
            let version = version(TemplateKind::Service, of)?;
            mark(TemplateKind::Service, of);
            let inputs = specs::service_instance(&version, state.spec(), name)?.inputs;
            let environment = environment(reader, &record.deployment.environment_name)?;
            stamp.environment_arn = Some(reader.arn(&format!("environment/{}", environment.name)));
            let attached: Vec<ComponentRecord> = reader.all_by("instance", &instance_key(service, name))?;
            let component = attached
                .into_iter()
                .next()
                .map(|component| ComponentOf { outputs: outputs(&component.results), name: component.component.name });
            let service = service_values(&services::find(reader, service)?);
            let namespaces = Namespaces::Instance { environment, service, name: name.clone(), inputs, component };
            Ok(Plan::Bundle(Box::new(FromBundle { version, part: Part::Instance, namespaces, stamp })))
        }
        (Target::Pipeline { service }, DeploymentState::ServicePipeline(state)) => {
            let of = (state.template_name(), state.template_major_version(), state.template_minor_version());
            let version = version(TemplateKind::Service, of)?;
            mark(TemplateKind::Service, of);
            let spec = specs::service(&version, state.spec().unwrap_or_default(), Only::Pipeline)?;
            let instances = instances(reader, service)?;
            let service = service_values(&services::find(reader, service)?);
            let namespaces = Namespaces::Pipeline { inputs: spec.pipeline.unwrap_or_default(), service, instances };
            Ok(Plan::Bundle(Box::new(FromBundle { version, part: Part::Pipeline, namespaces, stamp })))
        }
        (Target::Component { name }, DeploymentState::Component(state)) => {
            let component: ComponentRecord = reader.require(name, &record.target.resource())?;
            let environment = environment(reader, &record.deployment.environment_name)?;
            stamp.environment_arn = Some(reader.arn(&format!("environment/{}", environment.name)));
            let attached = match (state.service_name(), state.service_instance_name()) {
                (Some(service), Some(name)) if !service.is_empty() => {
                    let instance = services::find_instance(reader, service, name)?.instance;
                    let inputs = inputs_of(reader, &instance, state.service_spec().or(instance.spec()))?;
                    Some((service.to_owned(), name.to_owned(), inputs))
                }
                _ => None,
            };
            let template = state.template_file.clone().unwrap_or(component.template_file);
            let namespaces = Box::new(Namespaces::Component { name: name.clone(), environment, attached });
            Ok(Plan::Component { manifest: component.manifest, template, namespaces, stamp: Box::new(stamp) })
        }
        _ => Err(Fault::validation("The deployment's goal is not one of its target.")),
    }
}

fn environment(reader: &Reader<'_>, name: &str) -> Result<EnvironmentValues, Fault> {
    let record = environments::find(reader, name)?;
    let Environment { name, environment_account_id, .. } = record.environment;
    let account_id = environment_account_id.unwrap_or_else(|| reader.caller().account.clone());
    Ok(EnvironmentValues { name, account_id, outputs: outputs(&record.results) })
}

fn service_values(record: &ServiceRecord) -> ServiceValues {
    let service = &record.service;
    ServiceValues {
        name: service.name.clone(),
        repository_id: service.repository_id.clone().unwrap_or_default(),
        repository_connection_arn: service.repository_connection_arn.clone().unwrap_or_default(),
        branch_name: service.branch_name.clone().unwrap_or_default(),
    }
}

/// What a pipeline reads of the service's instances.
fn instances(reader: &Reader<'_>, service: &str) -> Result<Vec<InstanceValues>, Fault> {
    let records: Vec<InstanceRecord> = reader.all_by("service", service)?;
    let mut found = Vec::new();
    for record in records {
        let instance = &record.instance;
        found.push(InstanceValues {
            name: instance.name.clone(),
            inputs: inputs_of(reader, instance, instance.spec())?,
            outputs: outputs(&record.results),
            environment: environment(reader, &instance.environment_name)?,
        });
    }
    Ok(found)
}

/// The inputs that a spec gives to an instance, as the version that it is on takes them.
fn inputs_of(reader: &Reader<'_>, instance: &ServiceInstance, spec: Option<&str>) -> Result<serde_json::Value, Fault> {
    let (major, minor) = (&instance.template_major_version, &instance.template_minor_version);
    let version = versions::find(reader, TemplateKind::Service, &instance.template_name, major, minor)?;
    Ok(specs::service_instance(&version, spec.unwrap_or_default(), &instance.name)?.inputs)
}

fn outputs(results: &Results) -> BTreeMap<String, String> {
    let outputs = results.outputs.iter();
    outputs
        .map(|output| {
            (output.key().unwrap_or_default().to_owned(), output.value_string().unwrap_or_default().to_owned())
        })
        .collect()
}
