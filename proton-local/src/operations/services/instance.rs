//! Service instances are added, read and updated, and their deployments cancelled.

use super::parts::{self, NewInstance};
use super::service::check_parts_idle;
use super::{check_idle, find, find_instance, instances_of, newest_version};
use crate::deploy;
use crate::fault::Fault;
use crate::operations::deployment_type::{Wanted, choose};
use crate::operations::{TemplateKind, once, required, service_sync, specs};
use crate::records::{ComponentRecord, Deployed, InstanceRecord, ServiceRecord, Target, instance_key};
use crate::store::{Reader, Record, Writer, fingerprint};
use proton_sdk::operation::cancel_service_instance_deployment::{
    CancelServiceInstanceDeploymentInput, CancelServiceInstanceDeploymentOutput,
};
use proton_sdk::operation::create_service_instance::{CreateServiceInstanceInput, CreateServiceInstanceOutput};
use proton_sdk::operation::get_service_instance::{GetServiceInstanceInput, GetServiceInstanceOutput};
use proton_sdk::operation::update_service_instance::{UpdateServiceInstanceInput, UpdateServiceInstanceOutput};
use proton_sdk::types::{DeploymentUpdateType, ServiceStatus};

/// The operations that client tokens come with.
pub(super) const CREATE_INSTANCE: &str = "CreateServiceInstance";
pub(super) const UPDATE_INSTANCE: &str = "UpdateServiceInstance";

/// Adds an instance to a service, once per token.
pub(crate) fn create_service_instance(
    writer: &mut Writer<'_>,
    mut input: CreateServiceInstanceInput,
) -> Result<CreateServiceInstanceOutput, Fault> {
    let token = input.client_token.take();
    let request = fingerprint(&input)?;
    let record = once(writer, CREATE_INSTANCE, token.as_deref(), &request, |writer| {
        let record = create_instance(writer, input, token.clone())?;
        block_sync(writer, &record, "The instance was created by hand.")?;
        Ok(record)
    })?;
    Ok(CreateServiceInstanceOutput::builder().service_instance(record.instance).build())
}

/// Adds an instance to a service, be it for a caller or for a sync.
pub(crate) fn create_instance(
    writer: &mut Writer<'_>,
    input: CreateServiceInstanceInput,
    token: Option<String>,
) -> Result<InstanceRecord, Fault> {
    let name = required(input.name, "name")?;
    let mut service = find(writer, &required(input.service_name, "serviceName")?)?;
    check_changeable(&service)?;
    check_parts_idle(writer, &service.service.name)?;
    let instances = instances_of(writer, &service.service.name)?;
    if let Some(known) = instances.iter().find(|known| known.instance.name == name) {
        return Err(Fault::conflict(format!("{} exists already.", known.instance.arn)));
    }
    let limit = writer.settings().quotas.instances_per_service;
    if instances.len() as u64 >= limit {
        // The operation has no error of its own for a quota.
        return Err(Fault::validation(Fault::quota("instances of a service", limit).to_string()));
    }
    let template = &service.service.template_name;
    let version = match (&input.template_major_version, &input.template_minor_version) {
        (Some(major), minor) => specs::deployable(writer, TemplateKind::Service, template, major, minor.as_deref())?,
        (None, Some(_)) => return Err(Fault::validation("templateMinorVersion needs templateMajorVersion.")),
        (None, None) => newest_version(writer, &service.service, &instances)?,
    };
    let spec = specs::resolve(&required(input.spec, "spec")?, &service.service.spec)?;
    let part = specs::service_instance(&version, &spec, &name)?;
    note_spec(writer, &mut service, &spec)?;
    let new =
        NewInstance { service: &service.service, version: &version, part: &part, spec: &spec, tags: input.tags, token };
    parts::add_instance(writer, new)
}

/// Reads one.
pub(crate) fn get_service_instance(
    reader: &Reader<'_>,
    input: GetServiceInstanceInput,
) -> Result<GetServiceInstanceOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let record = find_instance(reader, &service, &required(input.name, "name")?)?;
    Ok(GetServiceInstanceOutput::builder().service_instance(record.instance).build())
}

