//! Services are created, read, listed and deleted.

use super::parts::{self, NewInstance};
use super::{check_detached, check_idle, find, instances_of};
use crate::bundle::spec::Only;
use crate::deploy;
use crate::fault::Fault;
use crate::operations::{Origin, TemplateKind, narrow, required, specs, tags};
use crate::records::{Deployed, PipelineRecord, ServiceRecord, Target, Workflow};
use crate::store::{Paging, Reader, Writer};
use proton_sdk::operation::create_service::{CreateServiceInput, CreateServiceOutput};
use proton_sdk::operation::delete_service::{DeleteServiceInput, DeleteServiceOutput};
use proton_sdk::operation::get_service::{GetServiceInput, GetServiceOutput};
use proton_sdk::operation::list_services::{ListServicesInput, ListServicesOutput};
use proton_sdk::types::{Service, ServiceStatus};

/// Creates a service with its instances and, where its template has one, a pipeline; or answers with the one that the
/// same request made.
pub(crate) fn create_service(writer: &mut Writer<'_>, input: CreateServiceInput) -> Result<CreateServiceOutput, Fault> {
    let origin = Origin::of(&input)?;
    let name = required(input.name.as_deref(), "name")?;
    let arn = writer.arn(&format!("service/{name}"));
    if let Some(known) = writer.get::<ServiceRecord>(name)? {
        known.origin.check_repeat(&origin, &arn)?;
        return Ok(CreateServiceOutput::builder().service(detail(writer, known.service)?).build());
    }
    writer.check_quota::<ServiceRecord>(writer.settings().quotas.services, "services")?;

    let template = required(input.template_name.as_deref(), "templateName")?;
    let major = required(input.template_major_version.as_deref(), "templateMajorVersion")?;
    let minor = input.template_minor_version.as_deref();
    let version = specs::deployable(writer, TemplateKind::Service, template, major, minor)?;
    let spec = specs::resolve(required(input.spec.as_deref(), "spec")?, "")?;
    let parsed = specs::service(&version, &spec, Only::Everything)?;
    check_repository(&input, version.pipeline.is_some())?;
    let limit = writer.settings().quotas.instances_per_service;
    if parsed.instances.len() as u64 > limit {
        return Err(Fault::quota("instances of a service", limit));
    }

    let now = writer.now();
    let service = Service::builder()
        .name(name)
        .arn(&arn)
        .set_description(input.description)
        .template_name(template)
        .created_at(now)
        .last_modified_at(now)
        .status(ServiceStatus::CreateInProgress)
        .spec(&spec)
        .set_repository_connection_arn(input.repository_connection_arn)
        .set_repository_id(input.repository_id)
        .set_branch_name(input.branch_name)
        .build()?;
    let template_arn = writer.arn(&TemplateKind::Service.resource(template));
    tags::create(writer, &arn, input.tags, &[(tags::TEMPLATE, &template_arn), (tags::SERVICE, &arn)])?;
    if let Some(method) = version.pipeline {
        parts::check_pipeline(writer, method)?;
        parts::add_pipeline(writer, &service, &version, &spec)?;
    }
    for part in &parsed.instances {
        let new = NewInstance { service: &service, version: &version, part, spec: &spec, tags: None, token: None };
        parts::add_instance(writer, new)?;
    }
    let record = ServiceRecord { service, origin, workflow: Some(Workflow::CreateInstances) };
    writer.put(&record)?;
    Ok(CreateServiceOutput::builder().service(detail(writer, record.service)?).build())
}

/// A repository is what a pipeline works on.
fn check_repository(input: &CreateServiceInput, has_pipeline: bool) -> Result<(), Fault> {
    let repository = [
        ("repositoryConnectionArn", &input.repository_connection_arn),
        ("repositoryId", &input.repository_id),
        ("branchName", &input.branch_name),
    ];
    let refused = repository.iter().find(|(_, value)| value.is_some() != has_pipeline);
    match refused {
        Some((member, _)) if has_pipeline => {
            Err(Fault::validation(format!("The template has a service pipeline, which needs a {member}.")))
        }
        Some((member, _)) => {
            Err(Fault::validation(format!("The template has no service pipeline, so there is no {member} to give.")))
        }
        None => Ok(()),
    }
}

/// Reads one.
pub(crate) fn get_service(reader: &Reader<'_>, input: GetServiceInput) -> Result<GetServiceOutput, Fault> {
    let record = find(reader, &required(input.name, "name")?)?;
    Ok(GetServiceOutput::builder().service(detail(reader, record.service)?).build())
}

/// Lists them by name.
pub(crate) fn list_services(reader: &Reader<'_>, input: ListServicesInput) -> Result<ListServicesOutput, Fault> {
    let paging = Paging::new(reader, "ListServices", input.next_token.as_deref(), input.max_results)?;
    let page = reader.page(&paging, |_: &ServiceRecord| true)?;
    let services = page.items.iter().map(|record| narrow(&record.service)).collect::<Result<_, _>>()?;
    Ok(ListServicesOutput::builder().set_services(Some(services)).set_next_token(page.next).build()?)
}

/// Begins to remove a service with all that it has. One that is going is the answer as it is, one that is gone none.
pub(crate) fn delete_service(writer: &mut Writer<'_>, input: DeleteServiceInput) -> Result<DeleteServiceOutput, Fault> {
    let name = required(input.name, "name")?;
    let Some(mut record) = writer.get::<ServiceRecord>(&name)? else {
        return Ok(DeleteServiceOutput::builder().build());
    };
    if record.workflow != Some(Workflow::Delete) {
        check_idle(&record)?;
        let instances = instances_of(writer, &name)?;
        check_detached(writer, &instances)?;
        for mut instance in instances {
            parts::remove_instance(writer, &mut instance)?;
        }
        if let Some(mut pipeline) = writer.get::<PipelineRecord>(&name)? {
            parts::remove_pipeline(writer, &mut pipeline)?;
        }
        record.workflow = Some(Workflow::Delete);
        record.origin.set_modified();
        record.service.status = ServiceStatus::DeleteInProgress;
        record.service.status_message = None;
        record.service.last_modified_at = writer.now();
        writer.put(&record)?;
        super::advance(writer, &name)?;
    }
    Ok(DeleteServiceOutput::builder().service(detail(writer, record.service)?).build())
}

/// A service as the API shows it: with its pipeline.
pub(super) fn detail(reader: &Reader<'_>, mut service: Service) -> Result<Service, Fault> {
    service.pipeline = reader.get::<PipelineRecord>(&service.name)?.map(|record| record.pipeline);
    Ok(service)
}

/// Refuses a change while an instance or the pipeline of a service is deployed or removed.
pub(super) fn check_parts_idle(reader: &Reader<'_>, service: &str) -> Result<(), Fault> {
    for record in instances_of(reader, service)? {
        if record.instance.is_busy() {
            return Err(deploy::busy(reader, &parts::target(&record.instance), &record.instance));
        }
    }
    match reader.get::<PipelineRecord>(service)? {
        Some(record) if record.pipeline.is_busy() => {
            Err(deploy::busy(reader, &Target::Pipeline { service: record.service }, &record.pipeline))
        }
        _ => Ok(()),
    }
}
