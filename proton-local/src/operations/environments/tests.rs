//! The rules of environments.

use super::*;
use crate::testkit::Kit;
use proton_sdk::types::DeploymentUpdateType;

const ROLE: &str = "arn:aws:iam::111111111111:role/proton";
const SPEC: &str = "proton: EnvironmentSpec\nspec: {zones: 2}\n";

fn asked(name: &str) -> CreateEnvironmentInput {
    let input = CreateEnvironmentInput::builder().name(name).template_name("network").template_major_version("1");
    input.proton_service_role_arn(ROLE).spec(SPEC).build().unwrap()
}

fn create(kit: &Kit, input: CreateEnvironmentInput) -> Result<Environment, Fault> {
    Ok(kit.write(create_environment, input)?.environment.unwrap())
}

fn get(kit: &Kit, name: &str) -> Option<Environment> {
    let input = GetEnvironmentInput::builder().name(name).build().unwrap();
    kit.read(get_environment, input).ok().map(|found| found.environment.unwrap())
}

fn change(deployment_type: DeploymentUpdateType) -> UpdateEnvironmentInput {
    UpdateEnvironmentInput::builder().name("staging").deployment_type(deployment_type).build().unwrap()
}

fn update(kit: &Kit, input: UpdateEnvironmentInput) -> Result<Environment, Fault> {
    Ok(kit.write(update_environment, input)?.environment.unwrap())
}

fn delete(kit: &Kit, name: &str) -> Result<Option<Environment>, Fault> {
    let input = DeleteEnvironmentInput::builder().name(name).build().unwrap();
    Ok(kit.write(delete_environment, input)?.environment)
}

fn cancel(kit: &Kit) -> Result<Environment, Fault> {
    let input = CancelEnvironmentDeploymentInput::builder().environment_name("staging").build().unwrap();
    Ok(kit.write(cancel_environment_deployment, input)?.environment.unwrap())
}

fn refuses(result: Result<Environment, Fault>, part: &str) {
    match result {
        Err(Fault::Validation(text)) => assert!(text.contains(part), "{text}"),
        other => panic!("{other:?} instead of a ValidationException with {part:?}"),
    }
}

#[test]
fn it_is_in_progress_then_deployed() {
    let kit = Kit::shop();
    let made = create(&kit, asked("test")).unwrap();
    assert_eq!(made.deployment_status, DeploymentStatus::InProgress);
    assert_eq!((made.template_minor_version.as_str(), made.last_succeeded_deployment_id), ("0", None));
    kit.settle();
    let done = get(&kit, "test").unwrap();
    assert_eq!(done.deployment_status, DeploymentStatus::Succeeded);
    assert_eq!(done.last_succeeded_deployment_id, done.last_attempted_deployment_id);
    assert!(done.last_deployment_succeeded_at > made.created_at);
}

#[test]
fn a_repeat_is_harmless_until_something_changed() {
    let kit = Kit::shop();
    let made = create(&kit, asked("test")).unwrap();
    assert_eq!(create(&kit, asked("test")).unwrap(), made);
    let other = CreateEnvironmentInput::builder().name("test").template_name("network").template_major_version("1");
    let other = other.proton_service_role_arn(ROLE).spec("proton: EnvironmentSpec\nspec: {zones: 3}\n");
    refuses(create(&kit, other.build().unwrap()), "IdempotentParameterMismatch");
    kit.settle();
    let mut input = change(DeploymentUpdateType::None);
    input.name = Some("test".to_owned());
    input.description = Some("changed".to_owned());
    update(&kit, input).unwrap();
    assert!(matches!(create(&kit, asked("test")), Err(Fault::Conflict(_))));
}

#[test]
fn its_spec_must_fit_the_schema() {
    let kit = Kit::shop();
    for (spec, part) in [
        ("proton: EnvironmentSpec\nspec: {zones: many}\n", "spec.zones"),
        ("proton: EnvironmentSpec\nspec: {zones: 9}\n", "spec.zones"),
        ("proton: EnvironmentSpec\nspec: {zone: 1}\n", "spec.zone"),
        ("proton: ServiceSpec\nspec: {}\n", "proton"),
        ("spec: [", "YAML"),
    ] {
        refuses(create(&kit, with_spec(spec)), part);
    }
}

fn with_spec(spec: &str) -> CreateEnvironmentInput {
    let mut input = asked("test");
    input.spec = Some(spec.to_owned());
    input
}

