//! The stages of a service's creation, update and deletion.
//!
//! A stage is over when the deployments that it waits for have ended. The commit that ends the last of them also begins
//! the next stage, so a server that is killed finds each service in a stage with the deployments that will end it.

use super::{instances_of, parts};
use crate::fault::Fault;
use crate::operations::tags;
use crate::records::{Deployed, InstanceRecord, PipelineRecord, ServiceRecord, Update, Workflow, instance_key};
use crate::store::Writer;
use proton_sdk::types::{DeploymentStatus, Service, ServiceStatus};
use std::collections::BTreeSet;

/// Takes the change of a service as far as it goes, after one of its deployments has ended.
///
/// # Errors
/// Those of the store.
pub(crate) fn advance(writer: &mut Writer<'_>, service: &str) -> Result<(), Fault> {
    let Some(mut record) = writer.get::<ServiceRecord>(service)? else { return Ok(()) };
    if record.workflow.is_none() {
        return recover(writer, record);
    }
    while let Some(stage) = record.workflow.take() {
        if waits(writer, service, &stage)? {
            record.workflow = Some(stage);
            break;
        }
        record.workflow = match stage {
            Workflow::CreateInstances => pipeline_of_new_service(writer, &mut record.service)?,
            Workflow::CreatePipeline => end_with_pipeline(writer, &mut record.service, ServiceStatus::CreateFailed)?,
            Workflow::AddInstances(update) => removals(writer, &mut record.service, update)?,
            Workflow::UndoAdded { added } => end_of_undo(writer, &mut record.service, &added)?,
            Workflow::RemoveInstances => pipeline_again(writer, &record.service)?,
            Workflow::UpdatePipeline => end_with_pipeline(writer, &mut record.service, ServiceStatus::UpdateFailed)?,
            Workflow::Delete if is_empty(writer, service)? => return remove(writer, &record.service),
            Workflow::Delete => {
                let left = "What could not be removed shows why. Delete the service again to retry.".to_owned();
                end(writer, &mut record.service, ServiceStatus::DeleteFailed, Some(left))
            }
        };
    }
    Ok(writer.put(&record)?)
}

/// Whether a stage waits for deployments.
fn waits(writer: &Writer<'_>, service: &str, stage: &Workflow) -> Result<bool, Fault> {
    let pipeline_waits = || -> Result<bool, Fault> {
        Ok(writer.get::<PipelineRecord>(service)?.is_some_and(|record| record.pipeline.is_busy()))
    };
    let instances = instances_of(writer, service)?;
    let mut busy = instances.iter().filter(|record| record.instance.is_busy());
    Ok(match stage {
        Workflow::CreateInstances | Workflow::RemoveInstances => busy.next().is_some(),
        // Those that are to go are marked as going already.
        Workflow::AddInstances(Update { added, .. }) | Workflow::UndoAdded { added } => {
            busy.any(|record| added.contains(&record.instance.name))
        }
        Workflow::CreatePipeline | Workflow::UpdatePipeline => pipeline_waits()?,
        Workflow::Delete => busy.next().is_some() || pipeline_waits()?,
    })
}

/// The instances of a new service have ended: the pipeline is next, unless one of them failed.
fn pipeline_of_new_service(writer: &mut Writer<'_>, service: &mut Service) -> Result<Option<Workflow>, Fault> {
    let failed = failed(&instances_of(writer, &service.name)?);
    let Some(mut record) = writer.get::<PipelineRecord>(&service.name)? else {
        return Ok(match failed {
            None => end(writer, service, ServiceStatus::Active, None),
            Some(arns) => end(writer, service, ServiceStatus::CreateFailed, Some(instances_failed(&arns))),
        });
    };
    if let Some(arns) = failed {
        let reason = format!("{} - canceling pipeline deployment", instances_failed(&arns));
        record.pipeline.settle(DeploymentStatus::Failed, Some(reason));
        writer.put(&record)?;
        return Ok(end(writer, service, ServiceStatus::CreateFailed, Some(instances_failed(&arns))));
    }
    deploy_waiting_pipeline(writer, &mut record, &service.spec)?;
    Ok(Some(Workflow::CreatePipeline))
}

/// The added instances have ended: what is to go follows, or the way back where one of them failed.
fn removals(writer: &mut Writer<'_>, service: &mut Service, update: Update) -> Result<Option<Workflow>, Fault> {
    let (mut added, others): (Vec<_>, Vec<_>) = instances_of(writer, &service.name)?
        .into_iter()
        .partition(|record| update.added.contains(&record.instance.name));
    let failed = failed(&added);
    for mut record in others {
        let Some((status, message)) = update.doomed.get(&record.instance.name).cloned() else { continue };
        record.instance.settle(status, message);
        match failed {
            None => parts::remove_instance(writer, &mut record)?,
            Some(_) => writer.put(&record)?,
        }
    }
    let Some(arns) = failed else { return Ok(Some(Workflow::RemoveInstances)) };
    if let (Some((status, message)), Some(mut record)) = (update.pipeline, writer.get::<PipelineRecord>(&service.name)?)
    {
        record.pipeline.settle(status, message);
        writer.put(&record)?;
    }
    service.spec = update.spec;
    service.status = ServiceStatus::UpdateFailedCleanupInProgress;
    service.status_message = Some(instances_failed(&arns));
    for record in &mut added {
        parts::remove_instance(writer, record)?;
    }
    Ok(Some(Workflow::UndoAdded { added: update.added }))
}

