//! How pipelines are updated.

use super::*;
use DeploymentStatus::{Cancelled, Cancelling, InProgress, Succeeded};
use DeploymentUpdateType::{CurrentVersion, MajorVersion, MinorVersion};
use proton_sdk::operation::cancel_service_pipeline_deployment::CancelServicePipelineDeploymentInput;

fn cancel(kit: &Kit) -> Result<ServicePipeline, Fault> {
    let input = CancelServicePipelineDeploymentInput::builder().service_name("shop").build().unwrap();
    kit.write(cancel_service_pipeline_deployment, input).map(|output| output.pipeline.unwrap())
}

fn pipeline(kit: &Kit) -> ServicePipeline {
    get(kit).unwrap().pipeline.unwrap()
}

#[test]
fn a_pipeline_shows_its_new_state_once_it_is_deployed() {
    let kit = shop(&["blue"]);
    kit.publish_service("web", Some("1"), "1");
    let new = spec(&["blue"]).replace("make", "make all");
    let updating = update_pipeline(&kit, &new, MinorVersion).unwrap();
    assert_eq!((updating.deployment_status, updating.template_minor_version.as_str()), (InProgress, "0"));
    assert_eq!(updating.spec, Some(spec(&["blue"])));
    assert_eq!(get(&kit).unwrap().spec, new, "the service shows the newest");
    kit.settle();
    let updated = pipeline(&kit);
    assert_eq!((updated.deployment_status, updated.template_minor_version.as_str()), (Succeeded, "1"));
    assert_eq!(updated.spec, Some(new));
    assert_eq!(get_instance(&kit, "blue").unwrap().template_minor_version, "0", "instances stay");
}

#[test]
fn a_pipeline_may_go_to_another_major_version() {
    let kit = shop(&["blue"]);
    kit.publish_service("web", None, "1");
    update_pipeline(&kit, &spec(&["blue"]), MajorVersion).unwrap();
    kit.settle();
    assert_eq!(pipeline(&kit).template_major_version, "2");
}

#[test]
fn no_deployment_changes_nothing() {
    let kit = shop(&["blue"]);
    let before = get(&kit).unwrap();
    let spec = spec(&["blue"]).replace("make", "make all");
    update_pipeline(&kit, &spec, DeploymentUpdateType::None).unwrap();
    assert_eq!(get(&kit).unwrap(), before);
}

#[test]
fn a_cancelled_update_leaves_the_state_before() {
    let kit = shop(&["blue"]);
    let before = pipeline(&kit);
    update_pipeline(&kit, &spec(&["blue"]).replace("make", "make all"), CurrentVersion).unwrap();
    assert_eq!(cancel(&kit).unwrap().deployment_status, Cancelling);
    is_conflict(cancel(&kit), "CANCELLING");
    kit.settle();
    let after = pipeline(&kit);
    assert_eq!((after.deployment_status, after.spec), (Cancelled, before.spec));
    assert_eq!(after.deployment_status_message.as_deref(), Some("User initiated cancellation."));
    assert_eq!(after.last_succeeded_deployment_id, before.last_succeeded_deployment_id);
    is_conflict(cancel(&kit), "CANCELLED");
}

#[test]
fn a_pipeline_that_waits_for_instances_has_nothing_to_cancel() {
    let kit = Kit::shop();
    create(&kit, asked(spec(&["blue"]))).unwrap();
    is_conflict(cancel(&kit), "no deployment in progress");
    kit.settle();
    update(&kit, spec(&["blue", "red"])).unwrap();
    is_conflict(cancel(&kit), "no deployment in progress");
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
}

#[test]
fn a_pipeline_must_be_there_and_idle() {
    let kit = Kit::shop();
    let spec = spec(&["blue"]);
    is_not_found(update_pipeline(&kit, &spec, CurrentVersion), "service/shop");
    create(&kit, asked_jobs(&["blue"])).unwrap();
    kit.settle();
    is_not_found(update_pipeline(&kit, &spec, CurrentVersion), "service/shop/pipeline");
    is_not_found(cancel(&kit), "service/shop/pipeline");
    let kit = shop(&["blue"]);
    update_pipeline(&kit, &spec, CurrentVersion).unwrap();
    is_conflict(update_pipeline(&kit, &spec, CurrentVersion), "service/shop/pipeline");
}
