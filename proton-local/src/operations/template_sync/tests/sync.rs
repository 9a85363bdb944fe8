//! Syncs of a template: what becomes a version, what does not, and what is told of it.

use super::{asked, create, kit};
use crate::fault::Fault;
use crate::operations::repositories::{get_repository_sync_status, list_repository_sync_definitions};
use crate::operations::template_sync::get_template_sync_status;
use crate::operations::templates::create_service_template;
use crate::operations::versions::{TemplateKind, VersionRecord, find};
use crate::store::{Reader, StoreError};
use crate::testkit::{Kit, bundles};
use proton_sdk::operation::create_service_template::CreateServiceTemplateInput;
use proton_sdk::operation::get_repository_sync_status::GetRepositorySyncStatusInput;
use proton_sdk::operation::get_template_sync_status::{GetTemplateSyncStatusInput, GetTemplateSyncStatusOutput};
use proton_sdk::operation::list_repository_sync_definitions::ListRepositorySyncDefinitionsInput;
use proton_sdk::types::{
    Provisioning, RepositoryProvider, RepositorySyncAttempt, RepositorySyncStatus, ResourceSyncStatus, SyncType,
    TemplateType, TemplateVersionStatus,
};
use std::time::Duration;

/// Puts a good bundle's files, and one that differs by `text`, into a folder of branch `main`.
fn commit(kit: &Kit, folder: &str, text: &str) {
    unpack(kit, folder, &bundles::environment("{size: {type: integer, default: 1}}"));
    put(kit, &format!("{folder}/infrastructure/README.md"), text);
}

/// Puts a file into branch `main`.
fn put(kit: &Kit, path: &str, text: &str) {
    std::fs::write(kit.folder().join("repositories/me/templates/main").join(path), text).unwrap();
}

fn unpack(kit: &Kit, folder: &str, bundle: &[u8]) {
    let root = kit.folder().join("repositories/me/templates/main").join(folder);
    std::fs::create_dir_all(&root).unwrap();
    tar::Archive::new(flate2::read::GzDecoder::new(bundle)).unpack(&root).unwrap();
}

/// Lets the server look once more, and register what it finds.
fn look(kit: &Kit) {
    kit.advance(Duration::from_secs(5));
    kit.run_due_jobs();
    kit.advance(Duration::from_secs(2));
    kit.run_due_jobs();
}

fn status(kit: &Kit, major: &str) -> GetTemplateSyncStatusOutput {
    let input = GetTemplateSyncStatusInput::builder().template_name("net").template_type(TemplateType::Environment);
    kit.read(get_template_sync_status, input.template_version(major).build().unwrap()).unwrap()
}

fn of_branch(kit: &Kit, branch: &str) -> Result<RepositorySyncAttempt, Fault> {
    let input = GetRepositorySyncStatusInput::builder()
        .repository_provider(RepositoryProvider::Github)
        .repository_name("me/templates")
        .branch(branch)
        .sync_type(SyncType::TemplateSync);
    kit.read(get_repository_sync_status, input.build().unwrap()).map(|output| output.latest_sync.unwrap())
}

fn version(kit: &Kit, number: &str) -> Result<VersionRecord, Fault> {
    let (major, minor) = number.split_once('.').unwrap();
    kit.read(|reader, ()| find(reader, TemplateKind::Environment, "net", major, minor), ())
}

fn remove(kit: &Kit, number: &str) {
    use crate::operations::versions::delete_environment_template_version;
    use proton_sdk::operation::delete_environment_template_version::DeleteEnvironmentTemplateVersionInput;
    let (major, minor) = number.split_once('.').unwrap();
    let input = DeleteEnvironmentTemplateVersionInput::builder().template_name("net").major_version(major);
    kit.write(delete_environment_template_version, input.minor_version(minor).build().unwrap()).unwrap();
}

