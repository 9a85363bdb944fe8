//! Service sync: configurations, and blockers after changes by hand.

mod sync;

use crate::fault::Fault;
use crate::operations::repositories::create_repository;
use crate::operations::service_sync::*;
use crate::testkit::Kit;
use proton_sdk::operation::create_repository::CreateRepositoryInput;
use proton_sdk::operation::create_service_sync_config::CreateServiceSyncConfigInput;
use proton_sdk::operation::delete_service_sync_config::DeleteServiceSyncConfigInput;
use proton_sdk::operation::get_service_sync_blocker_summary::GetServiceSyncBlockerSummaryInput;
use proton_sdk::operation::get_service_sync_config::GetServiceSyncConfigInput;
use proton_sdk::operation::update_service_sync_blocker::{
    UpdateServiceSyncBlockerInput, UpdateServiceSyncBlockerOutput,
};
use proton_sdk::operation::update_service_sync_config::UpdateServiceSyncConfigInput;
use proton_sdk::types::{BlockerStatus, RepositoryProvider, ServiceSyncConfig, SyncBlocker};
use std::time::Duration;

/// A kit with a linked repository `me/web`.
fn kit() -> Kit {
    let kit = Kit::new();
    link(&kit);
    kit
}

fn link(kit: &Kit) {
    let repository = CreateRepositoryInput::builder().provider(RepositoryProvider::Github).name("me/web");
    kit.write(create_repository, repository.connection_arn("arn:c").build().unwrap()).unwrap();
}

fn create(kit: &Kit, repository: &str, branch: &str) -> Result<ServiceSyncConfig, Fault> {
    let input = CreateServiceSyncConfigInput::builder()
        .service_name("web")
        .repository_provider(RepositoryProvider::Github)
        .repository_name(repository)
        .branch(branch)
        .file_path("ops.yaml");
    let output = kit.write(create_service_sync_config, input.build().unwrap())?;
    Ok(output.service_sync_config.unwrap())
}

fn delete(kit: &Kit) -> Option<ServiceSyncConfig> {
    let input = DeleteServiceSyncConfigInput::builder().service_name("web").build().unwrap();
    kit.write(delete_service_sync_config, input).unwrap().service_sync_config
}

fn block(kit: &Kit, instance: Option<&'static str>, reason: &'static str) {
    kit.write(move |writer, ()| raise(writer, "web", instance, reason), ()).unwrap();
}

fn blockers(kit: &Kit, instance: Option<&str>) -> Result<Vec<SyncBlocker>, Fault> {
    let input = GetServiceSyncBlockerSummaryInput::builder().service_name("web");
    let input = input.set_service_instance_name(instance.map(str::to_owned)).build().unwrap();
    let summary = kit.read(get_service_sync_blocker_summary, input)?.service_sync_blocker_summary.unwrap();
    assert_eq!((summary.service_name(), summary.service_instance_name()), ("web", instance));
    Ok(summary.latest_blockers.unwrap_or_default())
}

fn resolve(kit: &Kit, id: &str, reason: &str) -> Result<UpdateServiceSyncBlockerOutput, Fault> {
    let input = UpdateServiceSyncBlockerInput::builder().id(id).resolved_reason(reason).build().unwrap();
    kit.write(update_service_sync_blocker, input)
}

#[test]
fn a_service_is_synced_from_one_file() {
    let kit = kit();
    let get = || {
        let input = GetServiceSyncConfigInput::builder().service_name("web").build().unwrap();
        kit.read(get_service_sync_config, input).map(|output| output.service_sync_config.unwrap())
    };
    assert!(matches!(get(), Err(Fault::NotFound(_))));
    assert!(matches!(create(&kit, "me/other", "main"), Err(Fault::Validation(_))), "the repository is not linked");
    let made = create(&kit, "me/web", "main").unwrap();
    assert_eq!(create(&kit, "me/web", "main").unwrap(), made);
    assert!(matches!(create(&kit, "me/web", "other"), Err(Fault::Conflict(_))));
    assert_eq!(get().unwrap(), made);

    let update = |repository: &str| {
        let input = UpdateServiceSyncConfigInput::builder()
            .service_name("web")
            .repository_provider(RepositoryProvider::Github)
            .repository_name(repository)
            .branch("next")
            .file_path("other.yaml");
        kit.write(update_service_sync_config, input.build().unwrap()).map(|output| output.service_sync_config.unwrap())
    };
    assert!(matches!(update("me/other"), Err(Fault::NotFound(_))));
    let changed = update("me/web").unwrap();
    assert_eq!((changed.branch(), changed.file_path()), ("next", "other.yaml"));
    assert_eq!(delete(&kit), Some(changed));
    assert_eq!(delete(&kit), None);
    assert!(matches!(update("me/web"), Err(Fault::NotFound(_))));
}

#[test]
fn a_change_by_hand_blocks_until_it_is_resolved() {
    let kit = kit();
    create(&kit, "me/web", "main").unwrap();
    block(&kit, Some("blue"), "changed by hand");
    block(&kit, Some("blue"), "changed again");
    let found = blockers(&kit, Some("blue")).unwrap();
    let [blocker] = &found[..] else { panic!("one blocker: {found:?}") };
    assert_eq!((&blocker.status, blocker.created_reason()), (&BlockerStatus::Active, "changed by hand"));
    assert_eq!(blocker.contexts()[1].value(), "blue");
    assert!(blockers(&kit, None).unwrap().is_empty(), "the service as a whole is free");

    kit.advance(Duration::from_secs(60));
    let resolved = resolve(&kit, &blocker.id, "as it should be").unwrap();
    assert_eq!((resolved.service_name(), resolved.service_instance_name()), ("web", Some("blue")));
    let shown = resolved.service_sync_blocker.unwrap();
    assert_eq!((&shown.status, shown.resolved_reason()), (&BlockerStatus::Resolved, Some("as it should be")));
    assert_eq!(shown.resolved_at.unwrap().secs() - shown.created_at.secs(), 60);
    assert_eq!(resolve(&kit, &blocker.id, "again").unwrap().service_sync_blocker, Some(shown.clone()));

    block(&kit, Some("blue"), "once more");
    let found = blockers(&kit, Some("blue")).unwrap();
    assert_eq!((found[0].created_reason(), &found[1]), ("once more", &shown), "the newest first");
}

#[test]
fn blockers_belong_to_a_synced_service() {
    let kit = kit();
    assert!(matches!(blockers(&kit, None), Err(Fault::NotFound(_))));
    block(&kit, None, "nothing is synced");
    create(&kit, "me/web", "main").unwrap();
    assert!(blockers(&kit, None).unwrap().is_empty());
    block(&kit, None, "an instance was deleted");
    let id = blockers(&kit, None).unwrap().remove(0).id;
    delete(&kit);
    create(&kit, "me/web", "main").unwrap();
    assert!(blockers(&kit, None).unwrap().is_empty(), "they end with the configuration");
    assert!(matches!(resolve(&kit, &id, "late"), Err(Fault::NotFound(_))));
}
