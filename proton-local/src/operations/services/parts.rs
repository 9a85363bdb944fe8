//! Instances and pipelines as deployments change them: how each comes to be, is deployed, and goes.

use crate::bundle::spec::Instance as InstanceSpec;
use crate::deploy::{self, Start};
use crate::fault::Fault;
use crate::operations::versions::VersionRecord;
use crate::operations::{TemplateKind, account_settings, environments, specs, tags};
use crate::records::{
    Action, ComponentRecord, Deployed, InstanceRecord, Method, PipelineRecord, Results, Target, instance_key,
};
use crate::store::{Reader, Writer};
use proton_sdk::types::{
    DeploymentState, DeploymentStatus, Service, ServiceInstance, ServiceInstanceState, ServicePipeline,
    ServicePipelineState, Tag,
};

/// An instance that is to be added.
pub(super) struct NewInstance<'a> {
    pub(super) service: &'a Service,
    pub(super) version: &'a VersionRecord,
    /// Its part of the spec.
    pub(super) part: &'a InstanceSpec,
    /// The whole spec.
    pub(super) spec: &'a str,
    pub(super) tags: Option<Vec<Tag>>,
    pub(super) token: Option<String>,
}

/// Adds an instance and begins its deployment. The service has its tags already.
///
/// # Errors
/// An environment that is absent or cannot take it.
pub(super) fn add_instance(writer: &mut Writer<'_>, new: NewInstance<'_>) -> Result<InstanceRecord, Fault> {
    let NewInstance { service, version, part, spec, tags: own_tags, token } = new;
    check_environment(writer, version, &part.environment)?;
    let arn = writer.arn(&format!("service/{}/service-instance/{}", service.name, part.name));
    let now = writer.now();
    let instance = ServiceInstance::builder()
        .name(&part.name)
        .arn(&arn)
        .service_name(&service.name)
        .environment_name(&part.environment)
        .template_name(&version.template)
        .template_major_version(version.major.to_string())
        .template_minor_version(version.minor.to_string())
        .spec(spec)
        .created_at(now)
        .last_deployment_attempted_at(now)
        // Required in every answer; it stands for the creation until a deployment succeeds.
        .last_deployment_succeeded_at(now)
        // Nothing is under way until the deployment begins.
        .deployment_status(DeploymentStatus::Succeeded)
        .set_last_client_request_token(token)
        .build()?;
    let mut record = InstanceRecord { instance, results: Results::default() };
    deploy_instance(writer, &mut record, version, spec.to_owned())?;

    let template = writer.arn(&TemplateKind::Service.resource(&version.template));
    let environment = writer.arn(&format!("environment/{}", part.environment));
    let managed = [
        (tags::TEMPLATE, template.as_str()),
        (tags::ENVIRONMENT, &environment),
        (tags::SERVICE, &service.arn),
        (tags::SERVICE_INSTANCE, &arn),
    ];
    tags::create(writer, &arn, own_tags, &managed)?;
    tags::inherit(writer, &service.arn, &arn)?;
    Ok(record)
}

/// Begins to bring an instance to a version and a spec; the record is stored.
///
/// # Errors
/// It is busy.
pub(super) fn deploy_instance(
    writer: &mut Writer<'_>,
    record: &mut InstanceRecord,
    version: &VersionRecord,
    spec: String,
) -> Result<(), Fault> {
    let goal = ServiceInstanceState::builder()
        .template_name(&version.template)
        .template_major_version(version.major.to_string())
        .template_minor_version(version.minor.to_string())
        .spec(spec);
    let goal = with_surroundings(writer, &record.instance, goal.build()?)?;
    let initial = record.instance.last_succeeded().is_some().then(|| instance_state(&record.instance)).transpose()?;
    start_instance(writer, record, Action::Deploy, initial, Some(goal))
}

