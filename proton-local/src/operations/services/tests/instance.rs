//! How single instances are added and updated.

use super::*;
use crate::operations::components::create_component;
use crate::operations::repositories::create_repository;
use crate::operations::service_sync::{create_service_sync_config, get_service_sync_blocker_summary};
use crate::operations::versions::delete_service_template_version;
use crate::settings::Settings;
use DeploymentStatus::{Cancelled, Failed, InProgress, Succeeded};
use DeploymentUpdateType::{CurrentVersion, MajorVersion, MinorVersion};
use proton_sdk::operation::cancel_service_instance_deployment::CancelServiceInstanceDeploymentInput;
use proton_sdk::operation::create_repository::CreateRepositoryInput;
use proton_sdk::operation::create_service_instance::CreateServiceInstanceInput;
use proton_sdk::operation::create_service_instance::builders::CreateServiceInstanceInputBuilder;
use proton_sdk::operation::create_service_sync_config::CreateServiceSyncConfigInput;
use proton_sdk::operation::delete_service_template_version::DeleteServiceTemplateVersionInput;
use proton_sdk::operation::get_service_sync_blocker_summary::GetServiceSyncBlockerSummaryInput;
use proton_sdk::types::RepositoryProvider;
use std::time::Duration;

/// A request for instance `red` beside `blue`.
fn red() -> CreateServiceInstanceInputBuilder {
    CreateServiceInstanceInput::builder().service_name("shop").name("red").spec(spec(&["blue", "red"]))
}

fn add(kit: &Kit, input: CreateServiceInstanceInputBuilder) -> Result<ServiceInstance, Fault> {
    kit.write(create_service_instance, input.build().unwrap()).map(|output| output.service_instance.unwrap())
}

fn cancel(kit: &Kit, name: &str) -> Result<ServiceInstance, Fault> {
    let input = CancelServiceInstanceDeploymentInput::builder().service_name("shop").service_instance_name(name);
    kit.write(cancel_service_instance_deployment, input.build().unwrap()).map(|output| output.service_instance.unwrap())
}

fn version(instance: &ServiceInstance) -> String {
    format!("{}.{}", instance.template_major_version, instance.template_minor_version)
}

#[test]
fn an_instance_is_added_to_a_service() {
    let kit = shop(&["blue"]);
    kit.publish_service("web", Some("1"), "1");
    let made = add(&kit, red()).unwrap();
    assert_eq!((made.deployment_status.clone(), version(&made).as_str()), (InProgress, "1.0"));
    assert_eq!(get(&kit).unwrap().spec, spec(&["blue", "red"]), "the newest accepted text");
    kit.settle();
    assert_eq!(get_instance(&kit, "red").unwrap().deployment_status, Succeeded);
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
    let gold = red().name("gold").spec(spec(&["gold"])).template_major_version("1");
    assert_eq!(version(&add(&kit, gold).unwrap()), "1.1", "the recommended minor");
}

#[test]
fn an_instance_is_not_added_in_vain() {
    let kit = shop(&["blue"]);
    is_not_found(add(&kit, red().service_name("none")), "service/none");
    is_conflict(add(&kit, red().name("blue")), "exists");
    is_validation(add(&kit, red().spec(spec(&["blue"]))), "red");
    is_validation(add(&kit, red().template_minor_version("0")), "templateMajorVersion");
    is_not_found(add(&kit, red().template_major_version("7")), "service-template/web:7");
    is_not_found(add(&kit, red().spec(spec(&["red"]).replace("staging", "none"))), "environment/none");
    update_pipeline(&kit, &spec(&["blue"]), CurrentVersion).unwrap();
    is_conflict(add(&kit, red()), "service/shop/pipeline");
    kit.settle();
    delete(&kit).unwrap();
    is_conflict(add(&kit, red()), "DELETE_IN_PROGRESS");
}

#[test]
fn the_quota_of_instances_holds() {
    let mut settings = Settings::default();
    settings.quotas.instances_per_service = 1;
    let kit = Kit::shop_with(settings);
    create(&kit, asked(spec(&["blue"]))).unwrap();
    kit.settle();
    is_validation(add(&kit, red()), "limit of 1 instances");
}

