//! What deployments left behind: outputs for other templates, and the infrastructure that was built.

use super::{components, deployments, environments, required, services};
use crate::fault::Fault;
use crate::records::{Deployed, DeploymentRecord, Results, Target};
use crate::store::{Reader, Record};
use proton_sdk::operation::list_component_outputs::{ListComponentOutputsInput, ListComponentOutputsOutput};
use proton_sdk::operation::list_component_provisioned_resources::{
    ListComponentProvisionedResourcesInput, ListComponentProvisionedResourcesOutput,
};
use proton_sdk::operation::list_environment_outputs::{ListEnvironmentOutputsInput, ListEnvironmentOutputsOutput};
use proton_sdk::operation::list_environment_provisioned_resources::{
    ListEnvironmentProvisionedResourcesInput, ListEnvironmentProvisionedResourcesOutput,
};
use proton_sdk::operation::list_service_instance_outputs::{
    ListServiceInstanceOutputsInput, ListServiceInstanceOutputsOutput,
};
use proton_sdk::operation::list_service_instance_provisioned_resources::{
    ListServiceInstanceProvisionedResourcesInput, ListServiceInstanceProvisionedResourcesOutput,
};
use proton_sdk::operation::list_service_pipeline_outputs::{
    ListServicePipelineOutputsInput, ListServicePipelineOutputsOutput,
};
use proton_sdk::operation::list_service_pipeline_provisioned_resources::{
    ListServicePipelineProvisionedResourcesInput, ListServicePipelineProvisionedResourcesOutput,
};
use proton_sdk::types::DeploymentStatus;

/// Lists what an environment gives.
pub(crate) fn list_environment_outputs(
    reader: &Reader<'_>,
    input: ListEnvironmentOutputsInput,
) -> Result<ListEnvironmentOutputsOutput, Fault> {
    let name = required(input.environment_name, "environmentName")?;
    let results = results(reader, &Target::Environment { name }, input.deployment_id.as_deref())?;
    Ok(ListEnvironmentOutputsOutput::builder().set_outputs(Some(results.outputs)).build()?)
}

/// Lists what was built for an environment.
pub(crate) fn list_environment_provisioned_resources(
    reader: &Reader<'_>,
    input: ListEnvironmentProvisionedResourcesInput,
) -> Result<ListEnvironmentProvisionedResourcesOutput, Fault> {
    let name = required(input.environment_name, "environmentName")?;
    let results = results(reader, &Target::Environment { name }, None)?;
    let output = ListEnvironmentProvisionedResourcesOutput::builder();
    Ok(output.set_provisioned_resources(Some(results.resources)).build()?)
}

/// Lists what an instance gives.
pub(crate) fn list_service_instance_outputs(
    reader: &Reader<'_>,
    input: ListServiceInstanceOutputsInput,
) -> Result<ListServiceInstanceOutputsOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let name = required(input.service_instance_name, "serviceInstanceName")?;
    let results = results(reader, &Target::Instance { service, name }, input.deployment_id.as_deref())?;
    Ok(ListServiceInstanceOutputsOutput::builder().set_outputs(Some(results.outputs)).build()?)
}

/// Lists what was built for an instance.
pub(crate) fn list_service_instance_provisioned_resources(
    reader: &Reader<'_>,
    input: ListServiceInstanceProvisionedResourcesInput,
) -> Result<ListServiceInstanceProvisionedResourcesOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let name = required(input.service_instance_name, "serviceInstanceName")?;
    let results = results(reader, &Target::Instance { service, name }, None)?;
    let output = ListServiceInstanceProvisionedResourcesOutput::builder();
    Ok(output.set_provisioned_resources(Some(results.resources)).build()?)
}

/// Lists what a pipeline gives.
pub(crate) fn list_service_pipeline_outputs(
    reader: &Reader<'_>,
    input: ListServicePipelineOutputsInput,
) -> Result<ListServicePipelineOutputsOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let results = results(reader, &Target::Pipeline { service }, input.deployment_id.as_deref())?;
    Ok(ListServicePipelineOutputsOutput::builder().set_outputs(Some(results.outputs)).build()?)
}

/// Lists what was built for a pipeline.
pub(crate) fn list_service_pipeline_provisioned_resources(
    reader: &Reader<'_>,
    input: ListServicePipelineProvisionedResourcesInput,
) -> Result<ListServicePipelineProvisionedResourcesOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let results = results(reader, &Target::Pipeline { service }, None)?;
    let output = ListServicePipelineProvisionedResourcesOutput::builder();
    Ok(output.set_provisioned_resources(Some(results.resources)).build()?)
}

/// Lists what a component gives.
pub(crate) fn list_component_outputs(
    reader: &Reader<'_>,
    input: ListComponentOutputsInput,
) -> Result<ListComponentOutputsOutput, Fault> {
    let name = required(input.component_name, "componentName")?;
    let results = results(reader, &Target::Component { name }, input.deployment_id.as_deref())?;
    Ok(ListComponentOutputsOutput::builder().set_outputs(Some(results.outputs)).build()?)
}

/// Lists what was built for a component.
pub(crate) fn list_component_provisioned_resources(
    reader: &Reader<'_>,
    input: ListComponentProvisionedResourcesInput,
) -> Result<ListComponentProvisionedResourcesOutput, Fault> {
    let name = required(input.component_name, "componentName")?;
    let results = results(reader, &Target::Component { name }, None)?;
    let output = ListComponentProvisionedResourcesOutput::builder();
    Ok(output.set_provisioned_resources(Some(results.resources)).build()?)
}

/// What one of a resource's deployments left behind or, without an id, what the resource has now.
fn results(reader: &Reader<'_>, target: &Target, deployment: Option<&str>) -> Result<Results, Fault> {
    let current = match target {
        Target::Environment { name } => {
            let found = environments::find(reader, name)?;
            given(&found.environment, found.results)
        }
        Target::Instance { service, name } => {
            let found = services::find_instance(reader, service, name)?;
            given(&found.instance, found.results)
        }
        Target::Pipeline { service } => {
            let found = services::find_pipeline(reader, service)?;
            given(&found.pipeline, found.results)
        }
        Target::Component { name } => {
            let found = components::find(reader, name)?;
            given(&found.component, found.results)
        }
    };
    let Some(id) = deployment else { return Ok(current) };
    let record = deployments::find(reader, id)?;
    if record.target != *target {
        return Err(Fault::not_found(DeploymentRecord::KIND, &record.deployment.arn));
    }
    Ok(record.results)
}

/// What a resource has now. One that is being removed gives nothing to others any more.
fn given(resource: &impl Deployed, mut results: Results) -> Results {
    if *resource.status() == DeploymentStatus::DeleteInProgress {
        results.outputs.clear();
    }
    results
}

#[cfg(test)]
mod tests;
