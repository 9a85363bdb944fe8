//! How the customer's own automation reports on deployments that it carries out.

use super::{components, environments, required, services};
use crate::arn::{Arn, Resource};
use crate::deploy;
use crate::fault::Fault;
use crate::provision::Outcome;
use crate::records::{DeploymentRecord, Target};
use crate::store::{Reader, Writer};
use proton_sdk::operation::notify_resource_deployment_status_change::{
    NotifyResourceDeploymentStatusChangeInput, NotifyResourceDeploymentStatusChangeOutput,
};
use proton_sdk::types::{DeploymentStatus, ResourceDeploymentStatus};

/// Takes a report: the end of the resource's deployment or, while it is under way, its outputs and a message.
pub(crate) fn notify_resource_deployment_status_change(
    writer: &mut Writer<'_>,
    input: NotifyResourceDeploymentStatusChangeInput,
) -> Result<NotifyResourceDeploymentStatusChangeOutput, Fault> {
    let arn = required(input.resource_arn, "resourceArn")?;
    let target = target(writer, &arn)?;
    let id = current_deployment(writer, &target, &arn)?;
    if input.deployment_id.as_ref().is_some_and(|named| *named != id) {
        return Err(Fault::conflict(format!("{arn} has a later deployment, {id}, than the one named.")));
    }
    let status = input.status.unwrap_or(ResourceDeploymentStatus::InProgress);
    let mut record = match writer.get::<DeploymentRecord>(&id)? {
        Some(record) if deploy::is_open(&record.deployment.deployment_status) => record,
        Some(record) if is_repeat(&record, &status) => {
            return Ok(NotifyResourceDeploymentStatusChangeOutput::builder().build());
        }
        _ => return Err(idle(&arn)),
    };
    let message = input.status_message;
    if let Some(outputs) = input.outputs {
        record.results.outputs = outputs;
    }
    let results = record.results.clone();
    record.deployment.last_modified_at = writer.now();
    if message.is_some() {
        record.deployment.deployment_status_message.clone_from(&message);
    }
    writer.put(&record)?;
    match status {
        ResourceDeploymentStatus::Succeeded => deploy::complete(writer, &id, Outcome::Succeeded(results))?,
        ResourceDeploymentStatus::Failed => {
            let reason = message.unwrap_or_else(|| "The deployment was reported as failed.".to_owned());
            deploy::complete(writer, &id, Outcome::Failed(reason))?;
        }
        _ => {}
    }
    Ok(NotifyResourceDeploymentStatusChangeOutput::builder().build())
}

/// What an ARN names that can be deployed.
fn target(reader: &Reader<'_>, arn: &str) -> Result<Target, Fault> {
    let refuse = || Fault::validation(format!("{arn} names no environment, service instance, pipeline or component."));
    let parsed = Arn::parse(arn).ok_or_else(refuse)?;
    let caller = reader.caller();
    if (&parsed.account, &parsed.region, &parsed.partition) != (&caller.account, &caller.region, &caller.partition) {
        return Err(Fault::not_found("resource", arn));
    }
    match parsed.resource {
        Resource::Environment(name) => Ok(Target::Environment { name }),
        Resource::ServiceInstance { service, name } => Ok(Target::Instance { service, name }),
        Resource::ServicePipeline { service } => Ok(Target::Pipeline { service }),
        Resource::Component(name) => Ok(Target::Component { name }),
        _ => Err(refuse()),
    }
}

/// The deployment of a resource that was tried last.
fn current_deployment(reader: &Reader<'_>, target: &Target, arn: &str) -> Result<String, Fault> {
    let last = match target {
        Target::Environment { name } => environments::find(reader, name)?.environment.last_attempted_deployment_id,
        Target::Instance { service, name } => {
            services::find_instance(reader, service, name)?.instance.last_attempted_deployment_id
        }
        Target::Pipeline { service } => services::find_pipeline(reader, service)?.pipeline.last_attempted_deployment_id,
        Target::Component { name } => components::find(reader, name)?.component.last_attempted_deployment_id,
    };
    last.ok_or_else(|| idle(arn))
}

fn idle(arn: &str) -> Fault {
    Fault::conflict(format!("{arn} has no deployment in progress."))
}

/// Whether a report says again how a deployment has ended.
fn is_repeat(record: &DeploymentRecord, status: &ResourceDeploymentStatus) -> bool {
    match record.deployment.deployment_status {
        DeploymentStatus::Succeeded | DeploymentStatus::DeleteComplete => {
            *status == ResourceDeploymentStatus::Succeeded
        }
        DeploymentStatus::Failed | DeploymentStatus::DeleteFailed => *status == ResourceDeploymentStatus::Failed,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
