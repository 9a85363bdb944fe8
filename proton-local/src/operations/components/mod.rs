//! Components: infrastructure code of a developer's own, in an environment or beside a service instance.

mod place;
#[cfg(test)]
mod tests;

use super::{narrow, once, required, specs, tags};
use crate::deploy::{self, Start};
use crate::fault::Fault;
use crate::records::{Action, ComponentRecord, Deployed, Results, Target, instance_key};
use crate::store::{Paging, Reader, Record, Writer, fingerprint};
use place::Place;
use proton_sdk::operation::cancel_component_deployment::{
    CancelComponentDeploymentInput, CancelComponentDeploymentOutput,
};
use proton_sdk::operation::create_component::{CreateComponentInput, CreateComponentOutput};
use proton_sdk::operation::delete_component::{DeleteComponentInput, DeleteComponentOutput};
use proton_sdk::operation::get_component::{GetComponentInput, GetComponentOutput};
use proton_sdk::operation::list_components::{ListComponentsInput, ListComponentsOutput};
use proton_sdk::operation::update_component::{UpdateComponentInput, UpdateComponentOutput};
use proton_sdk::types::{Component, ComponentDeploymentUpdateType, ComponentState, DeploymentState, DeploymentStatus};

pub(crate) fn create_component(
    writer: &mut Writer<'_>,
    mut input: CreateComponentInput,
) -> Result<CreateComponentOutput, Fault> {
    let token = input.client_token.take();
    let request = fingerprint(&input)?;
    let record =
        once(writer, "CreateComponent", token.as_deref(), &request, |writer| create(writer, input, token.clone()))?;
    Ok(CreateComponentOutput::builder().component(record.component).build())
}

fn create(
    writer: &mut Writer<'_>,
    input: CreateComponentInput,
    token: Option<String>,
) -> Result<ComponentRecord, Fault> {
    let name = required(input.name, "name")?;
    let arn = writer.arn(&format!("component/{name}"));
    if writer.has::<ComponentRecord>(&name)? {
        return Err(Fault::conflict(format!("{arn} exists already.")));
    }
    let limit = writer.settings().quotas.components;
    writer.check_quota::<ComponentRecord>(limit, "components")?;
    let manifest = required(input.manifest, "manifest")?;
    let template_file = required(input.template_file, "templateFile")?;
    let place = match (input.environment_name, input.service_name, input.service_instance_name) {
        (Some(environment), None, None) => Place::Environment(environment),
        (environment, Some(service), Some(instance)) => {
            let place = Place::of_instance(writer, &service, &instance)?;
            if environment.is_some_and(|named| named != place.environment()) {
                let real = place.environment();
                return Err(Fault::validation(format!(
                    "The service instance is in environment {real}, not the one named."
                )));
            }
            place
        }
        (None, None, None) => {
            return Err(Fault::validation(
                "A component needs environmentName, or serviceName and serviceInstanceName.",
            ));
        }
        _ => return Err(Fault::validation("Give both serviceName and serviceInstanceName, or neither.")),
    };
    place.check(writer, &name, input.service_spec.as_deref())?;
    specs::check_component(&manifest, &template_file)?;

    let now = writer.now();
    let (service, instance) = place.attached().unzip();
    let mut component = Component::builder()
        .name(&name)
        .arn(&arn)
        .set_description(input.description)
        .environment_name(place.environment())
        .set_service_name(service)
        .set_service_instance_name(instance)
        .created_at(now)
        .last_modified_at(now)
        .deployment_status(DeploymentStatus::Succeeded)
        .set_service_spec(input.service_spec.clone())
        .set_last_client_request_token(token)
        .build()?;
    start(writer, &mut component, Action::Deploy, None, Some(place.state(input.service_spec, &template_file)))?;

    let environment_arn = writer.arn(&format!("environment/{}", place.environment()));
    let mut managed = vec![(tags::COMPONENT, arn.clone()), (tags::ENVIRONMENT, environment_arn)];
    if let Some((service, instance)) = place.attached() {
        managed.push((tags::SERVICE, writer.arn(&format!("service/{service}"))));
        managed.push((tags::SERVICE_INSTANCE, writer.arn(&format!("service/{service}/service-instance/{instance}"))));
    }
    let managed: Vec<_> = managed.iter().map(|(key, value)| (*key, value.as_str())).collect();
    tags::create(writer, &arn, input.tags, &managed)?;
    let record = ComponentRecord { component, manifest, template_file, results: Results::default() };
    writer.put(&record)?;
    Ok(record)
}

pub(crate) fn get_component(reader: &Reader<'_>, input: GetComponentInput) -> Result<GetComponentOutput, Fault> {
    let record = find(reader, &required(input.name, "name")?)?;
    Ok(GetComponentOutput::builder().component(record.component).build())
}

pub(crate) fn list_components(reader: &Reader<'_>, input: ListComponentsInput) -> Result<ListComponentsOutput, Fault> {
    let ListComponentsInput { environment_name, service_name, service_instance_name, .. } = &input;
    if service_instance_name.is_some() && service_name.is_none() {
        return Err(Fault::validation("serviceInstanceName needs serviceName."));
    }
    let scope = format!("ListComponents {environment_name:?} {service_name:?} {service_instance_name:?}");
    let paging = Paging::new(reader, scope, input.next_token.as_deref(), input.max_results)?;
    let keep = |record: &ComponentRecord| {
        let component = &record.component;
        environment_name.as_ref().is_none_or(|name| *name == component.environment_name)
            && service_name.as_ref().is_none_or(|name| Some(name) == component.service_name.as_ref())
            && service_instance_name.as_ref().is_none_or(|name| Some(name) == component.service_instance_name.as_ref())
    };
    let page = match (service_name, service_instance_name, environment_name) {
        (Some(service), Some(instance), _) => {
            reader.page_by("instance", &instance_key(service, instance), &paging, keep)?
        }
        (Some(service), None, _) => reader.page_by("service", service, &paging, keep)?,
        (None, _, Some(environment)) => reader.page_by("environment", environment, &paging, keep)?,
        (None, _, None) => reader.page(&paging, keep)?,
    };
    let components = page.items.iter().map(|record| narrow(&record.component)).collect::<Result<_, _>>()?;
    Ok(ListComponentsOutput::builder().set_components(Some(components)).set_next_token(page.next).build()?)
}