/// Begins to remove an instance; the record is stored and goes when that has succeeded.
///
/// # Errors
/// It is busy.
pub(super) fn remove_instance(writer: &mut Writer<'_>, record: &mut InstanceRecord) -> Result<(), Fault> {
    let initial = instance_state(&record.instance)?;
    start_instance(writer, record, Action::Delete, Some(initial), None)
}

fn start_instance(
    writer: &mut Writer<'_>,
    record: &mut InstanceRecord,
    action: Action,
    initial: Option<ServiceInstanceState>,
    goal: Option<ServiceInstanceState>,
) -> Result<(), Fault> {
    let start = Start {
        target: target(&record.instance),
        environment: record.instance.environment_name.clone(),
        attached: None,
        action,
        initial: initial.map(DeploymentState::ServiceInstance),
        goal: goal.map(DeploymentState::ServiceInstance),
    };
    deploy::start(writer, &mut record.instance, start)?;
    Ok(writer.put(record)?)
}

/// An instance as deployments name it.
pub(super) fn target(instance: &ServiceInstance) -> Target {
    Target::Instance { service: instance.service_name.clone(), name: instance.name.clone() }
}

/// Adds a pipeline that waits for the instances.
pub(super) fn add_pipeline(
    writer: &mut Writer<'_>,
    service: &Service,
    version: &VersionRecord,
    spec: &str,
) -> Result<(), Fault> {
    let now = writer.now();
    let pipeline = ServicePipeline::builder()
        .arn(writer.arn(&Target::Pipeline { service: service.name.clone() }.resource()))
        .template_name(&version.template)
        .template_major_version(version.major.to_string())
        .template_minor_version(version.minor.to_string())
        .spec(spec)
        .created_at(now)
        .last_deployment_attempted_at(now)
        // As with instances.
        .last_deployment_succeeded_at(now)
        .deployment_status(DeploymentStatus::InProgress);
    let record =
        PipelineRecord { service: service.name.clone(), pipeline: pipeline.build()?, results: Results::default() };
    Ok(writer.put(&record)?)
}

/// Whether the account's settings have what pipelines are provisioned with.
///
/// # Errors
/// They have not.
pub(super) fn check_pipeline(reader: &Reader<'_>, method: Method) -> Result<(), Fault> {
    let settings = account_settings::find(reader)?;
    let (there, setting) = match method {
        Method::CloudFormation => (settings.service_role_arn.is_some(), "pipelineServiceRoleArn"),
        Method::CodeBuild => (settings.codebuild_role_arn.is_some(), "pipelineCodebuildRoleArn"),
        Method::Terraform => (settings.repository.is_some(), "pipelineProvisioningRepository"),
        Method::CustomerManaged => return Ok(()),
    };
    if there {
        return Ok(());
    }
    Err(Fault::validation(format!("The pipeline needs {setting} in the account's settings. Set it first.")))
}

/// Begins to bring a pipeline to a version and a spec; the record is stored.
///
/// # Errors
/// It is busy.
pub(super) fn deploy_pipeline(
    writer: &mut Writer<'_>,
    record: &mut PipelineRecord,
    (major, minor): (String, String),
    spec: String,
) -> Result<(), Fault> {
    let goal = ServicePipelineState::builder()
        .template_name(&record.pipeline.template_name)
        .template_major_version(major)
        .template_minor_version(minor)
        .spec(spec);
    let goal = Some(goal.build()?);
    let initial = record.pipeline.last_succeeded().is_some().then(|| pipeline_state(&record.pipeline)).transpose()?;
    start_pipeline(writer, record, Action::Deploy, initial, goal)
}

/// Begins to remove a pipeline; the record is stored and goes when that has succeeded.
///
/// # Errors
/// It is busy.
pub(super) fn remove_pipeline(writer: &mut Writer<'_>, record: &mut PipelineRecord) -> Result<(), Fault> {
    let initial = pipeline_state(&record.pipeline)?;
    start_pipeline(writer, record, Action::Delete, Some(initial), None)
}

