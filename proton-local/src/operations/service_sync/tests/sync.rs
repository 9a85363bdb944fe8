//! Syncs of a service: what is created and updated, and what is left alone.

use super::{blockers, create, delete, link, resolve};
use crate::operations::repositories::get_repository_sync_status;
use crate::operations::service_sync::get_service_instance_sync_status;
use crate::operations::services::{create_service, find_instance, update_service_instance};
use crate::testkit::Kit;
use proton_sdk::operation::create_service::CreateServiceInput;
use proton_sdk::operation::get_repository_sync_status::GetRepositorySyncStatusInput;
use proton_sdk::operation::get_service_instance_sync_status::{
    GetServiceInstanceSyncStatusInput, GetServiceInstanceSyncStatusOutput,
};
use proton_sdk::operation::update_service_instance::UpdateServiceInstanceInput;
use proton_sdk::types::{
    DeploymentStatus, DeploymentUpdateType, RepositoryProvider, RepositorySyncAttempt, RepositorySyncStatus,
    ResourceSyncStatus, ServiceInstance, SyncType,
};
use std::time::Duration;

/// A service `web` with instance `blue`, and a linked repository.
fn kit() -> Kit {
    let kit = Kit::shop();
    link(&kit);
    let input = CreateServiceInput::builder().name("web").template_name("jobs").template_major_version("1");
    kit.write(create_service, input.spec(spec(&[("blue", 1)])).build().unwrap()).unwrap();
    kit.settle();
    kit
}

fn spec(instances: &[(&str, u32)]) -> String {
    let instances = instances
        .iter()
        .map(|(name, copies)| format!("- name: {name}\n  environment: staging\n  spec: {{copies: {copies}}}\n"));
    format!("proton: ServiceSpec\ninstances:\n{}", instances.collect::<String>())
}

