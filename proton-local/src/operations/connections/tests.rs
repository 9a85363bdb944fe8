//! The rules of environment account connections, seen by both accounts.

use super::*;
use crate::testkit::Kit;
use std::time::Duration;

const MANAGEMENT: &str = "111111111111";
const MEMBER: &str = "222222222222";

fn offer(name: &str) -> CreateEnvironmentAccountConnectionInput {
    let input = CreateEnvironmentAccountConnectionInput::builder().management_account_id(MANAGEMENT);
    input.environment_name(name).role_arn("arn:aws:iam::222222222222:role/proton").build().unwrap()
}

fn create(member: &Kit, input: CreateEnvironmentAccountConnectionInput) -> Result<EnvironmentAccountConnection, Fault> {
    let made = member.write(create_environment_account_connection, input)?;
    Ok(made.environment_account_connection.unwrap())
}

fn accept(kit: &Kit, id: &str) -> Result<EnvironmentAccountConnectionStatus, Fault> {
    let input = AcceptEnvironmentAccountConnectionInput::builder().id(id).build().unwrap();
    let done = kit.write(accept_environment_account_connection, input)?;
    Ok(done.environment_account_connection.unwrap().status)
}

fn reject(kit: &Kit, id: &str) -> Result<EnvironmentAccountConnectionStatus, Fault> {
    let input = RejectEnvironmentAccountConnectionInput::builder().id(id).build().unwrap();
    let done = kit.write(reject_environment_account_connection, input)?;
    Ok(done.environment_account_connection.unwrap().status)
}

fn delete(kit: &Kit, id: &str) -> Result<bool, Fault> {
    let input = DeleteEnvironmentAccountConnectionInput::builder().id(id).build().unwrap();
    let done = kit.write(delete_environment_account_connection, input)?;
    Ok(done.environment_account_connection.is_some())
}

fn list(kit: &Kit, by: EnvironmentAccountConnectionRequesterAccountType) -> Vec<String> {
    let input = ListEnvironmentAccountConnectionsInput::builder().requested_by(by).build().unwrap();
    let found = kit.read(list_environment_account_connections, input).unwrap();
    found.environment_account_connections.into_iter().map(|found| found.environment_name).collect()
}

#[test]
fn an_offer_is_pending_until_the_management_account_answers() {
    let management = Kit::new();
    let member = management.as_account(MEMBER);
    let made = create(&member, offer("shared")).unwrap();
    assert_eq!(made.status, EnvironmentAccountConnectionStatus::Pending);
    assert!(made.arn.contains(MEMBER), "the ARN is the environment account's: {}", made.arn);
    assert!(matches!(accept(&member, &made.id), Err(Fault::Denied(_))), "the wrong side");
    assert!(matches!(accept(&management.as_account("333333333333"), &made.id), Err(Fault::NotFound(_))));
    assert_eq!(accept(&management, &made.id).unwrap(), EnvironmentAccountConnectionStatus::Connected);
    assert_eq!(accept(&management, &made.id).unwrap(), EnvironmentAccountConnectionStatus::Connected, "once more");
}

#[test]
fn what_was_rejected_is_never_accepted() {
    let management = Kit::new();
    let member = management.as_account(MEMBER);
    let made = create(&member, offer("shared")).unwrap();
    assert_eq!(reject(&management, &made.id).unwrap(), EnvironmentAccountConnectionStatus::Rejected);
    assert_eq!(reject(&management, &made.id).unwrap(), EnvironmentAccountConnectionStatus::Rejected, "once more");
    assert!(matches!(accept(&management, &made.id), Err(Fault::Conflict(_))));
}

#[test]
fn the_environment_account_alone_changes_and_deletes() {
    let management = Kit::new();
    let member = management.as_account(MEMBER);
    let made = create(&member, offer("shared")).unwrap();
    let role = "arn:aws:iam::222222222222:role/other";
    let update = || UpdateEnvironmentAccountConnectionInput::builder().id(&made.id).role_arn(role).build().unwrap();
    assert!(matches!(management.write(update_environment_account_connection, update()), Err(Fault::Denied(_))));
    let changed = member.write(update_environment_account_connection, update()).unwrap();
    assert_eq!(changed.environment_account_connection.unwrap().role_arn, role);
    assert!(matches!(delete(&management, &made.id), Err(Fault::Denied(_))));
    assert!(delete(&member, &made.id).unwrap());
    assert!(!delete(&member, &made.id).unwrap(), "what is gone stays gone, without an error");
}

#[test]
fn each_side_lists_its_own() {
    let management = Kit::new();
    let member = management.as_account(MEMBER);
    create(&member, offer("b")).unwrap();
    create(&member, offer("a")).unwrap();
    let (sent, received) = (
        EnvironmentAccountConnectionRequesterAccountType::EnvironmentAccount,
        EnvironmentAccountConnectionRequesterAccountType::ManagementAccount,
    );
    assert_eq!((list(&member, sent.clone()).len(), list(&member, received.clone()).len()), (2, 0));
    assert_eq!((list(&management, sent).len(), list(&management, received).len()), (0, 2));
}

#[test]
fn a_token_makes_one_connection_for_eight_hours() {
    let management = Kit::new();
    let member = management.as_account(MEMBER);
    let with_token = |name: &str| {
        let mut input = offer(name);
        input.client_token = Some("t".to_owned());
        input
    };
    let first = create(&member, with_token("shared")).unwrap();
    assert_eq!(create(&member, with_token("shared")).unwrap().id, first.id);
    assert!(matches!(create(&member, with_token("other")), Err(Fault::Validation(_))));
    member.advance(Duration::from_secs(8 * 60 * 60));
    assert_ne!(create(&member, with_token("shared")).unwrap().id, first.id);
}

#[test]
fn a_deleted_connection_frees_its_token() {
    let management = Kit::new();
    let member = management.as_account(MEMBER);
    let mut input = offer("shared");
    input.client_token = Some("t".to_owned());
    let first = create(&member, input.clone()).unwrap();
    delete(&member, &first.id).unwrap();
    assert_ne!(create(&member, input).unwrap().id, first.id);
}