#[test]
fn a_token_adds_once_and_updates_once() {
    let kit = shop(&["blue"]);
    let made = add(&kit, red().client_token("t")).unwrap();
    assert_eq!(made.last_client_request_token(), Some("t"));
    assert_eq!(add(&kit, red().client_token("t")).unwrap(), made);
    is_validation(add(&kit, red().client_token("t").spec(spec(&["red"]))), "IdempotentParameterMismatch");
    kit.settle();
    assert_eq!(add(&kit, red().client_token("t")).unwrap().deployment_status, Succeeded);

    let updated = update_instance(&kit, current("blue").client_token("t")).unwrap();
    assert_eq!(updated.last_client_request_token(), Some("t"), "another operation, so another token");
    assert_eq!(update_instance(&kit, current("blue").client_token("t")).unwrap(), updated);
    kit.settle();
    let settled = update_instance(&kit, current("blue").client_token("t")).unwrap();
    assert_eq!(
        (settled.deployment_status, settled.last_attempted_deployment_id),
        (Succeeded, updated.last_attempted_deployment_id)
    );
    let other = current("blue").client_token("t").deployment_type(MinorVersion);
    is_validation(update_instance(&kit, other), "IdempotentParameterMismatch");
}

#[test]
fn an_instance_that_came_again_is_added_anew() {
    let kit = shop(&["blue"]);
    add(&kit, red().client_token("t")).unwrap();
    kit.settle();
    update(&kit, spec(&["blue"])).unwrap();
    kit.settle();
    is_not_found(get_instance(&kit, "red"), "red");
    assert_eq!(add(&kit, red().client_token("t")).unwrap().deployment_status, InProgress);
}

#[test]
fn an_update_shows_once_it_has_succeeded() {
    let kit = shop(&["blue"]);
    kit.publish_service("web", Some("1"), "1");
    let new = spec(&["blue"]).replace("copies: 1", "copies: 3");
    let input = || current("blue").deployment_type(MinorVersion).spec(&new);
    let updating = update_instance(&kit, input()).unwrap();
    assert_eq!((version(&updating).as_str(), updating.spec.as_ref()), ("1.0", Some(&spec(&["blue"]))));
    assert_ne!(updating.last_attempted_deployment_id, updating.last_succeeded_deployment_id);
    is_conflict(update_instance(&kit, input()), "IN_PROGRESS");
    kit.settle();
    let updated = get_instance(&kit, "blue").unwrap();
    assert_eq!((version(&updated).as_str(), updated.spec.as_ref()), ("1.1", Some(&new)));
    assert_eq!(get(&kit).unwrap().pipeline.unwrap().template_minor_version, "0");
}

#[test]
fn deployment_types_lead_to_versions() {
    let kit = shop(&["blue"]);
    kit.publish_service("web", Some("1"), "1");
    kit.publish_service("web", None, "1");
    let wanted = |deployment_type: DeploymentUpdateType, major: Option<&str>, minor: Option<&str>| {
        let input = current("blue").deployment_type(deployment_type);
        let input = input.set_template_major_version(major.map(str::to_owned));
        update_instance(&kit, input.set_template_minor_version(minor.map(str::to_owned)))
    };
    let reached = || {
        kit.settle();
        version(&get_instance(&kit, "blue").unwrap())
    };
    is_validation(wanted(CurrentVersion, Some("1"), None), "CURRENT_VERSION");
    is_validation(wanted(CurrentVersion, None, Some("1")), "CURRENT_VERSION");
    is_validation(wanted(DeploymentUpdateType::None, Some("1"), None), "NONE");
    is_validation(wanted(MinorVersion, Some("2"), None), "MINOR_VERSION");
    is_not_found(wanted(MinorVersion, None, Some("9")), "web:1.9");
    is_validation(wanted(MajorVersion, Some("1"), None), "MAJOR_VERSION");
    is_validation(wanted(MajorVersion, None, Some("0")), "MAJOR_VERSION");
    is_not_found(wanted(MajorVersion, Some("9"), None), "web:9");

    wanted(MinorVersion, None, None).unwrap();
    assert_eq!(reached(), "1.1", "the recommended minor");
    wanted(MinorVersion, Some("1"), Some("0")).unwrap();
    assert_eq!(reached(), "1.0", "the minor that was named");
    wanted(CurrentVersion, None, None).unwrap();
    assert_eq!(reached(), "1.0");
    wanted(MajorVersion, None, None).unwrap();
    assert_eq!(reached(), "2.0", "the recommended version");
}

