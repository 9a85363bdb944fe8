//! The history of deployments. It stays when the resources that were deployed are gone.

use super::{narrow, required, tags};
use crate::deploy;
use crate::fault::Fault;
use crate::records::{DeploymentRecord, instance_key};
use crate::store::{Paging, Reader, Record, Writer};
use proton_sdk::operation::delete_deployment::{DeleteDeploymentInput, DeleteDeploymentOutput};
use proton_sdk::operation::get_deployment::{GetDeploymentInput, GetDeploymentOutput};
use proton_sdk::operation::list_deployments::{ListDeploymentsInput, ListDeploymentsOutput};
use proton_sdk::types::Deployment;

/// Reads one. Names that the request gives must be those of its target.
pub(crate) fn get_deployment(reader: &Reader<'_>, input: GetDeploymentInput) -> Result<GetDeploymentOutput, Fault> {
    let wanted = Wanted {
        environment: input.environment_name,
        service: input.service_name,
        instance: input.service_instance_name,
        component: input.component_name,
    };
    wanted.check()?;
    let record = find(reader, &required(input.id, "id")?)?;
    if !wanted.names(&record.deployment) {
        return Err(Fault::not_found(DeploymentRecord::KIND, &record.deployment.arn));
    }
    Ok(GetDeploymentOutput::builder().deployment(record.deployment).build())
}

/// Lists them, the newest first.
pub(crate) fn list_deployments(
    reader: &Reader<'_>,
    input: ListDeploymentsInput,
) -> Result<ListDeploymentsOutput, Fault> {
    let wanted = Wanted {
        environment: input.environment_name,
        service: input.service_name,
        instance: input.service_instance_name,
        component: input.component_name,
    };
    wanted.check()?;
    let scope = format!("ListDeployments {wanted:?}");
    let paging = Paging::new(reader, scope, input.next_token.as_deref(), input.max_results)?;
    let keep = |record: &DeploymentRecord| wanted.names(&record.deployment);
    let page = match wanted.narrowest_index() {
        Some((index, value)) => reader.page_by(index, &value, &paging, keep)?,
        None => reader.page(&paging, keep)?,
    };
    let deployments = page.items.iter().map(|record| narrow(&record.deployment)).collect::<Result<_, _>>()?;
    Ok(ListDeploymentsOutput::builder().set_deployments(Some(deployments)).set_next_token(page.next).build()?)
}

/// Forgets one that has ended.
pub(crate) fn delete_deployment(
    writer: &mut Writer<'_>,
    input: DeleteDeploymentInput,
) -> Result<DeleteDeploymentOutput, Fault> {
    let Some(record) = writer.get::<DeploymentRecord>(&required(input.id, "id")?)? else {
        return Ok(DeleteDeploymentOutput::builder().build());
    };
    let deployment = record.deployment;
    if deploy::is_open(&deployment.deployment_status) {
        // The operation has no error of its own for a resource that is busy.
        let (arn, status) = (&deployment.arn, &deployment.deployment_status);
        return Err(Fault::validation(format!("{arn} is {status}. Wait until it has ended.")));
    }
    writer.delete::<DeploymentRecord>(&deployment.id)?;
    tags::forget(writer, &deployment.arn)?;
    Ok(DeleteDeploymentOutput::builder().deployment(deployment).build())
}

/// One deployment.
///
/// # Errors
/// There is none of that id.
pub(crate) fn find(reader: &Reader<'_>, id: &str) -> Result<DeploymentRecord, Fault> {
    reader.require(id, &format!("deployment/{id}"))
}

/// The names that a request gives.
#[derive(Debug)]
struct Wanted {
    environment: Option<String>,
    service: Option<String>,
    instance: Option<String>,
    component: Option<String>,
}

impl Wanted {
    fn check(&self) -> Result<(), Fault> {
        if self.instance.is_some() && self.service.is_none() {
            return Err(Fault::validation("serviceInstanceName needs serviceName."));
        }
        Ok(())
    }

    fn names(&self, deployment: &Deployment) -> bool {
        let fits = |wanted: &Option<String>, name: Option<&str>| wanted.is_none() || wanted.as_deref() == name;
        fits(&self.environment, Some(&deployment.environment_name))
            && fits(&self.service, deployment.service_name())
            && fits(&self.instance, deployment.service_instance_name())
            && fits(&self.component, deployment.component_name())
    }

    fn narrowest_index(&self) -> Option<(&'static str, String)> {
        match self {
            Self { component: Some(component), .. } => Some(("component", component.clone())),
            Self { service: Some(service), instance: Some(instance), .. } => {
                Some(("instance", instance_key(service, instance)))
            }
            Self { service: Some(service), .. } => Some(("service", service.clone())),
            Self { environment: Some(environment), .. } => Some(("environment", environment.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
