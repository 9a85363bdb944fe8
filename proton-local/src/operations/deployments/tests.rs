//! The history of deployments.

use super::*;
use crate::operations::services::{create_service, delete_service};
use crate::testkit::Kit;
use proton_sdk::operation::create_service::CreateServiceInput;
use proton_sdk::operation::delete_service::DeleteServiceInput;
use proton_sdk::operation::get_deployment::builders::GetDeploymentInputBuilder;
use proton_sdk::operation::list_deployments::builders::ListDeploymentsInputBuilder;
use proton_sdk::types::{
    DeploymentState, DeploymentStatus, DeploymentSummary, DeploymentTargetResourceType as Resource,
};

/// A kit with service `shop`, whose instances `blue` and `red` are in `staging`.
fn kit() -> Kit {
    let kit = Kit::shop();
    let spec = "proton: ServiceSpec\npipeline: {}\ninstances:\n- {name: blue, environment: staging, spec: {copies: 1}}\n\
                - {name: red, environment: staging, spec: {copies: 1}}\n";
    let input = CreateServiceInput::builder()
        .name("shop")
        .template_name("web")
        .template_major_version("1")
        .repository_connection_arn("arn:aws:codestar-connections:us-east-1:111111111111:connection/c")
        .repository_id("acme/shop")
        .branch_name("main")
        .spec(spec);
    kit.write(create_service, input.build().unwrap()).unwrap();
    kit
}

fn list(kit: &Kit, input: ListDeploymentsInputBuilder) -> Result<Vec<DeploymentSummary>, Fault> {
    kit.read(list_deployments, input.build().unwrap()).map(|output| output.deployments)
}

fn get(kit: &Kit, input: GetDeploymentInputBuilder) -> Result<Deployment, Fault> {
    kit.read(get_deployment, input.build().unwrap()).map(|output| output.deployment.unwrap())
}

fn delete(kit: &Kit, id: &str) -> Result<Option<Deployment>, Fault> {
    let input = DeleteDeploymentInput::builder().id(id).build().unwrap();
    kit.write(delete_deployment, input).map(|output| output.deployment)
}

fn all() -> ListDeploymentsInputBuilder {
    ListDeploymentsInput::builder()
}

#[test]
fn every_attempt_is_in_the_history_the_newest_first() {
    let kit = kit();
    kit.settle();
    let kinds =
        |found: Vec<DeploymentSummary>| found.into_iter().map(|one| one.target_resource_type).collect::<Vec<_>>();
    let found = list(&kit, all()).unwrap();
    assert!(found.iter().all(|one| one.environment_name == "staging" && one.completed_at.is_some()));
    let expected =
        [Resource::ServicePipeline, Resource::ServiceInstance, Resource::ServiceInstance, Resource::Environment];
    assert_eq!(kinds(found), expected);
    assert_eq!(kinds(list(&kit, all().environment_name("staging")).unwrap()).len(), 4);
    assert_eq!(kinds(list(&kit, all().service_name("shop")).unwrap()).len(), 3);
    let blue = list(&kit, all().service_name("shop").service_instance_name("blue")).unwrap();
    assert_eq!(blue[0].target_arn, kit.arn("service/shop/service-instance/blue"));
    assert_eq!(blue.len(), 1);
    assert!(list(&kit, all().component_name("none")).unwrap().is_empty());
    assert!(list(&kit, all().service_name("shop").environment_name("prod")).unwrap().is_empty());
    assert!(matches!(list(&kit, all().service_instance_name("blue")), Err(Fault::Validation(_))));

    let page = kit.read(list_deployments, all().max_results(3).build().unwrap()).unwrap();
    let rest = list(&kit, all().max_results(3).set_next_token(page.next_token)).unwrap();
    assert_eq!(kinds(rest), [Resource::Environment]);
}

#[test]
fn a_deployment_tells_its_goal_and_its_end() {
    let kit = kit();
    let blue = list(&kit, all().service_name("shop").service_instance_name("blue")).unwrap().remove(0);
    let id = || GetDeploymentInput::builder().id(&blue.id);
    let deployment = get(&kit, id()).unwrap();
    assert_eq!(deployment.arn, kit.arn(&format!("deployment/{}", blue.id)));
    assert_eq!((&deployment.deployment_status, deployment.completed_at), (&DeploymentStatus::InProgress, None));
    assert_eq!(deployment.initial_state, None, "there was nothing before");
    let Some(DeploymentState::ServiceInstance(goal)) = deployment.target_state else { panic!("an instance's state") };
    assert_eq!((goal.template_name(), goal.template_minor_version()), ("web", "0"));
    let environment = list(&kit, all().environment_name("staging")).unwrap().pop().unwrap();
    assert_eq!(goal.last_successful_environment_deployment_id, Some(environment.id));
    kit.settle();
    let deployment = get(&kit, id()).unwrap();
    assert_eq!(deployment.last_succeeded_deployment_id, Some(blue.id.clone()));
    assert!(deployment.completed_at > Some(deployment.created_at));

    get(&kit, id().service_name("shop").service_instance_name("blue").environment_name("staging")).unwrap();
    for other in [id().service_name("other"), id().environment_name("prod"), id().component_name("queue")] {
        assert!(matches!(get(&kit, other), Err(Fault::NotFound(_))));
    }
    assert!(matches!(get(&kit, id().service_instance_name("blue")), Err(Fault::Validation(_))));
}

#[test]
fn a_deployment_that_has_ended_can_be_forgotten() {
    let kit = kit();
    let id = list(&kit, all().service_name("shop")).unwrap().remove(0).id;
    assert!(matches!(delete(&kit, &id), Err(Fault::Validation(_))));
    kit.settle();
    assert_eq!(delete(&kit, &id).unwrap().unwrap().id, id);
    assert_eq!(delete(&kit, &id).unwrap(), None);
    assert!(matches!(get(&kit, GetDeploymentInput::builder().id(id)), Err(Fault::NotFound(_))));
}

#[test]
fn the_history_outlives_what_was_deployed() {
    let kit = kit();
    kit.settle();
    kit.write(delete_service, DeleteServiceInput::builder().name("shop").build().unwrap()).unwrap();
    kit.settle();
    let found = list(&kit, all().service_name("shop")).unwrap();
    let removed = found.iter().filter(|one| one.deployment_status == DeploymentStatus::DeleteComplete).count();
    assert_eq!((found.len(), removed), (6, 3));
}