#[test]
fn a_version_that_is_being_deployed_stays() {
    let kit = shop(&["blue"]);
    kit.publish_service("web", Some("1"), "1");
    kit.publish_service("web", Some("1"), "1");
    let to_1_1 = current("blue").deployment_type(MinorVersion).template_minor_version("1");
    update_instance(&kit, to_1_1).unwrap();
    let delete = || {
        let version = DeleteServiceTemplateVersionInput::builder().template_name("web").major_version("1");
        kit.write(delete_service_template_version, version.minor_version("1").build().unwrap())
    };
    is_conflict(delete(), "in use");
    kit.settle();
    is_conflict(delete(), "service instance shop/blue");
    update_instance(&kit, current("blue").deployment_type(MinorVersion)).unwrap();
    kit.settle();
    delete().unwrap();
}

#[test]
fn no_deployment_takes_no_spec() {
    let kit = shop(&["blue"]);
    let input = || current("blue").deployment_type(DeploymentUpdateType::None);
    assert_eq!(update_instance(&kit, input()).unwrap(), get_instance(&kit, "blue").unwrap());
    assert!(!kit.run_next_job());
    is_validation(update_instance(&kit, input().spec(spec(&["blue"]))), "NONE");
}

#[test]
fn a_version_that_does_not_fit_the_environment_is_refused() {
    let kit = shop(&["blue"]);
    kit.publish_network(None);
    kit.publish_service("web", None, "2");
    is_validation(update_instance(&kit, current("blue").deployment_type(MajorVersion)), "not compatible");
}

#[test]
fn an_instance_stays_in_its_environment_and_in_the_spec() {
    let kit = shop(&["blue"]);
    kit.create_environment("other", "1");
    let moved = spec(&["blue"]).replace("staging", "other");
    is_validation(update_instance(&kit, current("blue").spec(moved)), "cannot move");
    is_validation(update_instance(&kit, current("blue").spec(spec(&["red"]))), "blue");
    is_not_found(update_instance(&kit, current("red")), "service-instance/red");
    assert_eq!(get(&kit).unwrap().spec, spec(&["blue"]), "a refused text is not kept");
}

#[test]
fn a_busy_component_holds_its_instance() {
    let kit = shop(&["blue"]);
    kit.write(create_component, queue()).unwrap();
    is_conflict(update_instance(&kit, current("blue")), "component/queue");
    kit.settle();
    update_instance(&kit, current("blue")).unwrap();
}

#[test]
fn a_cancelled_update_leaves_the_state_before() {
    let kit = shop(&["blue"]);
    is_conflict(cancel(&kit, "blue"), "SUCCEEDED");
    is_not_found(cancel(&kit, "red"), "service-instance/red");
    update_instance(&kit, current("blue").spec(spec(&["blue"]).replace("copies: 1", "copies: 3"))).unwrap();
    kit.advance(Duration::from_secs(1));
    cancel(&kit, "blue").unwrap();
    kit.settle();
    let blue = get_instance(&kit, "blue").unwrap();
    assert_eq!((blue.deployment_status, blue.spec), (Cancelled, Some(spec(&["blue"]))));
    assert_eq!(blue.deployment_status_message.as_deref(), Some("User initiated cancellation."));
}

