//! How services go.

use super::*;
use crate::operations::components::{create_component, update_component};
use DeploymentStatus::{DeleteFailed, DeleteInProgress};
use proton_sdk::operation::update_component::UpdateComponentInput;
use proton_sdk::types::ComponentDeploymentUpdateType;

#[test]
fn a_service_goes_with_all_it_has() {
    let kit = shop(&["blue", "green"]);
    let going = delete(&kit).unwrap().unwrap();
    assert_eq!(going.status, ServiceStatus::DeleteInProgress);
    assert_eq!(statuses(&kit), all(DeleteInProgress, &["blue", "green", "pipeline"]));
    assert_eq!(delete(&kit).unwrap(), Some(going), "the same details while it goes");
    kit.settle();
    is_not_found(get(&kit), "service/shop");
    is_not_found(get_instance(&kit, "blue"), "service/shop/service-instance/blue");
    assert_eq!(delete(&kit).unwrap(), None);
    create(&kit, asked(spec(&["blue"]))).unwrap();
}

#[test]
fn a_service_that_changes_is_not_deleted() {
    let kit = Kit::shop();
    create(&kit, asked(spec(&["blue"]))).unwrap();
    is_conflict(delete(&kit), "CREATE_IN_PROGRESS");
    kit.settle();
    update_instance(&kit, current("blue")).unwrap();
    is_conflict(delete(&kit), "service-instance/blue");
}

#[test]
fn what_could_not_be_removed_is_tried_again() {
    let kit = shop(&["blue", "green"]).now_failing(&["green"]);
    delete(&kit).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::DeleteFailed);
    assert_eq!(statuses(&kit), all(DeleteFailed, &["green"]));
    is_conflict(update(&kit, spec(&["green"])), "Delete it again");
    is_conflict(update_instance(&kit, current("green")), "Delete it again");
    is_conflict(create(&kit, asked(spec(&["blue", "green"]))), "changed since");

    let kit = kit.now_failing(&[]);
    assert_eq!(delete(&kit).unwrap().unwrap().status, ServiceStatus::DeleteInProgress);
    kit.settle();
    is_not_found(get(&kit), "service/shop");
}

#[test]
fn an_attached_component_holds_its_service() {
    let kit = shop(&["blue"]);
    kit.write(create_component, queue()).unwrap();
    kit.settle();
    is_conflict(delete(&kit), "queue");
    let detach = UpdateComponentInput::builder()
        .name("queue")
        .service_name("")
        .service_instance_name("")
        .deployment_type(ComponentDeploymentUpdateType::CurrentVersion);
    kit.write(update_component, detach.build().unwrap()).unwrap();
    kit.settle();
    delete(&kit).unwrap();
    kit.settle();
    is_not_found(get(&kit), "service/shop");
}