fn start_pipeline(
    writer: &mut Writer<'_>,
    record: &mut PipelineRecord,
    action: Action,
    initial: Option<ServicePipelineState>,
    goal: Option<ServicePipelineState>,
) -> Result<(), Fault> {
    let instances = super::instances_of(writer, &record.service)?;
    let start = Start {
        target: Target::Pipeline { service: record.service.clone() },
        environment: instances.first().map(|first| first.instance.environment_name.clone()).unwrap_or_default(),
        attached: None,
        action,
        initial: initial.map(DeploymentState::ServicePipeline),
        goal: goal.map(DeploymentState::ServicePipeline),
    };
    deploy::start(writer, &mut record.pipeline, start)?;
    Ok(writer.put(record)?)
}

/// Whether an instance of a version can be deployed in an environment.
///
/// # Errors
/// It is absent, goes or never came up, is of a template that does not fit, or is provisioned by other means.
pub(super) fn check_environment(reader: &Reader<'_>, version: &VersionRecord, name: &str) -> Result<(), Fault> {
    let record = environments::find(reader, name)?;
    let environment = &record.environment;
    let (arn, template, major) = (&environment.arn, &environment.template_name, &environment.template_major_version);
    let service_template = format!("{} {}", version.template, version.number());
    if !version.is_compatible_with(template, major) {
        return Err(Fault::validation(format!(
            "{arn} is of environment template {template}, major version {major}, which service template \
             {service_template} is not compatible with."
        )));
    }
    let terraform = |method| method == Method::Terraform;
    let managed_by_customer = record.method == Method::CustomerManaged;
    if !managed_by_customer && terraform(record.method) != terraform(specs::method(reader, version)?) {
        return Err(Fault::validation(format!(
            "{arn} and service template {service_template} are not provisioned alike: one of them is Terraform."
        )));
    }
    if environment.deployment_status == DeploymentStatus::DeleteInProgress || environment.last_succeeded().is_none() {
        let status = &environment.deployment_status;
        return Err(Fault::conflict(format!("{arn} is not deployed; it is {status}.")));
    }
    Ok(())
}

/// Adds what the instance would be built beside: the last good deployments of its environment, pipeline and component.
fn with_surroundings(
    reader: &Reader<'_>,
    instance: &ServiceInstance,
    mut state: ServiceInstanceState,
) -> Result<ServiceInstanceState, Fault> {
    let succeeded = |resource: &dyn Deployed| resource.last_succeeded().map(str::to_owned);
    let environment = environments::find(reader, &instance.environment_name)?.environment;
    state.last_successful_environment_deployment_id = succeeded(&environment);
    if let Some(record) = reader.get::<PipelineRecord>(&instance.service_name)? {
        state.last_successful_service_pipeline_deployment_id = succeeded(&record.pipeline);
    }
    let components: Vec<ComponentRecord> =
        reader.all_by("instance", &instance_key(&instance.service_name, &instance.name))?;
    let components: Vec<_> = components.iter().filter_map(|record| succeeded(&record.component)).collect();
    state.last_successful_component_deployment_ids = (!components.is_empty()).then_some(components);
    Ok(state)
}

/// The state that an instance shows.
fn instance_state(instance: &ServiceInstance) -> Result<ServiceInstanceState, Fault> {
    let state = ServiceInstanceState::builder()
        .template_name(&instance.template_name)
        .template_major_version(&instance.template_major_version)
        .template_minor_version(&instance.template_minor_version)
        .spec(instance.spec.clone().unwrap_or_default());
    Ok(state.build()?)
}

/// The state that a pipeline shows.
fn pipeline_state(pipeline: &ServicePipeline) -> Result<ServicePipelineState, Fault> {
    let state = ServicePipelineState::builder()
        .template_name(&pipeline.template_name)
        .template_major_version(&pipeline.template_major_version)
        .template_minor_version(&pipeline.template_minor_version)
        .set_spec(pipeline.spec.clone());
    Ok(state.build()?)
}
