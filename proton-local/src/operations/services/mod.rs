//! Services: a service has instances, each in an environment, and may have a pipeline that deploys to them.
//!
//! ```text
//! operation ──► parts.rs starts deployments ──► each end calls workflow::advance ──► parts.rs starts the next
//! ```

mod instance;
mod instance_list;
mod parts;
mod pipeline;
mod service;
#[cfg(test)]
mod tests;
mod update;
mod workflow;

pub(crate) use instance::*;
pub(crate) use instance_list::list_service_instances;
pub(crate) use pipeline::*;
pub(crate) use service::*;
pub(crate) use update::update_service;
pub(crate) use workflow::advance;

use super::versions::{self, VersionRecord};
use super::{TemplateKind, tags};
use crate::fault::Fault;
use crate::records::{ComponentRecord, InstanceRecord, PipelineRecord, ServiceRecord, instance_key};
use crate::store::{Reader, Record, StoreError, Writer};
use proton_sdk::types::Service;

/// A service.
///
/// # Errors
/// There is none of that name.
pub(crate) fn find(reader: &Reader<'_>, name: &str) -> Result<ServiceRecord, Fault> {
    reader.require(name, &format!("service/{name}"))
}

/// An instance of a service.
///
/// # Errors
/// There is none of these names.
pub(crate) fn find_instance(reader: &Reader<'_>, service: &str, name: &str) -> Result<InstanceRecord, Fault> {
    reader.require(&instance_key(service, name), &format!("service/{service}/service-instance/{name}"))
}

/// The pipeline of a service.
///
/// # Errors
/// The service has none.
pub(crate) fn find_pipeline(reader: &Reader<'_>, service: &str) -> Result<PipelineRecord, Fault> {
    reader.require(service, &format!("service/{service}/pipeline"))
}

/// Removes an instance whose infrastructure is gone.
pub(crate) fn remove_instance(writer: &mut Writer<'_>, record: &InstanceRecord) -> Result<(), Fault> {
    let key = record.key();
    tags::forget(writer, &record.instance.arn)?;
    for operation in [CREATE_INSTANCE, UPDATE_INSTANCE] {
        writer.forget_tokens(operation, &key)?;
    }
    Ok(writer.delete::<InstanceRecord>(&key)?)
}

/// All instances of a service, by name.
fn instances_of(reader: &Reader<'_>, service: &str) -> Result<Vec<InstanceRecord>, StoreError> {
    reader.all_by("service", service)
}

/// The highest version that instances of a service are on; an instance that comes without one of its own takes it.
fn newest_version(
    reader: &Reader<'_>,
    service: &Service,
    instances: &[InstanceRecord],
) -> Result<VersionRecord, Fault> {
    let number = |text: &str| text.parse::<u64>().unwrap_or_default();
    let newest = instances
        .iter()
        .map(|record| &record.instance)
        .max_by_key(|instance| (number(&instance.template_major_version), number(&instance.template_minor_version)));
    let absent = || Fault::not_found("service instance", &format!("{}/service-instance/*", service.arn));
    let newest = newest.ok_or_else(absent)?;
    let (major, minor) = (&newest.template_major_version, &newest.template_minor_version);
    versions::find(reader, TemplateKind::Service, &service.template_name, major, minor)
}

/// Refuses a change of a service while another one is under way.
fn check_idle(record: &ServiceRecord) -> Result<(), Fault> {
    if record.workflow.is_none() {
        return Ok(());
    }
    let (arn, status) = (&record.service.arn, &record.service.status);
    Err(Fault::conflict(format!("{arn} is {status}. Wait until that has ended.")))
}

/// Refuses the removal of instances that components are attached to.
fn check_detached<'a>(
    reader: &Reader<'_>,
    instances: impl IntoIterator<Item = &'a InstanceRecord>,
) -> Result<(), Fault> {
    for record in instances {
        let attached: Vec<ComponentRecord> = reader.all_by("instance", &record.key())?;
        if let Some(component) = attached.first() {
            let (arn, component) = (&record.instance.arn, component.key());
            return Err(Fault::conflict(format!("Component {component} is attached to {arn}. Detach it first.")));
        }
    }
    Ok(())
}