fn end_of_undo(
    writer: &mut Writer<'_>,
    service: &mut Service,
    added: &BTreeSet<String>,
) -> Result<Option<Workflow>, Fault> {
    let mut status = ServiceStatus::UpdateFailedCleanupComplete;
    for name in added {
        if writer.has::<InstanceRecord>(&instance_key(&service.name, name))? {
            status = ServiceStatus::UpdateFailedCleanupFailed;
        }
    }
    let message = service.status_message.take();
    Ok(end(writer, service, status, message))
}

/// The removals have ended, well or not: the pipeline gets to know the instances that there are now.
fn pipeline_again(writer: &mut Writer<'_>, service: &Service) -> Result<Option<Workflow>, Fault> {
    if let Some(mut record) = writer.get::<PipelineRecord>(&service.name)? {
        deploy_waiting_pipeline(writer, &mut record, &service.spec)?;
    }
    Ok(Some(Workflow::UpdatePipeline))
}

/// Deploys a pipeline that shows IN_PROGRESS because it waits for its turn.
fn deploy_waiting_pipeline(writer: &mut Writer<'_>, record: &mut PipelineRecord, spec: &str) -> Result<(), Fault> {
    record.pipeline.settle(DeploymentStatus::Succeeded, None);
    let version = (record.pipeline.template_major_version.clone(), record.pipeline.template_minor_version.clone());
    parts::deploy_pipeline(writer, record, version, spec.to_owned())
}

/// The pipeline has ended, and the change with it: with status `failed` where the pipeline did not come up.
fn end_with_pipeline(
    writer: &mut Writer<'_>,
    service: &mut Service,
    failed: ServiceStatus,
) -> Result<Option<Workflow>, Fault> {
    let pipeline = writer.get::<PipelineRecord>(&service.name)?;
    if pipeline.is_some_and(|record| record.pipeline.deployment_status != DeploymentStatus::Succeeded) {
        return Ok(end(writer, service, failed, Some("The service pipeline failed to deploy.".to_owned())));
    }
    let instances = instances_of(writer, &service.name)?;
    let left = instances.iter().filter(|record| record.instance.deployment_status == DeploymentStatus::DeleteFailed);
    let left: Vec<_> = left.map(|record| record.instance.arn.as_str()).collect();
    Ok(if left.is_empty() {
        end(writer, service, ServiceStatus::Active, None)
    } else {
        let reason = format!("Service Instance(s): [{}] failed to be removed", left.join(", "));
        end(writer, service, ServiceStatus::UpdateCompleteCleanupFailed, Some(reason))
    })
}

fn end(writer: &Writer<'_>, service: &mut Service, status: ServiceStatus, message: Option<String>) -> Option<Workflow> {
    service.status = status;
    service.status_message = message;
    service.last_modified_at = writer.now();
    None
}

/// A service that failed is active again once updates of its parts have made all of them good.
fn recover(writer: &mut Writer<'_>, mut record: ServiceRecord) -> Result<(), Fault> {
    let service = &mut record.service;
    if !matches!(service.status, ServiceStatus::CreateFailed | ServiceStatus::UpdateFailed) {
        return Ok(());
    }
    let succeeded = |status: &DeploymentStatus| *status == DeploymentStatus::Succeeded;
    let instances = instances_of(writer, &service.name)?;
    let pipeline = writer.get::<PipelineRecord>(&service.name)?;
    let good = instances.iter().all(|record| succeeded(record.instance.status()))
        && pipeline.is_none_or(|record| succeeded(record.pipeline.status()));
    if good {
        end(writer, service, ServiceStatus::Active, None);
        writer.put(&record)?;
    }
    Ok(())
}

fn is_empty(writer: &Writer<'_>, service: &str) -> Result<bool, Fault> {
    Ok(instances_of(writer, service)?.is_empty() && !writer.has::<PipelineRecord>(service)?)
}

fn remove(writer: &mut Writer<'_>, service: &Service) -> Result<(), Fault> {
    tags::forget(writer, &service.arn)?;
    Ok(writer.delete::<ServiceRecord>(&service.name)?)
}

/// The ARNs of the instances that are not as they should be.
fn failed(instances: &[InstanceRecord]) -> Option<String> {
    let failed = instances.iter().filter(|record| record.instance.deployment_status != DeploymentStatus::Succeeded);
    let arns: Vec<_> = failed.map(|record| record.instance.arn.as_str()).collect();
    (!arns.is_empty()).then(|| arns.join(", "))
}

fn instances_failed(arns: &str) -> String {
    format!("Service Instance(s): [{arns}] failed to deploy")
}
