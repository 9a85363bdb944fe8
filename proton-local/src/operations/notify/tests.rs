//! Reports on deployments.

use super::*;
use crate::operations::services::{create_service, get_service_instance};
use crate::testkit::Kit;
use proton_sdk::operation::create_service::CreateServiceInput;
use proton_sdk::operation::get_service_instance::GetServiceInstanceInput;
use proton_sdk::operation::notify_resource_deployment_status_change::builders::NotifyResourceDeploymentStatusChangeInputBuilder;
use proton_sdk::types::ServiceInstance;

/// A kit with instance `shop/blue`, which is being deployed.
fn kit() -> Kit {
    let kit = Kit::shop();
    let input = CreateServiceInput::builder().name("shop").template_name("jobs").template_major_version("1");
    let input = input.spec("proton: ServiceSpec\ninstances: [{name: blue, environment: staging}]\n").build().unwrap();
    kit.write(create_service, input).unwrap();
    kit
}

fn blue(kit: &Kit) -> ServiceInstance {
    let input = GetServiceInstanceInput::builder().service_name("shop").name("blue").build().unwrap();
    kit.read(get_service_instance, input).unwrap().service_instance.unwrap()
}

fn report(kit: &Kit, resource: &str) -> NotifyResourceDeploymentStatusChangeInputBuilder {
    NotifyResourceDeploymentStatusChangeInput::builder().resource_arn(kit.arn(resource))
}

fn send(kit: &Kit, input: NotifyResourceDeploymentStatusChangeInputBuilder) -> Result<(), Fault> {
    kit.write(notify_resource_deployment_status_change, input.build().unwrap()).map(drop)
}

const BLUE: &str = "service/shop/service-instance/blue";

#[test]
fn a_report_ends_a_deployment_once() {
    let kit = kit();
    let id = blue(&kit).last_attempted_deployment_id;
    let done = || report(&kit, BLUE).status(ResourceDeploymentStatus::Succeeded).set_deployment_id(id.clone());
    send(&kit, report(&kit, BLUE).status(ResourceDeploymentStatus::InProgress)).unwrap();
    assert_eq!(blue(&kit).deployment_status, DeploymentStatus::InProgress);
    send(&kit, done()).unwrap();
    assert_eq!(blue(&kit).deployment_status, DeploymentStatus::Succeeded);
    send(&kit, done()).unwrap();
    for late in [report(&kit, BLUE), report(&kit, BLUE).status(ResourceDeploymentStatus::Failed)] {
        assert!(matches!(send(&kit, late), Err(Fault::Conflict(_))));
    }
    kit.settle();
    assert_eq!(blue(&kit).deployment_status, DeploymentStatus::Succeeded, "the provisioner comes too late");
}

#[test]
fn a_failure_has_its_message() {
    let kit = kit();
    let failed = report(&kit, BLUE).status(ResourceDeploymentStatus::Failed).status_message("No room left.");
    send(&kit, failed.clone()).unwrap();
    let found = blue(&kit);
    assert_eq!(found.deployment_status, DeploymentStatus::Failed);
    assert_eq!(found.deployment_status_message(), Some("No room left."));
    send(&kit, failed).unwrap();
}

#[test]
fn a_report_must_be_about_the_deployment_in_progress() {
    let kit = kit();
    let other = report(&kit, BLUE).deployment_id("0f3c2a90-0000-4000-8000-000000000000");
    assert!(matches!(send(&kit, other), Err(Fault::Conflict(_))));
    assert!(matches!(send(&kit, report(&kit, "environment/staging")), Err(Fault::Conflict(_))));
    for absent in ["environment/none", "service/shop/service-instance/red", "service/shop/pipeline", "component/queue"]
    {
        assert!(matches!(send(&kit, report(&kit, absent)), Err(Fault::NotFound(_))), "{absent}");
    }
    for wrong in ["service/shop", "environment-template/network"] {
        assert!(matches!(send(&kit, report(&kit, wrong)), Err(Fault::Validation(_))), "{wrong}");
    }
    let stranger = kit.as_account("222222222222");
    assert!(matches!(send(&stranger, report(&kit, BLUE)), Err(Fault::NotFound(_))));
}
