//! Links to repositories: repeated creates, lists, what keeps one from being unlinked.

use super::*;
use crate::operations::account_settings::update_account_settings;
use crate::testkit::Kit;
use proton_sdk::operation::update_account_settings::UpdateAccountSettingsInput;

fn link(kit: &Kit, provider: RepositoryProvider, name: &str, connection: &str) -> Result<Repository, Fault> {
    let input = CreateRepositoryInput::builder().provider(provider).name(name).connection_arn(connection);
    kit.write(create_repository, input.build().unwrap()).map(|output| output.repository.unwrap())
}

fn unlink(kit: &Kit, name: &str) -> Result<Option<Repository>, Fault> {
    let input = DeleteRepositoryInput::builder().provider(RepositoryProvider::Github).name(name);
    kit.write(delete_repository, input.build().unwrap()).map(|output| output.repository)
}

#[test]
fn a_repository_goes_by_provider_and_name() {
    let kit = Kit::new();
    let made = link(&kit, RepositoryProvider::Github, "me/web", "arn:c").unwrap();
    assert_eq!(made.arn, kit.arn("repository/github:me/web"));
    let other = link(&kit, RepositoryProvider::GithubEnterprise, "me/web", "arn:c").unwrap();
    assert_eq!(other.arn, kit.arn("repository/github_enterprise:me/web"));

    let get = |provider: RepositoryProvider, name: &str| {
        let input = GetRepositoryInput::builder().provider(provider).name(name).build().unwrap();
        kit.read(get_repository, input).map(|output| output.repository.unwrap())
    };
    assert_eq!(get(RepositoryProvider::Github, "me/web").unwrap(), made);
    let error = get(RepositoryProvider::Bitbucket, "me/web").unwrap_err().to_string();
    let arn = kit.arn("repository/bitbucket:me/web");
    assert_eq!(error, format!("The requested repository does not exist: {arn}"));

    let input = ListRepositoriesInput::builder().max_results(1).build().unwrap();
    let first = kit.read(list_repositories, input).unwrap();
    assert_eq!(first.repositories[0].arn, made.arn);
    let input = ListRepositoriesInput::builder().set_next_token(first.next_token).build().unwrap();
    let second = kit.read(list_repositories, input).unwrap();
    assert_eq!((second.repositories[0].arn(), second.next_token()), (other.arn(), None));
}

#[test]
fn a_repeated_link_is_one_and_another_a_mismatch() {
    let kit = Kit::new();
    let made = link(&kit, RepositoryProvider::Github, "me/web", "arn:c").unwrap();
    assert_eq!(link(&kit, RepositoryProvider::Github, "me/web", "arn:c").unwrap(), made);
    let error = link(&kit, RepositoryProvider::Github, "me/web", "arn:d").unwrap_err();
    assert!(matches!(&error, Fault::Validation(text) if text.contains("IdempotentParameterMismatch")), "{error}");
}

#[test]
fn a_repository_in_use_stays_linked() {
    let kit = Kit::new();
    let made = link(&kit, RepositoryProvider::Github, "me/web", "arn:c").unwrap();
    let branch = RepositoryBranchInput::builder().provider(RepositoryProvider::Github).name("me/web").branch("main");
    let input = UpdateAccountSettingsInput::builder().pipeline_provisioning_repository(branch.build().unwrap());
    kit.write(update_account_settings, input.build().unwrap()).unwrap();
    let error = unlink(&kit, "me/web").unwrap_err();
    assert!(matches!(&error, Fault::Conflict(text) if text.contains("account settings")), "{error}");
    let input = UpdateAccountSettingsInput::builder().delete_pipeline_provisioning_repository(true);
    kit.write(update_account_settings, input.build().unwrap()).unwrap();
    assert_eq!(unlink(&kit, "me/web").unwrap(), Some(made));
    assert_eq!(unlink(&kit, "me/web").unwrap(), None);
}