#[test]
fn it_takes_one_way_of_provisioning() {
    let kit = Kit::shop();
    let mut input = asked("test");
    input.proton_service_role_arn = None;
    refuses(create(&kit, input.clone()), "protonServiceRoleArn");
    input.environment_account_connection_id = Some("0f3c2a90-0000-4000-8000-000000000000".to_owned());
    assert!(matches!(create(&kit, input), Err(Fault::NotFound(_))), "a connection that is not there");
}

#[test]
fn a_version_must_be_published_or_named() {
    let kit = Kit::shop();
    let mut input = asked("test");
    input.template_major_version = Some("9".to_owned());
    assert!(matches!(create(&kit, input.clone()), Err(Fault::NotFound(_))));
    input.template_major_version = Some("1".to_owned());
    input.template_minor_version = Some("7".to_owned());
    assert!(matches!(create(&kit, input), Err(Fault::NotFound(_))));
}

#[test]
fn an_update_shows_its_spec_once_it_is_deployed() {
    let kit = Kit::shop();
    let spec = "proton: EnvironmentSpec\nspec: {zones: 3}\n";
    let mut input = change(DeploymentUpdateType::CurrentVersion);
    input.spec = Some(spec.to_owned());
    let begun = update(&kit, input.clone()).unwrap();
    assert_eq!((&begun.deployment_status, begun.spec()), (&DeploymentStatus::InProgress, Some(SPEC)));
    assert!(matches!(update(&kit, input), Err(Fault::Conflict(_))), "one at a time");
    kit.settle();
    assert_eq!(get(&kit, "staging").unwrap().spec(), Some(spec));
}

#[test]
fn a_cancelled_update_leaves_all_as_it_was() {
    let kit = Kit::shop();
    let before = get(&kit, "staging").unwrap();
    let mut input = change(DeploymentUpdateType::CurrentVersion);
    input.spec = Some("proton: EnvironmentSpec\nspec: {zones: 3}\n".to_owned());
    update(&kit, input).unwrap();
    assert_eq!(cancel(&kit).unwrap().deployment_status, DeploymentStatus::Cancelling);
    kit.settle();
    let after = get(&kit, "staging").unwrap();
    assert_eq!(after.deployment_status, DeploymentStatus::Cancelled);
    assert_eq!(after.deployment_status_message(), Some("User initiated cancellation."));
    assert_eq!((&after.spec, after.last_succeeded_deployment_id), (&before.spec, before.last_succeeded_deployment_id));
    assert!(matches!(cancel(&kit), Err(Fault::Conflict(_))), "nothing is under way");
}

#[test]
fn deployment_types_lead_to_their_versions() {
    let kit = Kit::shop();
    let mut input = change(DeploymentUpdateType::CurrentVersion);
    input.template_minor_version = Some("0".to_owned());
    refuses(update(&kit, input), "CURRENT_VERSION");
    let mut input = change(DeploymentUpdateType::None);
    input.spec = Some(SPEC.to_owned());
    refuses(update(&kit, input), "NONE");
    let mut input = change(DeploymentUpdateType::MajorVersion);
    input.template_major_version = Some("1".to_owned());
    refuses(update(&kit, input), "higher");
    kit.publish_network(None);
    update(&kit, change(DeploymentUpdateType::MajorVersion)).unwrap();
    kit.settle();
    assert_eq!(get(&kit, "staging").unwrap().template_major_version, "2", "the recommended version");
}

#[test]
fn what_is_in_use_is_not_deleted() {
    let kit = Kit::shop();
    assert_eq!(delete(&kit, "absent").unwrap(), None);
    let going = delete(&kit, "staging").unwrap().unwrap();
    assert_eq!(going.deployment_status, DeploymentStatus::DeleteInProgress);
    assert_eq!(delete(&kit, "staging").unwrap().unwrap().deployment_status, DeploymentStatus::DeleteInProgress);
    kit.settle();
    assert_eq!(get(&kit, "staging"), None);
    assert_eq!(delete(&kit, "staging").unwrap(), None, "the answer is empty once it is gone");
}

#[test]
fn a_failed_deployment_says_why_and_can_be_tried_again() {
    let kit = Kit::shop_failing(&["test"]);
    create(&kit, asked("test")).unwrap();
    kit.settle();
    let failed = get(&kit, "test").unwrap();
    assert_eq!(failed.deployment_status, DeploymentStatus::Failed);
    assert_eq!(failed.deployment_status_message(), Some("simulated"));
    let kit = kit.now_failing(&[]);
    let mut input = change(DeploymentUpdateType::CurrentVersion);
    input.name = Some("test".to_owned());
    update(&kit, input).unwrap();
    kit.settle();
    assert_eq!(get(&kit, "test").unwrap().deployment_status, DeploymentStatus::Succeeded);
}
