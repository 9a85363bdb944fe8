//! The rules of components.

use super::*;
use crate::operations::services::{create_service, delete_service};
use crate::testkit::Kit;
use proton_sdk::operation::create_service::CreateServiceInput;
use proton_sdk::operation::delete_service::DeleteServiceInput;

const MANIFEST: &str = "infrastructure:\n  templates:\n    - rendering_engine: jinja\n      template_language: cloudformation\n      file: queue.yaml\n";
const FILE: &str = "Resources: {Queue: {Type: \"AWS::SQS::Queue\"}}\n";
const SPEC: &str = "proton: ServiceSpec\ninstances:\n  - {name: blue, environment: staging, spec: {copies: 1}}\n";

/// A shop with a service whose instance takes components.
fn shop() -> Kit {
    let kit = Kit::shop();
    let service = CreateServiceInput::builder().name("shop").template_name("jobs").template_major_version("1");
    kit.write(create_service, service.spec(SPEC).build().unwrap()).unwrap();
    kit.settle();
    kit
}

fn in_environment(name: &str) -> CreateComponentInput {
    let input = CreateComponentInput::builder().name(name).environment_name("staging");
    input.manifest(MANIFEST).template_file(FILE).build().unwrap()
}

fn attached(name: &str) -> CreateComponentInput {
    let input = CreateComponentInput::builder().name(name).service_name("shop").service_instance_name("blue");
    input.manifest(MANIFEST).template_file(FILE).build().unwrap()
}

fn create(kit: &Kit, input: CreateComponentInput) -> Result<Component, Fault> {
    Ok(kit.write(create_component, input)?.component.unwrap())
}

fn get(kit: &Kit, name: &str) -> Option<Component> {
    let input = GetComponentInput::builder().name(name).build().unwrap();
    kit.read(get_component, input).ok().map(|found| found.component.unwrap())
}

fn change(name: &str) -> UpdateComponentInput {
    let input = UpdateComponentInput::builder().name(name);
    input.deployment_type(ComponentDeploymentUpdateType::CurrentVersion).build().unwrap()
}

fn place(name: &str, service: &str, instance: &str) -> UpdateComponentInput {
    let mut input = change(name);
    (input.service_name, input.service_instance_name) = (Some(service.to_owned()), Some(instance.to_owned()));
    input
}

fn update(kit: &Kit, input: UpdateComponentInput) -> Result<Component, Fault> {
    Ok(kit.write(update_component, input)?.component.unwrap())
}

fn delete(kit: &Kit, name: &str) -> Result<Option<Component>, Fault> {
    let input = DeleteComponentInput::builder().name(name).build().unwrap();
    Ok(kit.write(delete_component, input)?.component)
}

fn refuses(result: Result<Component, Fault>, part: &str) {
    match result {
        Err(Fault::Validation(text)) => assert!(text.contains(part), "{text}"),
        other => panic!("{other:?} instead of a ValidationException with {part:?}"),
    }
}

#[test]
fn it_is_deployed_in_an_environment_and_deleted() {
    let kit = shop();
    let made = create(&kit, in_environment("queue")).unwrap();
    assert_eq!(made.deployment_status, DeploymentStatus::InProgress);
    kit.settle();
    assert_eq!(get(&kit, "queue").unwrap().deployment_status, DeploymentStatus::Succeeded);
    assert!(matches!(create(&kit, in_environment("queue")), Err(Fault::Conflict(_))), "the name is taken");
    delete(&kit, "queue").unwrap().unwrap();
    kit.settle();
    assert_eq!(get(&kit, "queue"), None);
    assert_eq!(delete(&kit, "queue").unwrap(), None);
}

