//! How services are updated.

use super::*;
use crate::operations::components::create_component;
use crate::settings::Settings;
use DeploymentStatus::{DeleteFailed, DeleteInProgress, Failed, InProgress, Succeeded};
use std::time::Duration;

fn pairs(pairs: &[(&str, DeploymentStatus)]) -> Vec<(String, DeploymentStatus)> {
    pairs.iter().map(|(name, status)| ((*name).to_owned(), status.clone())).collect()
}

#[test]
fn instances_come_then_go_and_the_pipeline_follows() {
    let kit = shop(&["blue", "green"]);
    let pipeline = get(&kit).unwrap().pipeline.unwrap();
    let updating = update(&kit, spec(&["green", "red"])).unwrap();
    assert_eq!(updating.status, ServiceStatus::UpdateInProgress);
    assert_eq!(updating.spec, spec(&["green", "red"]));
    let began = [("blue", DeleteInProgress), ("green", Succeeded), ("red", InProgress), ("pipeline", InProgress)];
    assert_eq!(statuses(&kit), pairs(&began));

    kit.run_due_jobs();
    kit.advance(Duration::from_secs(9));
    kit.run_due_jobs();
    let blue = get_instance(&kit, "blue").unwrap();
    assert_eq!(blue.last_attempted_deployment_id, blue.last_succeeded_deployment_id, "its removal waits for red");
    kit.advance(Duration::from_secs(1));
    kit.run_due_jobs();
    assert_eq!(get_instance(&kit, "red").unwrap().deployment_status, Succeeded);
    let blue = get_instance(&kit, "blue").unwrap();
    assert_ne!(blue.last_attempted_deployment_id, blue.last_succeeded_deployment_id, "it has begun");
    let waiting = get(&kit).unwrap().pipeline.unwrap();
    assert_eq!(waiting.last_attempted_deployment_id, pipeline.last_attempted_deployment_id);

    kit.settle();
    let service = get(&kit).unwrap();
    assert_eq!((service.status, service.spec), (ServiceStatus::Active, spec(&["green", "red"])));
    assert_eq!(statuses(&kit), all(Succeeded, &["green", "red", "pipeline"]));
    let deployed = service.pipeline.unwrap();
    assert_ne!(deployed.last_succeeded_deployment_id, pipeline.last_succeeded_deployment_id);
    assert_eq!(deployed.spec, Some(spec(&["green", "red"])));
    is_not_found(get_instance(&kit, "blue"), "service-instance/blue");
}

#[test]
fn a_description_takes_no_deployment() {
    let kit = shop(&["blue"]);
    kit.advance(Duration::from_secs(1));
    let before = get(&kit).unwrap();
    let after = describe(&kit, "A shop");
    assert_eq!((&after.status, after.description()), (&ServiceStatus::Active, Some("A shop")));
    assert!(after.last_modified_at > before.last_modified_at);
    assert!(!kit.run_next_job());
}

#[test]
fn what_stays_is_not_changed_this_way() {
    let kit = shop(&["blue"]);
    let good = spec(&["blue", "red"]);
    is_validation(update(&kit, good.replacen("copies: 1", "copies: 2", 1)), "instance blue");
    is_validation(update(&kit, good.replacen("staging", "other", 1)), "instance blue");
    is_validation(update(&kit, good.replace("make", "make all")), "UpdateServicePipeline");
    assert_eq!(get(&kit).unwrap().spec, spec(&["blue"]));
    assert_eq!(statuses(&kit), all(Succeeded, &["blue", "pipeline"]));
}

#[test]
fn what_stays_may_be_written_in_another_way() {
    let kit = shop(&["blue"]);
    let same = "proton: \"ServiceSpec\"\npipeline:\n  test_command: 'make'\ninstances:\n  - spec:\n      copies: 1\n    \
                name: blue\n    environment: staging\n";
    update(&kit, same).unwrap();
    kit.settle();
    let service = get(&kit).unwrap();
    assert_eq!((service.status, service.spec.as_str()), (ServiceStatus::Active, same));
}

#[test]
fn an_added_instance_takes_the_newest_version_of_the_others() {
    let kit = shop(&["blue", "green"]);
    kit.publish_service("web", Some("1"), "1");
    update(&kit, spec(&["blue", "green", "red"])).unwrap();
    kit.settle();
    assert_eq!(get_instance(&kit, "red").unwrap().template_minor_version, "0");
    update_instance(&kit, current("green").deployment_type(DeploymentUpdateType::MinorVersion)).unwrap();
    kit.settle();
    update(&kit, spec(&["blue", "green", "red", "gold"])).unwrap();
    kit.settle();
    assert_eq!(get_instance(&kit, "gold").unwrap().template_minor_version, "1");
}

#[test]
fn where_an_instance_does_not_come_up_all_is_as_before() {
    let kit = shop(&["blue", "green"]).now_failing_to_deploy(&["gold"]);
    let pipeline = get(&kit).unwrap().pipeline;
    update(&kit, spec(&["green", "gold", "red"])).unwrap();
    kit.run_due_jobs();
    kit.advance(Duration::from_secs(10));
    kit.run_due_jobs();
    let service = get(&kit).unwrap();
    assert_eq!(service.status, ServiceStatus::UpdateFailedCleanupInProgress);
    assert_eq!((&service.spec, &service.pipeline), (&spec(&["blue", "green"]), &pipeline));
    let cleaning = [("blue", Succeeded), ("gold", DeleteInProgress), ("green", Succeeded), ("red", DeleteInProgress)];
    assert_eq!(statuses(&kit)[..4], pairs(&cleaning));

    kit.settle();
    let service = get(&kit).unwrap();
    assert_eq!(service.status, ServiceStatus::UpdateFailedCleanupComplete);
    assert!(service.status_message.unwrap().contains("service-instance/gold"));
    assert_eq!(statuses(&kit), all(Succeeded, &["blue", "green", "pipeline"]));
    assert_eq!(service.pipeline, pipeline, "it was not deployed");

    let kit = kit.now_failing(&[]);
    update(&kit, spec(&["gold"])).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
    assert_eq!(statuses(&kit), all(Succeeded, &["gold", "pipeline"]));
}

