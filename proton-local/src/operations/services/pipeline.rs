//! Pipelines are updated, and their deployments cancelled.

use super::{check_idle, find, find_pipeline, parts};
use crate::bundle::spec::Only;
use crate::deploy;
use crate::fault::Fault;
use crate::operations::deployment_type::{Wanted, choose};
use crate::operations::{TemplateKind, required, specs};
use crate::records::{Deployed, Target};
use crate::store::Writer;
use proton_sdk::operation::cancel_service_pipeline_deployment::{
    CancelServicePipelineDeploymentInput, CancelServicePipelineDeploymentOutput,
};
use proton_sdk::operation::update_service_pipeline::{UpdateServicePipelineInput, UpdateServicePipelineOutput};

/// Deploys a pipeline anew, with another spec or version.
pub(crate) fn update_service_pipeline(
    writer: &mut Writer<'_>,
    input: UpdateServicePipelineInput,
) -> Result<UpdateServicePipelineOutput, Fault> {
    let name = required(input.service_name, "serviceName")?;
    let spec = required(input.spec, "spec")?;
    let mut service = find(writer, &name)?;
    let mut record = find_pipeline(writer, &name)?;
    check_idle(&service)?;
    if record.pipeline.is_busy() {
        return Err(deploy::busy(writer, &Target::Pipeline { service: name }, &record.pipeline));
    }
    let pipeline = &record.pipeline;
    let version = choose(
        writer,
        TemplateKind::Service,
        &pipeline.template_name,
        (&pipeline.template_major_version, &pipeline.template_minor_version),
        Wanted {
            deployment_type: input.deployment_type.as_ref(),
            major: input.template_major_version.as_deref(),
            minor: input.template_minor_version.as_deref(),
        },
    )?;
    // The request must have a spec; without a deployment there is nothing to do with it.
    if let Some(version) = version {
        let spec = specs::resolve(&spec, &service.service.spec)?;
        let Some(method) = version.pipeline else {
            let number = version.number();
            return Err(Fault::validation(format!("Version {number} of the service template has no pipeline.")));
        };
        parts::check_pipeline(writer, method)?;
        specs::service(&version, &spec, Only::Pipeline)?;
        service.service.spec.clone_from(&spec);
        service.service.last_modified_at = writer.now();
        service.origin.set_modified();
        writer.put(&service)?;
        parts::deploy_pipeline(writer, &mut record, (version.major.to_string(), version.minor.to_string()), spec)?;
    }
    Ok(UpdateServicePipelineOutput::builder().pipeline(record.pipeline).build())
}

/// Begins to stop a pipeline's deployment.
pub(crate) fn cancel_service_pipeline_deployment(
    writer: &mut Writer<'_>,
    input: CancelServicePipelineDeploymentInput,
) -> Result<CancelServicePipelineDeploymentOutput, Fault> {
    let mut record = find_pipeline(writer, &required(input.service_name, "serviceName")?)?;
    let target = Target::Pipeline { service: record.service.clone() };
    deploy::cancel(writer, &target, &mut record.pipeline)?;
    writer.put(&record)?;
    Ok(CancelServicePipelineDeploymentOutput::builder().pipeline(record.pipeline).build())
}