#[test]
fn an_instance_whose_first_deployment_failed_can_be_deployed_again() {
    let kit = Kit::shop_failing(&["blue"]);
    create(&kit, asked_jobs(&["blue"])).unwrap();
    kit.settle();
    let blue = get_instance(&kit, "blue").unwrap();
    assert_eq!((blue.deployment_status.clone(), version(&blue).as_str()), (Failed, "1.0"));
    let kit = kit.now_failing(&[]);
    update_instance(&kit, current("blue")).unwrap();
    kit.settle();
    assert_eq!(get_instance(&kit, "blue").unwrap().deployment_status, Succeeded);
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
}

/// A spec may hold parts for other versions; only the part of the instance that is updated counts.
#[test]
fn the_parts_of_other_instances_do_not_count() {
    let kit = shop(&["blue", "red"]);
    let other = spec(&["blue", "red"]).replacen("copies: 1", "copies: 2", 1);
    update_instance(&kit, current("blue").spec(other.replacen("copies: 1", "unknown: 1", 1))).unwrap();
    kit.settle();
    assert_eq!(get_instance(&kit, "blue").unwrap().deployment_status, Succeeded);
    assert_eq!(get_instance(&kit, "red").unwrap().spec, Some(spec(&["blue", "red"])));
    is_validation(update_instance(&kit, current("red").spec(other.replace("copies: 1", "unknown: 1"))), "unknown");
    is_validation(update_instance(&kit, current("red").spec(other.replace("copies: 1", "copies: many"))), "copies");
}

#[test]
fn a_spec_may_keep_values() {
    let kit = shop(&["blue"]);
    let kept = spec(&["blue", "red"]).replacen("copies: 1", "copies: '${Proton::CURRENT_VAL}'", 1);
    add(&kit, red().spec(&kept)).unwrap();
    kit.settle();
    let stored = get(&kit).unwrap().spec;
    assert!(!stored.contains("CURRENT_VAL"), "{stored}");
    update_instance(&kit, current("blue").spec(kept.replace("'${Proton::CURRENT_VAL}'", "4"))).unwrap();
    kit.settle();
    update_instance(&kit, current("blue").spec(&kept)).unwrap();
    kit.settle();
    let blue = get_instance(&kit, "blue").unwrap();
    assert_eq!(blue.deployment_status, Succeeded);
    assert!(blue.spec.unwrap().contains("copies: 4"), "the stored value, not the text that stands for it");
    let nothing = spec(&["gold"]).replace("copies: 1", "copies: '${Proton::CURRENT_VAL}'");
    is_validation(add(&kit, red().name("gold").spec(nothing)), "instances[0].spec.copies");
}

#[test]
fn changes_by_hand_hold_back_the_sync() {
    let kit = shop(&["blue"]);
    let repository = CreateRepositoryInput::builder()
        .provider(RepositoryProvider::Github)
        .name("acme/shop")
        .connection_arn("arn:aws:codestar-connections:us-east-1:111111111111:connection/c");
    kit.write(create_repository, repository.build().unwrap()).unwrap();
    let config = CreateServiceSyncConfigInput::builder()
        .service_name("shop")
        .repository_provider(RepositoryProvider::Github)
        .repository_name("acme/shop")
        .branch("main")
        .file_path("ops.yaml");
    kit.write(create_service_sync_config, config.build().unwrap()).unwrap();
    let blocked = |instance: Option<&str>| {
        let input = GetServiceSyncBlockerSummaryInput::builder().service_name("shop");
        let input = input.set_service_instance_name(instance.map(str::to_owned)).build().unwrap();
        let summary = kit.read(get_service_sync_blocker_summary, input).unwrap().service_sync_blocker_summary;
        summary.unwrap().latest_blockers.unwrap_or_default().len()
    };
    update_instance(&kit, current("blue")).unwrap();
    kit.settle();
    add(&kit, red()).unwrap();
    kit.settle();
    assert_eq!((blocked(Some("blue")), blocked(Some("red")), blocked(None)), (1, 1, 0));
    update(&kit, spec(&["blue"])).unwrap();
    assert_eq!(blocked(None), 1);
}