#[test]
fn what_the_way_back_leaves_counts_and_is_removed_next_time() {
    let mut settings = Settings::default();
    settings.quotas.instances_per_service = 2;
    let kit = Kit::shop_with(settings);
    create(&kit, asked(spec(&["blue"]))).unwrap();
    kit.settle();
    let kit = kit.now_failing(&["gold"]);
    update(&kit, spec(&["blue", "gold"])).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::UpdateFailedCleanupFailed);
    assert_eq!(get(&kit).unwrap().spec, spec(&["blue"]));
    assert_eq!(get_instance(&kit, "gold").unwrap().deployment_status, DeleteFailed);

    is_conflict(update(&kit, spec(&["blue", "gold"])), "service-instance/gold");
    assert!(matches!(update(&kit, spec(&["blue", "red"])), Err(Fault::Quota(_))), "gold is still there");
    let kit = kit.now_failing(&[]);
    update(&kit, spec(&["blue"])).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
    assert_eq!(statuses(&kit), all(Succeeded, &["blue", "pipeline"]));
}

#[test]
fn where_a_removal_fails_the_rest_of_the_update_stands() {
    let kit = shop(&["blue", "green"]).now_failing(&["blue"]);
    let before = get(&kit).unwrap().pipeline.unwrap();
    update(&kit, spec(&["green", "red"])).unwrap();
    kit.settle();
    let service = get(&kit).unwrap();
    assert_eq!(service.status, ServiceStatus::UpdateCompleteCleanupFailed);
    assert!(service.status_message.unwrap().contains("service-instance/blue"));
    assert_eq!(service.spec, spec(&["green", "red"]));
    assert_ne!(service.pipeline.unwrap().last_succeeded_deployment_id, before.last_succeeded_deployment_id);
    let left = [("blue", DeleteFailed), ("green", Succeeded), ("red", Succeeded), ("pipeline", Succeeded)];
    assert_eq!(statuses(&kit), pairs(&left));

    let kit = kit.now_failing(&[]);
    update(&kit, spec(&["green", "red"])).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
    is_not_found(get_instance(&kit, "blue"), "service-instance/blue");
}

#[test]
fn where_the_pipeline_fails_nothing_is_taken_back() {
    let kit = shop(&["blue"]).now_failing(&["shop"]);
    update(&kit, spec(&["red"])).unwrap();
    kit.settle();
    let service = get(&kit).unwrap();
    assert_eq!((service.status, service.spec), (ServiceStatus::UpdateFailed, spec(&["red"])));
    assert_eq!(statuses(&kit), pairs(&[("red", Succeeded), ("pipeline", Failed)]));
}

#[test]
fn one_change_at_a_time() {
    let kit = shop(&["blue"]);
    update_instance(&kit, current("blue")).unwrap();
    is_conflict(update(&kit, spec(&["blue", "red"])), "service-instance/blue");
    kit.settle();
    update_pipeline(&kit, &spec(&["blue"]), DeploymentUpdateType::CurrentVersion).unwrap();
    is_conflict(update(&kit, spec(&["blue", "red"])), "service/shop/pipeline");
    kit.settle();
    update(&kit, spec(&["blue", "red"])).unwrap();
    is_conflict(update(&kit, spec(&["blue"])), "UPDATE_IN_PROGRESS");
    is_conflict(update_instance(&kit, current("blue")), "UPDATE_IN_PROGRESS");
    kit.settle();
    delete(&kit).unwrap();
    is_conflict(update(&kit, spec(&["blue"])), "DELETE_IN_PROGRESS");
}

#[test]
fn an_instance_with_a_component_stays() {
    let kit = shop(&["blue", "green"]);
    kit.write(create_component, queue()).unwrap();
    kit.settle();
    is_conflict(update(&kit, spec(&["green"])), "queue");
    update(&kit, spec(&["blue"])).unwrap();
}

#[test]
fn there_is_always_an_instance() {
    let kit = shop(&["blue"]);
    is_validation(update(&kit, "proton: ServiceSpec\npipeline: {test_command: make}\ninstances: []\n"), "instance");
    is_validation(update(&kit, "proton: ServiceSpec\npipeline: {test_command: make}\n"), "instances");
    is_validation(update(&kit, spec(&["blue", "blue"])), "another instance is called blue");
    is_validation(update(&kit, "proton: EnvironmentSpec\nspec: {}\n"), "ServiceSpec");
    is_validation(update(&kit, "{"), "");
}

/// Whatever commit is the last before a kill, an update comes to the same end.
#[test]
fn every_way_of_an_update_survives_a_restart_after_every_job() {
    for (failing, end) in [
        ("", ServiceStatus::Active),
        ("red", ServiceStatus::UpdateFailedCleanupFailed),
        ("blue", ServiceStatus::UpdateCompleteCleanupFailed),
        ("shop", ServiceStatus::UpdateFailed),
    ] {
        let mut kit = shop(&["blue", "green"]).now_failing(&[failing]);
        update(&kit, spec(&["green", "red"])).unwrap();
        while kit.run_next_job() {
            kit = kit.restart();
        }
        assert_eq!(get(&kit).unwrap().status, end, "{failing} fails");
    }
}
