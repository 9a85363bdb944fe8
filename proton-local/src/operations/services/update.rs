//! An update of a service: its description, and which instances it has.

use super::parts::{self, NewInstance};
use super::service::{check_parts_idle, detail};
use super::{check_detached, check_idle, find, instances_of, newest_version};
use crate::bundle::spec::{Instance as InstanceSpec, Only, ServiceSpec};
use crate::fault::Fault;
use crate::operations::versions::VersionRecord;
use crate::operations::{required, service_sync, specs};
use crate::records::{Deployed, InstanceRecord, PipelineRecord, ServiceRecord, Update, Workflow};
use crate::store::Writer;
use proton_sdk::operation::update_service::{UpdateServiceInput, UpdateServiceOutput};
use proton_sdk::types::{DeploymentStatus, ServiceStatus};
use std::collections::BTreeSet;

/// Changes the description of a service or, given a spec, adds the instances that are new in it and removes those that
/// are not in it any more.
pub(crate) fn update_service(writer: &mut Writer<'_>, input: UpdateServiceInput) -> Result<UpdateServiceOutput, Fault> {
    let mut record = find(writer, &required(input.name, "name")?)?;
    check_idle(&record)?;
    check_parts_idle(writer, &record.service.name)?;
    if record.service.status == ServiceStatus::DeleteFailed && input.spec.is_some() {
        let arn = &record.service.arn;
        return Err(Fault::conflict(format!("{arn} is partly removed. Delete it again; it cannot be updated.")));
    }
    if input.description.is_some() {
        record.service.description = input.description;
    }
    record.service.last_modified_at = writer.now();
    record.origin.set_modified();
    match input.spec {
        None => writer.put(&record)?,
        Some(spec) => {
            begin(writer, &mut record, spec)?;
            writer.put(&record)?;
            super::advance(writer, &record.service.name)?;
        }
    }
    let service = find(writer, &record.service.name)?.service;
    let service = detail(writer, service)?;
    Ok(UpdateServiceOutput::builder().service(service).build())
}

/// Begins the deployments of what is added and marks what is to go.
fn begin(writer: &mut Writer<'_>, record: &mut ServiceRecord, spec: String) -> Result<(), Fault> {
    let service = record.service.name.clone();
    let instances = instances_of(writer, &service)?;
    let version = newest_version(writer, &record.service, &instances)?;
    let spec = specs::resolve(&spec, &record.service.spec)?;
    let before = specs::service(&version, &record.service.spec, Only::Instances(&BTreeSet::new()))?;
    let mut added = names(&specs::service(&version, &spec, Only::Instances(&BTreeSet::new()))?);
    added.retain(|name| !instances.iter().any(|known| known.instance.name == *name));
    // What stays may be on other versions; it must be as it was, not fit this one.
    let parsed = specs::service(&version, &spec, Only::Instances(&added))?;
    check_quota(writer, &instances, &parsed)?;
    if parsed.pipeline != before.pipeline {
        return Err(Fault::validation("The pipeline cannot be changed here; use UpdateServicePipeline."));
    }
    let mut update = Update { added, spec: record.service.spec.clone(), ..Update::default() };
    let mut doomed = Vec::new();
    for instance in instances {
        match parsed.instance(&instance.instance.name) {
            Some(part) => check_kept(&version, &instance, part, &before)?,
            None => doomed.push(instance),
        }
    }
    check_detached(writer, &doomed)?;
    if !doomed.is_empty() {
        service_sync::raise(writer, &service, None, "An instance was removed by hand.")?;
    }
    for part in parsed.instances.iter().filter(|part| update.added.contains(&part.name)) {
        let new =
            NewInstance { service: &record.service, version: &version, part, spec: &spec, tags: None, token: None };
        parts::add_instance(writer, new)?;
        service_sync::raise(writer, &service, Some(&part.name), "The instance was created by hand.")?;
    }
    for mut instance in doomed {
        let shown = &mut instance.instance;
        let before = (shown.deployment_status.clone(), shown.deployment_status_message.clone());
        update.doomed.insert(shown.name.clone(), before);
        shown.settle(DeploymentStatus::DeleteInProgress, None);
        writer.put(&instance)?;
    }
    if let Some(mut locked) = writer.get::<PipelineRecord>(&service)? {
        let shown = &mut locked.pipeline;
        update.pipeline = Some((shown.deployment_status.clone(), shown.deployment_status_message.clone()));
        shown.settle(DeploymentStatus::InProgress, None);
        writer.put(&locked)?;
    }
    record.service.spec = spec;
    record.service.status = ServiceStatus::UpdateInProgress;
    record.service.status_message = None;
    record.workflow = Some(Workflow::AddInstances(update));
    Ok(())
}

/// Instances whose removal failed count until they are gone.
fn check_quota(writer: &Writer<'_>, instances: &[InstanceRecord], spec: &ServiceSpec) -> Result<(), Fault> {
    let left = instances.iter().filter(|record| is_left_over(record) && spec.instance(&record.instance.name).is_none());
    let limit = writer.settings().quotas.instances_per_service;
    if (spec.instances.len() + left.count()) as u64 > limit {
        return Err(Fault::quota("instances of a service", limit));
    }
    Ok(())
}

/// An instance that the service keeps stays as it is.
fn check_kept(
    version: &VersionRecord,
    record: &InstanceRecord,
    part: &InstanceSpec,
    before: &ServiceSpec,
) -> Result<(), Fault> {
    let (arn, name) = (&record.instance.arn, &record.instance.name);
    if is_left_over(record) {
        return Err(Fault::conflict(format!(
            "{arn} could not be removed before. Leave it out, so that its removal is tried again."
        )));
    }
    let own;
    let known = match before.instance(name) {
        Some(known) => Some(known),
        None => {
            let spec = record.instance.spec().unwrap_or_default();
            own = specs::service(version, spec, Only::Instances(&BTreeSet::new()))?;
            own.instance(name)
        }
    };
    if known == Some(part) {
        return Ok(());
    }
    Err(Fault::validation(format!("The spec changes instance {name}. Use UpdateServiceInstance for that.")))
}

fn names(spec: &ServiceSpec) -> BTreeSet<String> {
    spec.instances.iter().map(|instance| instance.name.clone()).collect()
}

fn is_left_over(record: &InstanceRecord) -> bool {
    record.instance.deployment_status == DeploymentStatus::DeleteFailed
}
