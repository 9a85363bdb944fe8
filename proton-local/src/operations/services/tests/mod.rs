//! Services through their whole life.

mod create;
mod delete;
mod instance;
mod list;
mod pipeline;
mod update;

use super::*;
use crate::fault::Fault;
use crate::testkit::Kit;
use proton_sdk::operation::create_component::CreateComponentInput;
use proton_sdk::operation::create_service::CreateServiceInput;
use proton_sdk::operation::create_service::builders::CreateServiceInputBuilder;
use proton_sdk::operation::delete_service::DeleteServiceInput;
use proton_sdk::operation::get_service::GetServiceInput;
use proton_sdk::operation::get_service_instance::GetServiceInstanceInput;
use proton_sdk::operation::update_service::UpdateServiceInput;
use proton_sdk::operation::update_service_instance::UpdateServiceInstanceInput;
use proton_sdk::operation::update_service_instance::builders::UpdateServiceInstanceInputBuilder;
use proton_sdk::operation::update_service_pipeline::UpdateServicePipelineInput;
use proton_sdk::types::{
    DeploymentStatus, DeploymentUpdateType, Service, ServiceInstance, ServicePipeline, ServiceStatus,
};

/// The spec of a service with a pipeline, whose instances are in `staging`.
fn spec(names: &[&str]) -> String {
    let instances = names.iter().map(|name| (*name, "staging", 1)).collect::<Vec<_>>();
    format!("proton: ServiceSpec\npipeline: {{test_command: make}}\n{}", listed(&instances))
}

/// The list of instances: name, environment, copies.
fn listed(instances: &[(&str, &str, u32)]) -> String {
    let mut text = "instances:\n".to_owned();
    for (name, environment, copies) in instances {
        text += &format!("- name: {name}\n  environment: {environment}\n  spec: {{copies: {copies}}}\n");
    }
    text
}

/// A request for service `shop` of template `web`.
fn asked(spec: impl Into<String>) -> CreateServiceInputBuilder {
    CreateServiceInput::builder()
        .name("shop")
        .template_name("web")
        .template_major_version("1")
        .repository_connection_arn("arn:aws:codestar-connections:us-east-1:111111111111:connection/c")
        .repository_id("acme/shop")
        .branch_name("main")
        .spec(spec)
}

/// A request for service `shop` of template `jobs`, which has no pipeline.
fn asked_jobs(names: &[&str]) -> CreateServiceInputBuilder {
    let instances = names.iter().map(|name| (*name, "staging", 1)).collect::<Vec<_>>();
    CreateServiceInput::builder()
        .name("shop")
        .template_name("jobs")
        .template_major_version("1")
        .spec(format!("proton: ServiceSpec\n{}", listed(&instances)))
}

fn create(kit: &Kit, input: CreateServiceInputBuilder) -> Result<Service, Fault> {
    kit.write(create_service, input.build().unwrap()).map(|output| output.service.unwrap())
}

/// A kit with service `shop` of these instances, as far as it has come.
fn shop(names: &[&str]) -> Kit {
    let kit = Kit::shop();
    create(&kit, asked(spec(names))).unwrap();
    kit.settle();
    kit
}

fn get(kit: &Kit) -> Result<Service, Fault> {
    let input = GetServiceInput::builder().name("shop").build().unwrap();
    kit.read(get_service, input).map(|output| output.service.unwrap())
}

fn get_instance(kit: &Kit, name: &str) -> Result<ServiceInstance, Fault> {
    let input = GetServiceInstanceInput::builder().service_name("shop").name(name).build().unwrap();
    kit.read(get_service_instance, input).map(|output| output.service_instance.unwrap())
}

/// Each of these names with a status.
fn all(status: DeploymentStatus, names: &[&str]) -> Vec<(String, DeploymentStatus)> {
    names.iter().map(|name| ((*name).to_owned(), status.clone())).collect()
}

/// The deployment statuses of the instances by name; the pipeline is the last.
fn statuses(kit: &Kit) -> Vec<(String, DeploymentStatus)> {
    let instances = kit.read(|reader, ()| Ok(instances_of(reader, "shop")?), ()).unwrap();
    let instances = instances.into_iter().map(|record| (record.instance.name, record.instance.deployment_status));
    let pipeline = get(kit).unwrap().pipeline.map(|pipeline| ("pipeline".to_owned(), pipeline.deployment_status));
    instances.chain(pipeline).collect()
}

fn update(kit: &Kit, spec: impl Into<String>) -> Result<Service, Fault> {
    let input = UpdateServiceInput::builder().name("shop").spec(spec).build().unwrap();
    kit.write(update_service, input).map(|output| output.service.unwrap())
}

fn describe(kit: &Kit, description: &str) -> Service {
    let input = UpdateServiceInput::builder().name("shop").description(description).build().unwrap();
    kit.write(update_service, input).unwrap().service.unwrap()
}

/// An update of an instance on the version that it has.
fn current(name: &str) -> UpdateServiceInstanceInputBuilder {
    UpdateServiceInstanceInput::builder()
        .service_name("shop")
        .name(name)
        .deployment_type(DeploymentUpdateType::CurrentVersion)
}

fn update_instance(kit: &Kit, input: UpdateServiceInstanceInputBuilder) -> Result<ServiceInstance, Fault> {
    kit.write(update_service_instance, input.build().unwrap()).map(|output| output.service_instance.unwrap())
}

fn update_pipeline(kit: &Kit, spec: &str, deployment_type: DeploymentUpdateType) -> Result<ServicePipeline, Fault> {
    let input = UpdateServicePipelineInput::builder().service_name("shop").spec(spec).deployment_type(deployment_type);
    kit.write(update_service_pipeline, input.build().unwrap()).map(|output| output.pipeline.unwrap())
}

/// A request for a component that is attached to instance `blue`.
fn queue() -> CreateComponentInput {
    CreateComponentInput::builder()
        .name("queue")
        .service_name("shop")
        .service_instance_name("blue")
        .manifest(
            "infrastructure:\n  templates:\n  - file: queue.yaml\n    rendering_engine: jinja\n    \
             template_language: cloudformation\n",
        )
        .template_file("Resources: {Queue: {Type: \"AWS::SQS::Queue\"}}\n")
        .build()
        .unwrap()
}

fn delete(kit: &Kit) -> Result<Option<Service>, Fault> {
    let input = DeleteServiceInput::builder().name("shop").build().unwrap();
    kit.write(delete_service, input).map(|output| output.service)
}

fn is_validation<T: std::fmt::Debug>(result: Result<T, Fault>, part: &str) {
    match result {
        Err(Fault::Validation(text)) => assert!(text.contains(part), "{text}"),
        other => panic!("{other:?} instead of a ValidationException with {part:?}"),
    }
}

fn is_conflict<T: std::fmt::Debug>(result: Result<T, Fault>, part: &str) {
    match result {
        Err(Fault::Conflict(text)) => assert!(text.contains(part), "{text}"),
        other => panic!("{other:?} instead of a ConflictException with {part:?}"),
    }
}

fn is_not_found<T: std::fmt::Debug>(result: Result<T, Fault>, part: &str) {
    match result {
        Err(Fault::NotFound(text)) => assert!(text.contains(part), "{text}"),
        other => panic!("{other:?} instead of a ResourceNotFoundException with {part:?}"),
    }
}
