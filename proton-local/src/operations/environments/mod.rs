//! Environments: shared infrastructure, deployed from an environment template.

mod provisioning;
#[cfg(test)]
mod tests;

use super::deployment_type::{Wanted, choose};
use super::versions::VersionRecord;
use super::{Origin, TemplateKind, narrow, required, specs, tags};
use crate::deploy::{self, Start};
use crate::fault::Fault;
use crate::records::{Action, ComponentRecord, Deployed, EnvironmentRecord, InstanceRecord, Results, Target};
use crate::store::{Paging, Reader, Record, Writer};
use proton_sdk::operation::cancel_environment_deployment::{
    CancelEnvironmentDeploymentInput, CancelEnvironmentDeploymentOutput,
};
use proton_sdk::operation::create_environment::{CreateEnvironmentInput, CreateEnvironmentOutput};
use proton_sdk::operation::delete_environment::{DeleteEnvironmentInput, DeleteEnvironmentOutput};
use proton_sdk::operation::get_environment::{GetEnvironmentInput, GetEnvironmentOutput};
use proton_sdk::operation::list_environments::{ListEnvironmentsInput, ListEnvironmentsOutput};
use proton_sdk::operation::update_environment::{UpdateEnvironmentInput, UpdateEnvironmentOutput};
use proton_sdk::types::{DeploymentState, DeploymentStatus, Environment, EnvironmentState};

pub(crate) fn create_environment(
    writer: &mut Writer<'_>,
    input: CreateEnvironmentInput,
) -> Result<CreateEnvironmentOutput, Fault> {
    let origin = Origin::of(&input)?;
    let name = required(input.name.clone(), "name")?;
    if let Some(known) = writer.get::<EnvironmentRecord>(&name)? {
        known.origin.check_repeat(&origin, &format!("environment/{name}"))?;
        if known.environment.deployment_status == DeploymentStatus::DeleteInProgress {
            return Err(deploy::busy(writer, &Target::Environment { name }, &known.environment));
        }
        return Ok(CreateEnvironmentOutput::builder().environment(known.environment).build());
    }
    let limit = writer.settings().quotas.environments;
    writer.check_quota::<EnvironmentRecord>(limit, "environments")?;

    let template = required(input.template_name.as_deref(), "templateName")?;
    let major = required(input.template_major_version.as_deref(), "templateMajorVersion")?;
    let minor = input.template_minor_version.as_deref();
    let version = specs::deployable(writer, TemplateKind::Environment, template, major, minor)?;
    let spec = required(input.spec.clone(), "spec")?;
    specs::environment_inputs(&version, &spec)?;
    let method = specs::method(writer, &version)?;
    let means = provisioning::of_new(writer, &input, method)?;

    let arn = writer.arn(&format!("environment/{name}"));
    let now = writer.now();
    let mut environment = Environment::builder()
        .name(&name)
        .arn(&arn)
        .set_description(input.description)
        .created_at(now)
        .last_deployment_attempted_at(now)
        // Required in every answer; it stands for the creation until a deployment succeeds.
        .last_deployment_succeeded_at(now)
        .deployment_status(DeploymentStatus::InProgress)
        .template_name(template)
        .template_major_version(version.major.to_string())
        .template_minor_version(version.minor.to_string())
        .spec(&spec)
        .set_provisioning(means.provisioning)
        .set_proton_service_role_arn(means.proton_service_role_arn)
        .set_codebuild_role_arn(means.codebuild_role_arn)
        .set_component_role_arn(means.component_role_arn)
        .set_environment_account_connection_id(means.connection.as_ref().map(|connection| connection.id.clone()))
        .environment_account_id(
            means.connection.map_or_else(|| writer.caller().account.clone(), |found| found.environment_account_id),
        )
        .set_provisioning_repository(means.repository)
        .build()?;
    // Nothing is under way yet: that is what `start` begins.
    environment.deployment_status = DeploymentStatus::Succeeded;
    let goal = state(template, &version, spec)?;
    deploy::start(
        writer,
        &mut environment,
        Start {
            target: Target::Environment { name: name.clone() },
            environment: name,
            attached: None,
            action: Action::Deploy,
            initial: None,
            goal: Some(DeploymentState::Environment(goal)),
        },
    )?;
    let template_arn = writer.arn(&TemplateKind::Environment.resource(template));
    tags::create(writer, &arn, input.tags, &[(tags::TEMPLATE, &template_arn), (tags::ENVIRONMENT, &arn)])?;
    tags::inherit(writer, &template_arn, &arn)?;
    let record = EnvironmentRecord { environment, origin, method, results: Results::default() };
    writer.put(&record)?;
    Ok(CreateEnvironmentOutput::builder().environment(record.environment).build())
}

pub(crate) fn get_environment(reader: &Reader<'_>, input: GetEnvironmentInput) -> Result<GetEnvironmentOutput, Fault> {
    let record = find(reader, &required(input.name, "name")?)?;
    Ok(GetEnvironmentOutput::builder().environment(record.environment).build())
}

pub(crate) fn list_environments(
    reader: &Reader<'_>,
    input: ListEnvironmentsInput,
) -> Result<ListEnvironmentsOutput, Fault> {
    let templates = input.environment_templates.unwrap_or_default();
    let scope = format!("ListEnvironments {templates:?}");
    let paging = Paging::new(reader, scope, input.next_token.as_deref(), input.max_results)?;
    let page = reader.page(&paging, |record: &EnvironmentRecord| {
        let Environment { template_name, template_major_version, .. } = &record.environment;
        templates.is_empty()
            || templates
                .iter()
                .any(|wanted| (&wanted.template_name, &wanted.major_version) == (template_name, template_major_version))
    })?;
    let environments = page.items.iter().map(|record| narrow(&record.environment)).collect::<Result<_, _>>()?;
    Ok(ListEnvironmentsOutput::builder().set_environments(Some(environments)).set_next_token(page.next).build()?)
}