pub(crate) fn update_component(
    writer: &mut Writer<'_>,
    mut input: UpdateComponentInput,
) -> Result<UpdateComponentOutput, Fault> {
    let token = input.client_token.take();
    let request = fingerprint(&input)?;
    let record =
        once(writer, "UpdateComponent", token.as_deref(), &request, |writer| update(writer, input, token.clone()))?;
    Ok(UpdateComponentOutput::builder().component(record.component).build())
}

fn update(
    writer: &mut Writer<'_>,
    input: UpdateComponentInput,
    token: Option<String>,
) -> Result<ComponentRecord, Fault> {
    let mut record = find(writer, &required(input.name, "name")?)?;
    let component = &mut record.component;
    let target = Target::Component { name: component.name.clone() };
    if component.is_busy() {
        return Err(deploy::busy(writer, &target, component));
    }
    let before = Place::of(component);
    let place = match (input.service_name.as_deref(), input.service_instance_name.as_deref()) {
        (None, None) => before.clone(),
        (Some(""), Some("")) => before.detached(),
        (Some(service), Some(instance)) if !service.is_empty() && !instance.is_empty() => {
            before.moved_to(Place::of_instance(writer, service, instance)?)?
        }
        _ => return Err(Fault::validation("Give both serviceName and serviceInstanceName, both empty to detach.")),
    };
    let deploys = required(input.deployment_type, "deploymentType")? != ComponentDeploymentUpdateType::None;
    let changes = input.template_file.is_some() || input.service_spec.is_some() || place != before;
    if !deploys && changes {
        return Err(Fault::validation("deploymentType NONE changes the description alone; use CURRENT_VERSION."));
    }
    if input.description.is_some() {
        component.description = input.description;
    }
    component.last_modified_at = writer.now();
    component.last_client_request_token = token;
    if deploys {
        let spec = match place.attached() {
            Some(_) => input.service_spec.or_else(|| component.service_spec.clone()),
            None => input.service_spec,
        };
        place.check(writer, &component.name, spec.as_deref())?;
        let file = input.template_file.unwrap_or_else(|| record.template_file.clone());
        specs::check_component(&record.manifest, &file)?;
        let initial = component.last_succeeded().is_some().then(|| shown(component, &record.template_file));
        (component.service_name, component.service_instance_name) = place.attached().unzip();
        start(writer, component, Action::Deploy, initial, Some(place.state(spec, &file)))?;
    }
    writer.put(&record)?;
    Ok(record)
}

pub(crate) fn cancel_component_deployment(
    writer: &mut Writer<'_>,
    input: CancelComponentDeploymentInput,
) -> Result<CancelComponentDeploymentOutput, Fault> {
    let mut record = find(writer, &required(input.component_name, "componentName")?)?;
    let target = Target::Component { name: record.component.name.clone() };
    deploy::cancel(writer, &target, &mut record.component)?;
    writer.put(&record)?;
    Ok(CancelComponentDeploymentOutput::builder().component(record.component).build())
}

pub(crate) fn delete_component(
    writer: &mut Writer<'_>,
    input: DeleteComponentInput,
) -> Result<DeleteComponentOutput, Fault> {
    let name = required(input.name, "name")?;
    let Some(mut record) = writer.get::<ComponentRecord>(&name)? else {
        return Ok(DeleteComponentOutput::builder().build());
    };
    let component = &mut record.component;
    if component.deployment_status != DeploymentStatus::DeleteInProgress {
        if let Some((service, instance)) = Place::of(component).attached() {
            let arn = &component.arn;
            return Err(Fault::conflict(format!(
                "{arn} is attached to service instance {service}/{instance}. Detach it first: update it with empty names."
            )));
        }
        let initial = shown(component, &record.template_file);
        start(writer, component, Action::Delete, Some(initial), None)?;
        writer.put(&record)?;
    }
    Ok(DeleteComponentOutput::builder().component(record.component).build())
}

/// Removes one whose infrastructure is gone.
pub(crate) fn remove(writer: &mut Writer<'_>, record: &ComponentRecord) -> Result<(), Fault> {
    tags::forget(writer, &record.component.arn)?;
    writer.forget_tokens("CreateComponent", &record.key())?;
    Ok(writer.delete::<ComponentRecord>(&record.key())?)
}

/// One component.
pub(crate) fn find(reader: &Reader<'_>, name: &str) -> Result<ComponentRecord, Fault> {
    reader.require(name, &format!("component/{name}"))
}

fn start(
    writer: &mut Writer<'_>,
    component: &mut Component,
    action: Action,
    initial: Option<ComponentState>,
    goal: Option<ComponentState>,
) -> Result<(), Fault> {
    let start = Start {
        target: Target::Component { name: component.name.clone() },
        environment: component.environment_name.clone(),
        attached: Place::of(component).attached(),
        action,
        initial: initial.map(DeploymentState::Component),
        goal: goal.map(DeploymentState::Component),
    };
    deploy::start(writer, component, start)?;
    Ok(())
}

/// The state that a component shows.
fn shown(component: &Component, template_file: &str) -> ComponentState {
    Place::of(component).state(component.service_spec.clone(), template_file)
}