/// Deploys an instance anew, with another spec or version, once per token.
pub(crate) fn update_service_instance(
    writer: &mut Writer<'_>,
    mut input: UpdateServiceInstanceInput,
) -> Result<UpdateServiceInstanceOutput, Fault> {
    let token = input.client_token.take();
    let request = fingerprint(&input)?;
    let record = once(writer, UPDATE_INSTANCE, token.as_deref(), &request, |writer| {
        let deploys = input.deployment_type != Some(DeploymentUpdateType::None);
        let record = update_instance(writer, input, token.clone())?;
        if deploys {
            block_sync(writer, &record, "The instance was updated by hand.")?;
        }
        Ok(record)
    })?;
    Ok(UpdateServiceInstanceOutput::builder().service_instance(record.instance).build())
}

/// Deploys an instance anew, be it for a caller or for a sync.
pub(crate) fn update_instance(
    writer: &mut Writer<'_>,
    input: UpdateServiceInstanceInput,
    token: Option<String>,
) -> Result<InstanceRecord, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let mut record = find_instance(writer, &service, &required(input.name, "name")?)?;
    let mut service = find(writer, &service)?;
    check_changeable(&service)?;
    check_instance_idle(writer, &record)?;
    let instance = &record.instance;
    let version = choose(
        writer,
        TemplateKind::Service,
        &instance.template_name,
        (&instance.template_major_version, &instance.template_minor_version),
        Wanted {
            deployment_type: input.deployment_type.as_ref(),
            major: input.template_major_version.as_deref(),
            minor: input.template_minor_version.as_deref(),
        },
    )?;
    let Some(version) = version else {
        return match input.spec {
            Some(_) => Err(Fault::validation("A spec needs a deployment, and deploymentType NONE makes none.")),
            None => Ok(record),
        };
    };
    parts::check_environment(writer, &version, &instance.environment_name)?;
    let spec = match input.spec {
        Some(spec) => {
            let spec = specs::resolve(&spec, &service.service.spec)?;
            note_spec(writer, &mut service, &spec)?;
            spec
        }
        None => instance.spec.clone().unwrap_or_default(),
    };
    let part = specs::service_instance(&version, &spec, &instance.name)?;
    if part.environment != instance.environment_name {
        let (arn, environment) = (&instance.arn, &instance.environment_name);
        return Err(Fault::validation(format!("{arn} is in environment {environment} and cannot move to another.")));
    }
    record.instance.last_client_request_token = token;
    parts::deploy_instance(writer, &mut record, &version, spec)?;
    Ok(record)
}

/// What was done by hand is not for a sync to undo.
fn block_sync(writer: &mut Writer<'_>, record: &InstanceRecord, reason: &str) -> Result<(), Fault> {
    let instance = &record.instance;
    service_sync::raise(writer, &instance.service_name, Some(&instance.name), reason)
}

/// Begins to stop an instance's deployment.
pub(crate) fn cancel_service_instance_deployment(
    writer: &mut Writer<'_>,
    input: CancelServiceInstanceDeploymentInput,
) -> Result<CancelServiceInstanceDeploymentOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let mut record = find_instance(writer, &service, &required(input.service_instance_name, "serviceInstanceName")?)?;
    deploy::cancel(writer, &parts::target(&record.instance), &mut record.instance)?;
    writer.put(&record)?;
    Ok(CancelServiceInstanceDeploymentOutput::builder().service_instance(record.instance).build())
}

/// Refuses a change of one instance while the whole service changes, or goes.
fn check_changeable(service: &ServiceRecord) -> Result<(), Fault> {
    check_idle(service)?;
    if service.service.status == ServiceStatus::DeleteFailed {
        let arn = &service.service.arn;
        return Err(Fault::conflict(format!("{arn} is partly removed. Delete it again; it cannot be updated.")));
    }
    Ok(())
}

fn check_instance_idle(reader: &Reader<'_>, record: &InstanceRecord) -> Result<(), Fault> {
    let instance = &record.instance;
    if instance.is_busy() {
        return Err(deploy::busy(reader, &parts::target(instance), instance));
    }
    let attached: Vec<ComponentRecord> =
        reader.all_by("instance", &instance_key(&instance.service_name, &instance.name))?;
    match attached.iter().find(|record| record.component.is_busy()) {
        Some(found) => Err(deploy::busy(reader, &Target::Component { name: found.key() }, &found.component)),
        None => Ok(()),
    }
}

/// The service shows the newest spec that was accepted for one of its parts.
fn note_spec(writer: &mut Writer<'_>, service: &mut ServiceRecord, spec: &str) -> Result<(), Fault> {
    spec.clone_into(&mut service.service.spec);
    service.service.last_modified_at = writer.now();
    service.origin.set_modified();
    Ok(writer.put(service)?)
}
