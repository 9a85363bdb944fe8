//! Deployments: what environments, instances, pipelines and components go through alike.
//!
//! ```text
//! start ──► IN_PROGRESS ──► render ──► provision ──► SUCCEEDED | FAILED
//!               └─ cancel ──► CANCELLING ──► CANCELLED
//! start (delete) ──► DELETE_IN_PROGRESS ──► render ──► provision ──► gone | DELETE_FAILED
//! ```
//!
//! The resource shows its last successful state until a deployment succeeds; the record of the deployment has both.

mod complete;
mod job;
mod render;
#[cfg(test)]
mod tests;

pub(crate) use complete::{complete, is_open};
pub(crate) use job::{cancel_job, deploy_job};

use crate::fault::Fault;
use crate::jobs::Job;
use crate::records::{Action, Deployed, DeploymentRecord, Results, Target};
use crate::store::{Reader, Writer};
use proton_sdk::types::{Deployment, DeploymentState, DeploymentStatus};
use std::time::Duration;

/// A deployment that is to begin.
#[derive(Debug)]
pub(crate) struct Start {
    /// What it changes.
    pub(crate) target: Target,
    /// The environment that it happens in; a pipeline's is that of the first instance.
    pub(crate) environment: String,
    /// The service and instance that a component is attached to.
    pub(crate) attached: Option<(String, String)>,
    /// Build or remove.
    pub(crate) action: Action,
    /// The state before; none on the first deployment.
    pub(crate) initial: Option<DeploymentState>,
    /// The state that it aims at; none where it removes.
    pub(crate) goal: Option<DeploymentState>,
}

/// Begins a deployment. The resource shows it at once; the caller stores the resource.
///
/// # Errors
/// The resource is busy.
pub(crate) fn start(
    writer: &mut Writer<'_>,
    resource: &mut impl Deployed,
    start: Start,
) -> Result<DeploymentRecord, Fault> {
    if resource.is_busy() {
        return Err(busy(&*writer, &start.target, resource));
    }
    let id = writer.new_id();
    let now = writer.now();
    let status = match start.action {
        Action::Deploy => DeploymentStatus::InProgress,
        Action::Delete => DeploymentStatus::DeleteInProgress,
    };
    resource.attempt(&id, status.clone(), now);
    let (service, instance, component) = match (&start.target, start.attached) {
        (Target::Environment { .. }, _) => (None, None, None),
        (Target::Instance { service, name }, _) => (Some(service.clone()), Some(name.clone()), None),
        (Target::Pipeline { service }, _) => (Some(service.clone()), None, None),
        (Target::Component { name }, Some((service, instance))) => (Some(service), Some(instance), Some(name.clone())),
        (Target::Component { name }, None) => (None, None, Some(name.clone())),
    };
    let deployment = Deployment::builder()
        .arn(writer.arn(&format!("deployment/{id}")))
        .id(&id)
        .target_arn(writer.arn(&start.target.resource()))
        .target_resource_type(start.target.kind())
        .target_resource_created_at(resource.created_at())
        .environment_name(start.environment)
        .set_service_name(service)
        .set_service_instance_name(instance)
        .set_component_name(component)
        .deployment_status(status)
        .created_at(now)
        .last_modified_at(now)
        .last_attempted_deployment_id(&id)
        .set_last_succeeded_deployment_id(resource.last_succeeded().map(str::to_owned))
        .set_initial_state(start.initial)
        .set_target_state(start.goal)
        .build()?;
    let record = DeploymentRecord {
        deployment,
        target: start.target,
        action: start.action,
        rendered: None,
        method: None,
        provisioning_since: None,
        results: Results::default(),
    };
    writer.put(&record)?;
    writer.enqueue(&Job::Deploy { deployment: id }, Duration::ZERO)?;
    Ok(record)
}

/// Begins to stop the resource's deployment. The caller stores the resource.
///
/// # Errors
/// No deployment is in progress.
pub(crate) fn cancel(writer: &mut Writer<'_>, target: &Target, resource: &mut impl Deployed) -> Result<(), Fault> {
    let last = match (resource.status(), resource.last_attempted()) {
        (DeploymentStatus::InProgress, Some(id)) => writer.get::<DeploymentRecord>(id)?,
        _ => None,
    };
    // A pipeline that waits for instances is in progress as well, and its last deployment is not.
    let Some(mut record) = last.filter(|last| is_open(&last.deployment.deployment_status)) else {
        let (arn, status) = (writer.arn(&target.resource()), resource.status());
        return Err(Fault::conflict(format!("{arn} has no deployment in progress to cancel; it is {status}.")));
    };
    resource.settle(DeploymentStatus::Cancelling, None);
    record.deployment.deployment_status = DeploymentStatus::Cancelling;
    record.deployment.last_modified_at = writer.now();
    writer.put(&record)?;
    writer.enqueue(&Job::Cancel { deployment: record.deployment.id }, Duration::ZERO)?;
    Ok(())
}

/// The refusal of a change of a resource that is under way already.
pub(crate) fn busy(reader: &Reader<'_>, target: &Target, resource: &impl Deployed) -> Fault {
    let arn = reader.arn(&target.resource());
    Fault::conflict(format!("{arn} is {}. Wait until that has ended, or cancel it.", resource.status()))
}