/// Puts a file into the repository.
fn commit(kit: &Kit, path: &str, text: &str) {
    let path = kit.folder().join("repositories/me/web").join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// An ops file that takes these instances of `web` from `spec.yaml` of branch `live`.
fn ops(kit: &Kit, instances: &[&str]) {
    let instances = instances.iter().map(|name| format!("      {name}: {{branch: live, spec: spec.yaml}}\n"));
    commit(kit, "main/ops.yaml", &format!("sync:\n  services:\n    web:\n{}", instances.collect::<String>()));
}

/// Lets the server look until deployments that it began have ended.
fn look(kit: &Kit) {
    for _ in 0..5 {
        kit.advance(Duration::from_secs(5));
        kit.run_due_jobs();
    }
}

fn instance(kit: &Kit, name: &str) -> Option<ServiceInstance> {
    kit.read(|reader, name| find_instance(reader, "web", name), name).ok().map(|record| record.instance)
}

fn status(kit: &Kit, name: &str) -> GetServiceInstanceSyncStatusOutput {
    let input = GetServiceInstanceSyncStatusInput::builder().service_name("web").service_instance_name(name);
    kit.read(get_service_instance_sync_status, input.build().unwrap()).unwrap()
}

fn of_branch(kit: &Kit) -> RepositorySyncAttempt {
    let input = GetRepositorySyncStatusInput::builder()
        .repository_provider(RepositoryProvider::Github)
        .repository_name("me/web")
        .branch("main")
        .sync_type(SyncType::ServiceSync);
    kit.read(get_repository_sync_status, input.build().unwrap()).unwrap().latest_sync.unwrap()
}

fn update_by_hand(kit: &Kit, text: &str) {
    let input = UpdateServiceInstanceInput::builder().service_name("web").name("blue").spec(text);
    let input = input.deployment_type(DeploymentUpdateType::CurrentVersion).build().unwrap();
    kit.write(update_service_instance, input).unwrap();
}

#[test]
fn instances_of_the_ops_file_are_created_and_updated() {
    let kit = kit();
    ops(&kit, &["blue", "green"]);
    commit(&kit, "live/spec.yaml", &spec(&[("blue", 2), ("green", 3)]));
    create(&kit, "me/web", "main").unwrap();
    look(&kit);
    for (name, copies) in [("blue", "copies: 2"), ("green", "copies: 3")] {
        let found = instance(&kit, name).unwrap();
        assert_eq!(found.deployment_status, DeploymentStatus::Succeeded);
        assert!(found.spec().unwrap().contains(copies), "{name}");
        let told = status(&kit, name);
        let latest = told.latest_sync.unwrap();
        assert_eq!((&latest.status, latest.target()), (&ResourceSyncStatus::Succeeded, found.arn()));
        assert_eq!(told.latest_successful_sync.as_ref(), Some(&latest));
        let revision = latest.target_revision.unwrap();
        assert_eq!((revision.branch(), revision.directory()), ("live", "spec.yaml"));
        assert!(blockers(&kit, Some(name)).unwrap().is_empty(), "a sync does not block itself");
    }
    assert_eq!(of_branch(&kit).status, RepositorySyncStatus::Succeeded);

    let deployed = instance(&kit, "blue").unwrap().last_attempted_deployment_id;
    look(&kit);
    assert_eq!(instance(&kit, "blue").unwrap().last_attempted_deployment_id, deployed, "nothing is new");
}

#[test]
fn what_the_ops_file_does_not_name_is_left_alone() {
    let kit = kit();
    ops(&kit, &["green"]);
    commit(&kit, "live/spec.yaml", &spec(&[("blue", 2), ("green", 3)]));
    create(&kit, "me/web", "main").unwrap();
    look(&kit);
    assert!(instance(&kit, "blue").unwrap().spec().unwrap().contains("copies: 1"));
    assert_eq!(status(&kit, "blue"), GetServiceInstanceSyncStatusOutput::builder().build());
    delete(&kit);
    assert!(instance(&kit, "green").is_some(), "the end of the sync removes no instance");
}

#[test]
fn what_was_changed_by_hand_waits_for_its_blocker() {
    let kit = kit();
    ops(&kit, &["blue"]);
    commit(&kit, "live/spec.yaml", &spec(&[("blue", 2)]));
    create(&kit, "me/web", "main").unwrap();
    look(&kit);
    update_by_hand(&kit, &spec(&[("blue", 7)]));
    commit(&kit, "live/spec.yaml", &spec(&[("blue", 3)]));
    look(&kit);
    assert!(instance(&kit, "blue").unwrap().spec().unwrap().contains("copies: 7"));
    let blocker = blockers(&kit, Some("blue")).unwrap().remove(0);
    assert_eq!(blocker.created_reason, "The instance was updated by hand.");
    resolve(&kit, &blocker.id, "as it should be").unwrap();
    look(&kit);
    assert!(instance(&kit, "blue").unwrap().spec().unwrap().contains("copies: 3"));
}

#[test]
fn what_cannot_be_deployed_is_told_and_tried_again() {
    let kit = kit();
    ops(&kit, &["blue", "green"]);
    create(&kit, "me/web", "main").unwrap();
    look(&kit);
    let failed = status(&kit, "blue").latest_sync.unwrap();
    assert_eq!(failed.status, ResourceSyncStatus::Failed);
    assert!(failed.events[0].event().contains("spec.yaml of live cannot be read"), "{failed:?}");
    look(&kit);
    assert_eq!(status(&kit, "blue").latest_sync, Some(failed), "told once");
    commit(&kit, "live/spec.yaml", &spec(&[("blue", 2)]));
    look(&kit);
    assert_eq!(status(&kit, "blue").latest_sync.unwrap().status, ResourceSyncStatus::Succeeded);
    let green = status(&kit, "green").latest_sync.unwrap();
    assert_eq!(green.status, ResourceSyncStatus::Failed, "the spec has no such instance");
    assert!(instance(&kit, "green").is_none());
}

#[test]
fn an_ops_file_that_cannot_be_read_is_told() {
    let kit = kit();
    create(&kit, "me/web", "main").unwrap();
    for (text, said) in [
        ("sync: [\n", "ops.yaml, line 2"),
        ("services: {}", "ops.yaml has no sync.services"),
        ("sync: {services: {web: {blue: main}}}", "web.blue must be a map with branch and spec"),
    ] {
        commit(&kit, "main/ops.yaml", text);
        look(&kit);
        let failed = of_branch(&kit);
        assert_eq!(failed.status, RepositorySyncStatus::Failed);
        assert!(failed.events[0].event().contains(said), "{failed:?}");
    }
}