#[test]
fn it_names_a_place_that_makes_sense() {
    let kit = shop();
    let mut nowhere = in_environment("queue");
    nowhere.environment_name = None;
    refuses(create(&kit, nowhere), "environmentName");
    let mut half = attached("queue");
    half.service_instance_name = None;
    refuses(create(&kit, half), "serviceInstanceName");
    let mut elsewhere = in_environment("queue");
    elsewhere.environment_name = Some("absent".to_owned());
    assert!(matches!(create(&kit, elsewhere), Err(Fault::NotFound(_))));
    let mut with_spec = in_environment("queue");
    with_spec.service_spec = Some(SPEC.to_owned());
    refuses(create(&kit, with_spec), "serviceSpec");
}

#[test]
fn its_source_is_checked() {
    let kit = shop();
    let mut broken = in_environment("queue");
    broken.template_file = Some("{% if %}".to_owned());
    refuses(create(&kit, broken), "templateFile:1");
    let mut broken = in_environment("queue");
    broken.manifest = Some("infrastructure: {templates: []}".to_owned());
    refuses(create(&kit, broken), "manifest");
    let mut built = in_environment("queue");
    let codebuild = "{rendering_engine: codebuild, settings: {image: i, runtimes: {nodejs: 20}, provision: [make]}}";
    built.manifest = Some(format!("infrastructure: {{templates: [{codebuild}]}}"));
    refuses(create(&kit, built), "CodeBuild");
}

#[test]
fn an_attached_one_holds_its_instance_and_itself() {
    let kit = shop();
    create(&kit, attached("queue")).unwrap();
    kit.settle();
    let found = get(&kit, "queue").unwrap();
    assert_eq!((found.environment_name.as_str(), found.service_name()), ("staging", Some("shop")));
    assert!(matches!(delete(&kit, "queue"), Err(Fault::Conflict(_))));
    refuses(create(&kit, attached("second")), "already");
    let service = DeleteServiceInput::builder().name("shop").build().unwrap();
    assert!(matches!(kit.write(delete_service, service), Err(Fault::Conflict(_))));
    refuses(update(&kit, place("queue", "shop", "")), "both");

    update(&kit, place("queue", "", "")).unwrap();
    kit.settle();
    assert_eq!(get(&kit, "queue").unwrap().service_name, None);
    assert!(delete(&kit, "queue").unwrap().is_some());
}

#[test]
fn a_cancelled_attachment_did_not_happen() {
    let kit = shop();
    create(&kit, in_environment("queue")).unwrap();
    kit.settle();
    let begun = update(&kit, place("queue", "shop", "blue")).unwrap();
    assert_eq!(begun.service_instance_name(), Some("blue"));
    let input = CancelComponentDeploymentInput::builder().component_name("queue").build().unwrap();
    kit.write(cancel_component_deployment, input).unwrap();
    kit.settle();
    let after = get(&kit, "queue").unwrap();
    assert_eq!((after.deployment_status, after.service_name), (DeploymentStatus::Cancelled, None));
}

#[test]
fn a_token_deploys_once() {
    let kit = shop();
    create(&kit, in_environment("queue")).unwrap();
    kit.settle();
    let mut input = change("queue");
    input.client_token = Some("t".to_owned());
    let first = update(&kit, input.clone()).unwrap();
    kit.settle();
    let again = update(&kit, input.clone()).unwrap();
    assert_eq!(again.last_attempted_deployment_id, first.last_attempted_deployment_id);
    input.description = Some("other".to_owned());
    refuses(update(&kit, input), "IdempotentParameterMismatch");
}

#[test]
fn nothing_but_the_description_changes_without_a_deployment() {
    let kit = shop();
    create(&kit, in_environment("queue")).unwrap();
    kit.settle();
    let mut input = change("queue");
    input.deployment_type = Some(ComponentDeploymentUpdateType::None);
    input.description = Some("A queue".to_owned());
    assert_eq!(update(&kit, input.clone()).unwrap().description(), Some("A queue"));
    input.template_file = Some(FILE.to_owned());
    refuses(update(&kit, input), "NONE");
}
