//! Template sync configurations: created once, changed, ended.

use super::{asked, create, kit};
use crate::fault::Fault;
use crate::operations::repositories::{delete_repository, find as find_repository};
use crate::operations::template_sync::*;
use crate::testkit::Kit;
use proton_sdk::operation::delete_repository::DeleteRepositoryInput;
use proton_sdk::operation::delete_template_sync_config::DeleteTemplateSyncConfigInput;
use proton_sdk::operation::get_template_sync_config::GetTemplateSyncConfigInput;
use proton_sdk::operation::update_template_sync_config::UpdateTemplateSyncConfigInput;
use proton_sdk::types::{RepositoryProvider, TemplateSyncConfig, TemplateType};

fn get(kit: &Kit) -> Result<TemplateSyncConfig, Fault> {
    let input = GetTemplateSyncConfigInput::builder().template_name("net").template_type(TemplateType::Environment);
    kit.read(get_template_sync_config, input.build().unwrap()).map(|output| output.template_sync_config.unwrap())
}

pub(super) fn delete(kit: &Kit) -> Option<TemplateSyncConfig> {
    let input = DeleteTemplateSyncConfigInput::builder().template_name("net").template_type(TemplateType::Environment);
    kit.write(delete_template_sync_config, input.build().unwrap()).unwrap().template_sync_config
}

#[test]
fn a_template_is_synced_from_one_place() {
    let kit = kit();
    assert!(matches!(get(&kit), Err(Fault::NotFound(_))));
    let made = create(&kit, asked("net", "main")).unwrap();
    assert_eq!((made.branch(), made.subdirectory()), ("main", Some("templates")));
    assert_eq!(create(&kit, asked("net", "main")).unwrap(), made, "a repetition succeeds");
    assert!(matches!(create(&kit, asked("net", "other")), Err(Fault::Conflict(_))));
    assert_eq!(get(&kit).unwrap(), made);
    assert_eq!(delete(&kit), Some(made));
    assert_eq!(delete(&kit), None);
}

#[test]
fn template_and_repository_must_be_there() {
    let kit = kit();
    assert!(matches!(create(&kit, asked("other", "main")), Err(Fault::Validation(_))), "no such template");
    let unlinked = asked("net", "main").repository_provider(RepositoryProvider::Bitbucket);
    assert!(matches!(create(&kit, unlinked), Err(Fault::Validation(_))), "no such repository");
}

#[test]
fn an_update_replaces_the_place() {
    let kit = kit();
    let update = |repository: &str| {
        let input = UpdateTemplateSyncConfigInput::builder()
            .template_name("net")
            .template_type(TemplateType::Environment)
            .repository_provider(RepositoryProvider::Github)
            .repository_name(repository)
            .branch("next");
        kit.write(update_template_sync_config, input.build().unwrap())
            .map(|output| output.template_sync_config.unwrap())
    };
    assert!(matches!(update("me/templates"), Err(Fault::NotFound(_))), "nothing to update");
    create(&kit, asked("net", "main")).unwrap();
    assert!(matches!(update("me/other"), Err(Fault::NotFound(_))), "no such repository");
    let changed = update("me/templates").unwrap();
    assert_eq!((changed.branch(), changed.subdirectory()), ("next", None));
    assert_eq!(get(&kit).unwrap(), changed);
}

#[test]
fn a_repository_that_templates_come_from_stays_linked() {
    let kit = kit();
    create(&kit, asked("net", "main")).unwrap();
    let unlink = || {
        let input = DeleteRepositoryInput::builder().provider(RepositoryProvider::Github).name("me/templates");
        kit.write(delete_repository, input.build().unwrap())
    };
    assert!(matches!(unlink(), Err(Fault::Conflict(_))));
    delete(&kit);
    unlink().unwrap();
    let gone =
        kit.read(|reader, ()| find_repository(reader, &RepositoryProvider::Github, "me/templates").map(drop), ());
    assert!(gone.is_err());
}
