//! How services are created and deleted.

use super::*;
use DeploymentStatus::{DeleteFailed, DeleteInProgress, Failed, InProgress, Succeeded};
use std::time::Duration;

#[test]
fn a_service_becomes_active_instances_first() {
    let kit = Kit::shop();
    let made = create(&kit, asked(spec(&["blue", "green"]))).unwrap();
    assert_eq!(made.status, ServiceStatus::CreateInProgress);
    assert_eq!(made.arn, kit.arn("service/shop"));
    assert_eq!(made.branch_name(), Some("main"));
    let pipeline = made.pipeline.unwrap();
    assert_eq!((pipeline.arn, pipeline.deployment_status), (kit.arn("service/shop/pipeline"), InProgress));
    assert_eq!(pipeline.last_attempted_deployment_id, None, "it waits for the instances");

    kit.advance(Duration::from_secs(1));
    kit.run_due_jobs();
    kit.advance(Duration::from_secs(10));
    kit.run_due_jobs();
    let (green, service) = (get_instance(&kit, "green").unwrap(), get(&kit).unwrap());
    assert_eq!((green.deployment_status, service.status), (Succeeded, ServiceStatus::CreateInProgress));
    assert!(service.pipeline.unwrap().last_attempted_deployment_id.is_some());

    kit.settle();
    let service = get(&kit).unwrap();
    assert_eq!((service.status, service.status_message), (ServiceStatus::Active, None));
    let names = ["blue", "green", "pipeline"].map(|name| (name.to_owned(), Succeeded));
    assert_eq!(statuses(&kit), names);
}

#[test]
fn a_service_goes_with_all_it_has() {
    let kit = shop(&["blue", "green"]);
    let going = delete(&kit).unwrap().unwrap();
    assert_eq!(going.status, ServiceStatus::DeleteInProgress);
    let names = ["blue", "green", "pipeline"].map(|name| (name.to_owned(), DeleteInProgress));
    assert_eq!(statuses(&kit), names);
    assert_eq!(delete(&kit).unwrap(), Some(going), "the same details while it goes");
    kit.settle();
    is_not_found(get(&kit), "service/shop");
    is_not_found(get_instance(&kit, "blue"), "service/shop/service-instance/blue");
    assert_eq!(delete(&kit).unwrap(), None);
}