#[test]
fn each_majors_folder_becomes_a_draft() {
    let kit = kit();
    commit(&kit, "templates/deep/net/v1", "one");
    commit(&kit, "templates/deep/net/v3", "three");
    commit(&kit, "templates/later/net/v9", "another folder of the name");
    commit(&kit, "elsewhere/net/v8", "outside of the subdirectory");
    create(&kit, asked("net", "main")).unwrap();
    look(&kit);

    for (number, major) in [("1.0", "1"), ("3.0", "3")] {
        assert_eq!(version(&kit, number).ok().map(|version| version.status), Some(TemplateVersionStatus::Draft));
        let found = status(&kit, major);
        let latest = found.latest_sync.unwrap();
        assert_eq!(latest.status, ResourceSyncStatus::Succeeded);
        assert_eq!(latest.target, kit.arn(&format!("environment-template/net:{major}")));
        assert_eq!(found.latest_successful_sync.as_ref(), Some(&latest));
        assert_eq!(found.desired_state, latest.target_revision);
        assert_eq!(latest.target_revision.unwrap().directory, format!("templates/deep/net/v{major}"));
    }
    assert!(version(&kit, "8.0").is_err() && version(&kit, "9.0").is_err());
    assert_eq!(status(&kit, "9"), GetTemplateSyncStatusOutput::builder().build());
    let attempt = of_branch(&kit, "main").unwrap();
    assert_eq!((&attempt.status, attempt.events[0].r#type()), (&RepositorySyncStatus::Succeeded, "CONFIG_UPDATED"));
}

#[test]
fn a_look_that_finds_nothing_new_writes_nothing() {
    /// Another number after each commit of the writing thread.
    fn commits(kit: &Kit) -> i64 {
        let count = |reader: &Reader<'_>| {
            let count = reader.connection().pragma_query_value(None, "data_version", |row| row.get(0));
            Ok(count.map_err(StoreError::from)?)
        };
        kit.engine().store().read_here(kit.caller(), count).unwrap()
    }
    let kit = kit();
    commit(&kit, "templates/net/v1", "one");
    create(&kit, asked("net", "main")).unwrap();
    look(&kit);
    let before = commits(&kit);
    for _ in 0..5 {
        look(&kit);
    }
    assert_eq!(commits(&kit), before, "nothing is new");

    commit(&kit, "templates/net/v1", "two");
    look(&kit);
    assert!(version(&kit, "1.1").is_ok() && commits(&kit) != before);

    std::fs::remove_dir_all(kit.folder().join("repositories")).unwrap();
    look(&kit);
    let before = commits(&kit);
    look(&kit);
    assert_eq!(commits(&kit), before, "a failure is told once");

    let kit = kit.restart();
    commit(&kit, "templates/net/v1", "three");
    kit.run_due_jobs();
    look(&kit);
    assert!(version(&kit, "1.2").is_ok(), "a restart looks at once");
}

#[test]
fn new_content_becomes_a_minor_and_old_content_nothing() {
    let kit = kit();
    commit(&kit, "templates/net/v1", "one");
    create(&kit, asked("net", "main")).unwrap();
    look(&kit);
    let first = status(&kit, "1").latest_sync.unwrap();
    look(&kit);
    look(&kit);
    assert!(version(&kit, "1.1").is_err());
    assert_eq!(status(&kit, "1").latest_sync.as_ref(), Some(&first), "nothing was synced again");

    commit(&kit, "templates/net/v1", "two");
    look(&kit);
    assert_eq!(version(&kit, "1.1").ok().map(|version| version.status), Some(TemplateVersionStatus::Draft));
    let second = status(&kit, "1").latest_sync.unwrap();
    assert_eq!(second.initial_revision, first.target_revision);
    assert_ne!(second.target_revision, first.target_revision);
    assert_eq!(of_branch(&kit, "main").unwrap().events[0].r#type(), "STARTING_SYNC");

    remove(&kit, "1.1");
    look(&kit);
    assert!(version(&kit, "1.2").is_ok(), "the version of this content was deleted");
}

#[test]
fn a_commit_waits_while_a_version_is_being_registered() {
    let kit = kit();
    commit(&kit, "templates/net/v1", "one");
    create(&kit, asked("net", "main")).unwrap();
    kit.run_due_jobs();
    assert_eq!(status(&kit, "1").latest_sync.unwrap().status, ResourceSyncStatus::InProgress);
    commit(&kit, "templates/net/v1", "two");
    commit(&kit, "templates/net/v1", "three");
    look(&kit);
    look(&kit);
    look(&kit);
    assert!(version(&kit, "1.1").is_ok() && version(&kit, "1.2").is_err(), "both commits in one version");
}

#[test]
fn what_cannot_be_read_is_told_and_mended() {
    let kit = kit();
    create(&kit, asked("net", "main")).unwrap();
    look(&kit);
    let failed = of_branch(&kit, "main").unwrap();
    assert_eq!(failed.status, RepositorySyncStatus::Failed);
    assert!(failed.events[1].event().contains("cannot be read"), "{failed:?}");
    look(&kit);
    assert_eq!(of_branch(&kit, "main").unwrap(), failed, "told once");
    commit(&kit, "templates/net/v1", "one");
    look(&kit);
    assert_eq!(of_branch(&kit, "main").unwrap().status, RepositorySyncStatus::Succeeded);
}

#[test]
fn a_service_templates_folder_says_where_its_services_run() {
    let kit = kit();
    let template =
        CreateServiceTemplateInput::builder().name("web").pipeline_provisioning(Provisioning::CustomerManaged);
    kit.write(create_service_template, template.build().unwrap()).unwrap();
    commit(&kit, "templates/net/v1", "one");
    unpack(&kit, "templates/web/v2", &bundles::service("{port: {type: integer, default: 80}}"));
    create(&kit, asked("net", "main")).unwrap();
    create(&kit, asked("web", "main").template_type(TemplateType::Service)).unwrap();
    look(&kit);
    let latest = || {
        let input = GetTemplateSyncStatusInput::builder().template_name("web").template_type(TemplateType::Service);
        let output = kit.read(get_template_sync_status, input.template_version("2").build().unwrap()).unwrap();
        output.latest_sync.unwrap()
    };
    let failed = latest();
    assert_eq!(failed.status, ResourceSyncStatus::Failed);
    assert!(failed.events[0].event().contains(".template-registration.yaml is missing"), "{failed:?}");
    look(&kit);
    assert_eq!(latest(), failed, "told once");

    let about = "templates/web/v2/.template-registration.yaml";
    put(&kit, about, "compatible_environments: [net:1]\n");
    look(&kit);
    assert_eq!(latest().status, ResourceSyncStatus::Succeeded);
    put(&kit, about, "compatible_environments: [net:1]\nsupported_component_sources: [DIRECTLY_DEFINED]\n");
    look(&kit);
    let accepts = |minor: &'static str| {
        let version = |reader: &Reader<'_>, ()| find(reader, TemplateKind::Service, "web", "2", minor);
        let version = kit.read(version, ()).unwrap_or_else(|fault| panic!("{fault}"));
        (version.is_compatible_with("net", "1"), version.accepts_components())
    };
    assert_eq!((accepts("0"), accepts("1")), ((true, false), (true, true)));
}

#[test]
fn a_link_in_a_versions_folder_is_refused() {
    let kit = kit();
    commit(&kit, "templates/net/v1", "one");
    let folder = kit.folder().join("repositories/me/templates/main/templates/net/v1");
    std::os::unix::fs::symlink("/etc/passwd", folder.join("infrastructure/secret")).unwrap();
    create(&kit, asked("net", "main")).unwrap();
    look(&kit);
    let failed = of_branch(&kit, "main").unwrap();
    assert!(failed.events[1].event().contains("infrastructure/secret: a link is not taken"), "{failed:?}");
    assert!(version(&kit, "1.0").is_err());
}

#[test]
fn paths_stay_in_their_repository() {
    let kit = kit();
    for input in [asked("net", "../other"), asked("net", "main").subdirectory("../../secret")] {
        create(&kit, input).unwrap();
        kit.run_due_jobs();
        let record = kit
            .read(|reader, ()| Ok(reader.all::<super::super::TemplateSyncRecord>()?.remove(0)), ())
            .unwrap_or_else(|_| panic!());
        assert!(record.attempt.unwrap().events[1].event().contains("no folder's path"));
        super::config::delete(&kit);
    }
}

#[test]
fn a_sync_ends_with_its_configuration() {
    let kit = kit();
    create(&kit, asked("net", "main")).unwrap();
    super::config::delete(&kit);
    kit.settle();
    assert!(matches!(of_branch(&kit, "main"), Err(Fault::NotFound(_))));
}

#[test]
fn definitions_tell_what_comes_from_a_repository() {
    let kit = kit();
    create(&kit, asked("net", "main")).unwrap();
    let list = |kind: SyncType| {
        let input = ListRepositorySyncDefinitionsInput::builder().sync_type(kind).repository_name("me/templates");
        let input = input.repository_provider(RepositoryProvider::Github).build().unwrap();
        kit.read(list_repository_sync_definitions, input).map(|output| output.sync_definitions)
    };
    let found = list(SyncType::TemplateSync).unwrap().remove(0);
    assert_eq!((found.branch(), found.directory()), ("main", "templates"));
    assert_eq!(found.parent, kit.arn("repository/github:me/templates"));
    assert_eq!(found.target, kit.arn("environment-template/net"));
    assert!(matches!(list(SyncType::ServiceSync), Err(Fault::Validation(_))));
}
