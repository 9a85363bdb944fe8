//! Account settings: set, kept, cleared.

use super::*;
use crate::operations::repositories::create_repository;
use crate::testkit::Kit;
use proton_sdk::operation::create_repository::CreateRepositoryInput;
use proton_sdk::types::{RepositoryBranchInput, RepositoryProvider};

const ROLE: &str = "arn:aws:iam::111111111111:role/pipelines";

fn get(kit: &Kit) -> AccountSettings {
    let input = GetAccountSettingsInput::builder().build().unwrap();
    kit.read(get_account_settings, input).unwrap().account_settings.unwrap()
}

fn branch() -> RepositoryBranchInput {
    let branch = RepositoryBranchInput::builder().provider(RepositoryProvider::Github).name("me/infra").branch("main");
    branch.build().unwrap()
}

#[test]
fn an_untouched_account_has_none() {
    assert_eq!(get(&Kit::new()), AccountSettings::builder().build());
}

#[test]
fn an_update_changes_what_it_names_and_clears_what_is_empty() {
    let kit = Kit::new();
    let update =
        |input: proton_sdk::operation::update_account_settings::builders::UpdateAccountSettingsInputBuilder| {
            kit.write(update_account_settings, input.build().unwrap()).unwrap().account_settings.unwrap()
        };
    let asked = UpdateAccountSettingsInput::builder;
    update(asked().pipeline_service_role_arn(ROLE));
    let both = update(asked().pipeline_codebuild_role_arn(ROLE));
    assert_eq!((both.pipeline_service_role_arn(), both.pipeline_codebuild_role_arn()), (Some(ROLE), Some(ROLE)));
    let one = update(asked().pipeline_service_role_arn(""));
    assert_eq!((one.pipeline_service_role_arn(), one.pipeline_codebuild_role_arn()), (None, Some(ROLE)));
    assert_eq!(get(&kit), one);
    assert_eq!(get(&kit.as_account("222222222222")), AccountSettings::builder().build());
}

#[test]
fn the_repository_is_a_linked_one() {
    let kit = Kit::new();
    let set = |clear: bool| {
        let input = UpdateAccountSettingsInput::builder().pipeline_provisioning_repository(branch());
        let input = if clear { input.delete_pipeline_provisioning_repository(true) } else { input };
        kit.write(update_account_settings, input.build().unwrap()).map(|output| output.account_settings.unwrap())
    };
    assert!(matches!(set(false), Err(Fault::Validation(_))), "it is not linked");
    let input = CreateRepositoryInput::builder().provider(RepositoryProvider::Github).name("me/infra");
    kit.write(create_repository, input.connection_arn("arn:c").build().unwrap()).unwrap();
    let found = set(false).unwrap().pipeline_provisioning_repository.unwrap();
    assert_eq!(found.arn, kit.arn("repository/github:me/infra"));
    assert!(matches!(set(true), Err(Fault::Validation(_))), "set and cleared at once");
    let input = UpdateAccountSettingsInput::builder().delete_pipeline_provisioning_repository(true).build().unwrap();
    kit.write(update_account_settings, input).unwrap();
    assert_eq!(get(&kit).pipeline_provisioning_repository, None);
}
