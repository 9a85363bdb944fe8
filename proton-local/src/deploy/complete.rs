//! The end of a deployment: its record, the resource, and what follows.

use crate::fault::Fault;
use crate::operations::{components, environments, services};
use crate::provision::Outcome;
use crate::records::{
    Action, ComponentRecord, Deployed, DeploymentRecord, EnvironmentRecord, InstanceRecord, PipelineRecord, Results,
    Target, instance_key,
};
use crate::store::Writer;
use aws_smithy_types::DateTime;
use proton_sdk::types::{DeploymentState, DeploymentStatus};

/// What a cancelled deployment says.
const CANCELLED: &str = "User initiated cancellation.";

/// Ends a deployment and lets what waits for it go on. One that has ended stays as it is.
///
/// # Errors
/// Those of the store.
pub(crate) fn complete(writer: &mut Writer<'_>, id: &str, outcome: Outcome) -> Result<(), Fault> {
    let Some(mut record) = writer.get::<DeploymentRecord>(id)? else { return Ok(()) };
    if !is_open(&record.deployment.deployment_status) {
        return Ok(());
    }
    let now = writer.now();
    let (status, message) = match (record.action, &outcome) {
        (Action::Deploy, Outcome::Succeeded(_)) => (DeploymentStatus::Succeeded, None),
        (Action::Delete, Outcome::Succeeded(_)) => (DeploymentStatus::DeleteComplete, None),
        (Action::Deploy, Outcome::Failed(reason)) => (DeploymentStatus::Failed, Some(reason.clone())),
        (Action::Delete, Outcome::Failed(reason)) => (DeploymentStatus::DeleteFailed, Some(reason.clone())),
        (_, Outcome::Cancelled) => (DeploymentStatus::Cancelled, Some(CANCELLED.to_owned())),
    };
    let deployment = &mut record.deployment;
    deployment.deployment_status = status.clone();
    deployment.deployment_status_message = message.clone();
    deployment.last_modified_at = now;
    deployment.completed_at = Some(now);
    if status == DeploymentStatus::Succeeded {
        deployment.last_succeeded_deployment_id = Some(id.to_owned());
    }
    match (record.action, outcome) {
        (Action::Deploy, Outcome::Succeeded(results)) => record.results.add(results),
        // What was removed gives nothing, whatever was reported meanwhile.
        (Action::Delete, Outcome::Succeeded(_)) => record.results = Results::default(),
        _ => {}
    }
    writer.put(&record)?;
    let end = End {
        id,
        status,
        message,
        now,
        initial: record.deployment.initial_state.as_ref(),
        goal: record.deployment.target_state.as_ref(),
        results: &record.results,
    };
    apply(writer, &record.target, &end)?;
    match &record.target {
        Target::Instance { service, .. } | Target::Pipeline { service } => services::advance(writer, service),
        Target::Environment { .. } | Target::Component { .. } => Ok(()),
    }
}

/// Whether a deployment with this status can still end.
pub(crate) fn is_open(status: &DeploymentStatus) -> bool {
    matches!(status, DeploymentStatus::InProgress | DeploymentStatus::Cancelling | DeploymentStatus::DeleteInProgress)
}

/// How a deployment ended.
struct End<'a> {
    id: &'a str,
    status: DeploymentStatus,
    message: Option<String>,
    now: DateTime,
    initial: Option<&'a DeploymentState>,
    goal: Option<&'a DeploymentState>,
    results: &'a Results,
}

impl End<'_> {
    /// Shows the end on the resource; whether it has reached the deployment's goal.
    fn show(&self, resource: &mut impl Deployed, results: &mut Results) -> bool {
        if self.status == DeploymentStatus::Succeeded {
            resource.succeed(self.id, self.now);
            results.clone_from(self.results);
            return true;
        }
        resource.settle(self.status.clone(), self.message.clone());
        false
    }
}

fn apply(writer: &mut Writer<'_>, target: &Target, end: &End<'_>) -> Result<(), Fault> {
    let gone = end.status == DeploymentStatus::DeleteComplete;
    match target {
        Target::Environment { name } => {
            let Some(mut record) = writer.get::<EnvironmentRecord>(name)? else { return Ok(()) };
            if gone {
                return environments::remove(writer, &record);
            }
            let goal = end.goal.and_then(|goal| goal.as_environment().ok());
            if let (true, Some(goal)) = (end.show(&mut record.environment, &mut record.results), goal) {
                record.environment.spec.clone_from(&goal.spec);
                record.environment.template_major_version.clone_from(&goal.template_major_version);
                record.environment.template_minor_version.clone_from(&goal.template_minor_version);
            }
            writer.put(&record)?;
        }
        Target::Instance { service, name } => {
            let Some(mut record) = writer.get::<InstanceRecord>(&instance_key(service, name))? else { return Ok(()) };
            if gone {
                return services::remove_instance(writer, &record);
            }
            let goal = end.goal.and_then(|goal| goal.as_service_instance().ok());
            if let (true, Some(goal)) = (end.show(&mut record.instance, &mut record.results), goal) {
                record.instance.spec = Some(goal.spec.clone());
                record.instance.template_major_version.clone_from(&goal.template_major_version);
                record.instance.template_minor_version.clone_from(&goal.template_minor_version);
            }
            writer.put(&record)?;
        }
        Target::Pipeline { service } => {
            let Some(mut record) = writer.get::<PipelineRecord>(service)? else { return Ok(()) };
            if gone {
                writer.delete::<PipelineRecord>(service)?;
                return Ok(());
            }
            let goal = end.goal.and_then(|goal| goal.as_service_pipeline().ok());
            if let (true, Some(goal)) = (end.show(&mut record.pipeline, &mut record.results), goal) {
                record.pipeline.spec.clone_from(&goal.spec);
                record.pipeline.template_major_version.clone_from(&goal.template_major_version);
                record.pipeline.template_minor_version.clone_from(&goal.template_minor_version);
            }
            writer.put(&record)?;
        }
        Target::Component { name } => {
            let Some(mut record) = writer.get::<ComponentRecord>(name)? else { return Ok(()) };
            if gone {
                return components::remove(writer, &record);
            }
            let goal = end.goal.and_then(|goal| goal.as_component().ok());
            let initial = end.initial.and_then(|initial| initial.as_component().ok());
            let reached = end.show(&mut record.component, &mut record.results);
            if let (false, Some(initial)) = (reached, initial) {
                // It was attached or detached when the deployment began; that did not come about.
                let name = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
                record.component.service_name = name(&initial.service_name);
                record.component.service_instance_name = name(&initial.service_instance_name);
            }
            if let (true, Some(goal)) = (reached, goal) {
                record.component.service_spec.clone_from(&goal.service_spec);
                if let Some(file) = &goal.template_file {
                    record.template_file.clone_from(file);
                }
            }
            writer.put(&record)?;
        }
    }
    Ok(())
}
