//! Outputs and provisioned resources.

use super::*;
use crate::operations::environments::{delete_environment, get_environment};
use crate::operations::notify::notify_resource_deployment_status_change;
use crate::operations::services::{create_service, get_service_instance};
use crate::testkit::Kit;
use proton_sdk::operation::create_service::CreateServiceInput;
use proton_sdk::operation::delete_environment::DeleteEnvironmentInput;
use proton_sdk::operation::get_environment::GetEnvironmentInput;
use proton_sdk::operation::get_service_instance::GetServiceInstanceInput;
use proton_sdk::operation::notify_resource_deployment_status_change::NotifyResourceDeploymentStatusChangeInput;
use proton_sdk::types::{Output, ResourceDeploymentStatus};

fn of_instance(kit: &Kit, name: &str, deployment: Option<String>) -> Result<Vec<Output>, Fault> {
    let input = ListServiceInstanceOutputsInput::builder().service_name("shop").service_instance_name(name);
    let input = input.set_deployment_id(deployment).build().unwrap();
    kit.read(list_service_instance_outputs, input).map(|output| output.outputs)
}

#[test]
fn a_resource_gives_what_its_last_good_deployment_left() {
    let kit = Kit::shop();
    let input = CreateServiceInput::builder().name("shop").template_name("jobs").template_major_version("1");
    let input = input.spec("proton: ServiceSpec\ninstances: [{name: blue, environment: staging}]\n").build().unwrap();
    kit.write(create_service, input).unwrap();
    let input = GetServiceInstanceInput::builder().service_name("shop").name("blue").build().unwrap();
    let blue = kit.read(get_service_instance, input).unwrap().service_instance.unwrap();
    let deployment = blue.last_attempted_deployment_id;

    let queue = Output::builder().key("Queue").value_string("q-1").build();
    let report = NotifyResourceDeploymentStatusChangeInput::builder().resource_arn(blue.arn).outputs(queue.clone());
    kit.write(notify_resource_deployment_status_change, report.clone().build().unwrap()).unwrap();
    assert!(of_instance(&kit, "blue", None).unwrap().is_empty(), "it is not deployed yet");
    let report = report.status(ResourceDeploymentStatus::Succeeded).build().unwrap();
    kit.write(notify_resource_deployment_status_change, report).unwrap();
    assert_eq!(of_instance(&kit, "blue", None).unwrap(), std::slice::from_ref(&queue));
    assert_eq!(of_instance(&kit, "blue", deployment).unwrap(), [queue]);

    let input = GetEnvironmentInput::builder().name("staging").build().unwrap();
    let environment = kit.read(get_environment, input).unwrap().environment.unwrap();
    let other = environment.last_attempted_deployment_id;
    assert!(matches!(of_instance(&kit, "blue", other.clone()), Err(Fault::NotFound(_))), "another's deployment");
    assert!(matches!(of_instance(&kit, "red", None), Err(Fault::NotFound(_))));
    let input = ListEnvironmentOutputsInput::builder().environment_name("staging").set_deployment_id(other);
    let outputs = kit.read(list_environment_outputs, input.build().unwrap()).unwrap().outputs;
    let input = ListEnvironmentOutputsInput::builder().environment_name("staging").build().unwrap();
    assert_eq!(kit.read(list_environment_outputs, input).unwrap().outputs, outputs);
}

#[test]
fn what_is_removed_gives_nothing() {
    let kit = Kit::shop();
    let outputs = |kit: &Kit| {
        let input = ListEnvironmentOutputsInput::builder().environment_name("staging").build().unwrap();
        kit.read(list_environment_outputs, input).map(|found| found.outputs.len())
    };
    assert_eq!(outputs(&kit).unwrap(), 1);
    let input = || DeleteEnvironmentInput::builder().name("staging").build().unwrap();

    let kit = kit.now_failing(&["staging"]);
    kit.write(delete_environment, input()).unwrap();
    assert_eq!(outputs(&kit).unwrap(), 0, "it is going");
    kit.settle();
    assert_eq!(outputs(&kit).unwrap(), 1, "it is still there");

    let kit = kit.now_failing(&[]);
    let going = kit.write(delete_environment, input()).unwrap().environment.unwrap();
    let report = NotifyResourceDeploymentStatusChangeInput::builder().resource_arn(going.arn);
    let report = report.outputs(Output::builder().key("Late").value_string("x").build());
    kit.write(notify_resource_deployment_status_change, report.build().unwrap()).unwrap();
    kit.settle();
    assert!(matches!(outputs(&kit), Err(Fault::NotFound(_))));
    let id = going.last_attempted_deployment_id.unwrap();
    let record = kit.read(|reader, ()| deployments::find(reader, &id), ()).unwrap();
    assert_eq!((record.results.outputs, record.results.resources), (Vec::new(), Vec::new()));
}

#[test]
fn what_was_built_is_listed() {
    let kit = Kit::shop();
    let input = ListEnvironmentProvisionedResourcesInput::builder().environment_name("staging").build().unwrap();
    let built = kit.read(list_environment_provisioned_resources, input).unwrap();
    assert_eq!((built.provisioned_resources.len(), built.next_token), (1, None));
    let input = ListEnvironmentProvisionedResourcesInput::builder().environment_name("none").build().unwrap();
    assert!(matches!(kit.read(list_environment_provisioned_resources, input), Err(Fault::NotFound(_))));
    let input = ListServicePipelineOutputsInput::builder().service_name("shop").build().unwrap();
    assert!(matches!(kit.read(list_service_pipeline_outputs, input), Err(Fault::NotFound(_))));
    let input = ListComponentOutputsInput::builder().component_name("queue").build().unwrap();
    assert!(matches!(kit.read(list_component_outputs, input), Err(Fault::NotFound(_))));
}