pub(crate) fn update_environment(
    writer: &mut Writer<'_>,
    input: UpdateEnvironmentInput,
) -> Result<UpdateEnvironmentOutput, Fault> {
    let mut record = find(writer, required(input.name.as_deref(), "name")?)?;
    let target = target(&record);
    if record.environment.is_busy() {
        return Err(deploy::busy(writer, &target, &record.environment));
    }
    let template = record.environment.template_name.clone();
    let version = choose(
        writer,
        TemplateKind::Environment,
        &template,
        (&record.environment.template_major_version, &record.environment.template_minor_version),
        Wanted {
            deployment_type: input.deployment_type.as_ref(),
            major: input.template_major_version.as_deref(),
            minor: input.template_minor_version.as_deref(),
        },
    )?;
    if version.is_none() && input.spec.is_some() {
        return Err(Fault::validation("A spec needs a deployment: deploymentType NONE changes the description alone."));
    }
    let method = version.as_ref().map(|version| specs::method(writer, version)).transpose()?;
    provisioning::update(writer, &mut record.environment, &input, method)?;
    if input.description.is_some() {
        record.environment.description = input.description;
    }
    record.origin.set_modified();
    if let Some(version) = version {
        let spec = input.spec.or_else(|| record.environment.spec.clone()).unwrap_or_default();
        specs::environment_inputs(&version, &spec)?;
        let initial = initial(&record.environment)?;
        let goal = state(&template, &version, spec)?;
        let start = Start {
            environment: record.environment.name.clone(),
            target,
            attached: None,
            action: Action::Deploy,
            initial,
            goal: Some(DeploymentState::Environment(goal)),
        };
        deploy::start(writer, &mut record.environment, start)?;
    }
    writer.put(&record)?;
    Ok(UpdateEnvironmentOutput::builder().environment(record.environment).build())
}

pub(crate) fn cancel_environment_deployment(
    writer: &mut Writer<'_>,
    input: CancelEnvironmentDeploymentInput,
) -> Result<CancelEnvironmentDeploymentOutput, Fault> {
    let mut record = find(writer, &required(input.environment_name, "environmentName")?)?;
    deploy::cancel(writer, &target(&record), &mut record.environment)?;
    writer.put(&record)?;
    Ok(CancelEnvironmentDeploymentOutput::builder().environment(record.environment).build())
}

pub(crate) fn delete_environment(
    writer: &mut Writer<'_>,
    input: DeleteEnvironmentInput,
) -> Result<DeleteEnvironmentOutput, Fault> {
    let name = required(input.name, "name")?;
    let Some(mut record) = writer.get::<EnvironmentRecord>(&name)? else {
        return Ok(DeleteEnvironmentOutput::builder().build());
    };
    if record.environment.deployment_status != DeploymentStatus::DeleteInProgress {
        check_unused(writer, &name)?;
        let start = Start {
            target: target(&record),
            environment: name,
            attached: None,
            action: Action::Delete,
            initial: initial(&record.environment)?,
            goal: None,
        };
        deploy::start(writer, &mut record.environment, start)?;
        writer.put(&record)?;
    }
    Ok(DeleteEnvironmentOutput::builder().environment(record.environment).build())
}

/// Removes one whose infrastructure is gone.
pub(crate) fn remove(writer: &mut Writer<'_>, record: &EnvironmentRecord) -> Result<(), Fault> {
    tags::forget(writer, &record.environment.arn)?;
    Ok(writer.delete::<EnvironmentRecord>(&record.key())?)
}

/// One environment.
pub(crate) fn find(reader: &Reader<'_>, name: &str) -> Result<EnvironmentRecord, Fault> {
    reader.require(name, &format!("environment/{name}"))
}

fn target(record: &EnvironmentRecord) -> Target {
    Target::Environment { name: record.environment.name.clone() }
}

fn check_unused(reader: &Reader<'_>, name: &str) -> Result<(), Fault> {
    let instances: Vec<InstanceRecord> = reader.all_by("environment", name)?;
    let components: Vec<ComponentRecord> = reader.all_by("environment", name)?;
    let instance = instances.first().map(|found| format!("service instance {}", found.key()));
    match instance.or_else(|| components.first().map(|found| format!("component {}", found.key()))) {
        None => Ok(()),
        Some(user) => {
            let arn = reader.arn(&format!("environment/{name}"));
            Err(Fault::conflict(format!("{arn} still holds {user}. Delete that first.")))
        }
    }
}

/// What the environment was brought to before; nothing where no deployment has succeeded.
fn initial(environment: &Environment) -> Result<Option<DeploymentState>, Fault> {
    if environment.last_succeeded().is_none() {
        return Ok(None);
    }
    let state = EnvironmentState::builder()
        .template_name(&environment.template_name)
        .template_major_version(&environment.template_major_version)
        .template_minor_version(&environment.template_minor_version)
        .set_spec(environment.spec.clone())
        .build()?;
    Ok(Some(DeploymentState::Environment(state)))
}

fn state(template: &str, version: &VersionRecord, spec: String) -> Result<EnvironmentState, Fault> {
    let state = EnvironmentState::builder()
        .template_name(template)
        .template_major_version(version.major.to_string())
        .template_minor_version(version.minor.to_string())
        .spec(spec);
    Ok(state.build()?)
}
