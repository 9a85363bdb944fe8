//! How services are created.

use super::*;
use crate::operations::account_settings::update_account_settings;
use crate::operations::environments::create_environment;
use crate::operations::tags::list_tags_for_resource;
use crate::settings::Settings;
use DeploymentStatus::{Failed, InProgress, Succeeded};
use proton_sdk::operation::create_environment::CreateEnvironmentInput;
use proton_sdk::operation::list_services::ListServicesInput;
use proton_sdk::operation::list_tags_for_resource::ListTagsForResourceInput;
use proton_sdk::operation::update_account_settings::UpdateAccountSettingsInput;
use proton_sdk::types::Tag;
use std::time::Duration;

#[test]
fn a_service_becomes_active_instances_first() {
    let kit = Kit::shop();
    let made = create(&kit, asked(spec(&["blue", "green"]))).unwrap();
    assert_eq!(made.status, ServiceStatus::CreateInProgress);
    assert_eq!(made.arn, kit.arn("service/shop"));
    assert_eq!(made.branch_name(), Some("main"));
    let pipeline = made.pipeline.unwrap();
    assert_eq!((pipeline.arn, pipeline.deployment_status), (kit.arn("service/shop/pipeline"), InProgress));
    assert_eq!(pipeline.last_attempted_deployment_id, None, "it waits for the instances");

    kit.advance(Duration::from_secs(1));
    kit.run_due_jobs();
    kit.advance(Duration::from_secs(10));
    kit.run_due_jobs();
    let (green, service) = (get_instance(&kit, "green").unwrap(), get(&kit).unwrap());
    assert_eq!((green.deployment_status, service.status), (Succeeded, ServiceStatus::CreateInProgress));
    assert!(service.pipeline.unwrap().last_attempted_deployment_id.is_some());

    kit.settle();
    let service = get(&kit).unwrap();
    assert_eq!((service.status, service.status_message), (ServiceStatus::Active, None));
    assert_eq!(statuses(&kit), all(Succeeded, &["blue", "green", "pipeline"]));
}

#[test]
fn instances_have_the_version_the_spec_and_a_first_deployment() {
    let kit = Kit::shop();
    create(&kit, asked(spec(&["blue"]))).unwrap();
    let blue = get_instance(&kit, "blue").unwrap();
    assert_eq!(blue.arn, kit.arn("service/shop/service-instance/blue"));
    assert_eq!((blue.template_major_version(), blue.template_minor_version()), ("1", "0"));
    assert_eq!((blue.template_name(), blue.environment_name()), ("web", "staging"));
    assert_eq!(blue.spec.as_ref(), Some(&spec(&["blue"])), "the whole spec");
    assert_eq!((blue.deployment_status, blue.last_succeeded_deployment_id), (InProgress, None));
    assert_eq!(blue.last_deployment_succeeded_at, blue.created_at, "required, so the creation stands for it");
    kit.settle();
    let blue = get_instance(&kit, "blue").unwrap();
    assert_eq!(blue.last_succeeded_deployment_id, blue.last_attempted_deployment_id);
    assert!(blue.last_deployment_succeeded_at > blue.created_at);
}

#[test]
fn a_template_without_a_pipeline_makes_a_service_without_one() {
    let kit = Kit::shop();
    let made = create(&kit, asked_jobs(&["blue"])).unwrap();
    assert_eq!((made.pipeline, made.repository_id), (None, None));
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
}

#[test]
fn a_repository_is_given_where_there_is_a_pipeline() {
    let kit = Kit::shop();
    let spec = spec(&["blue"]);
    is_validation(create(&kit, asked(&spec).set_branch_name(None)), "branchName");
    is_validation(create(&kit, asked(&spec).set_repository_id(None)), "repositoryId");
    is_validation(create(&kit, asked(&spec).set_repository_connection_arn(None)), "repositoryConnectionArn");
    is_validation(create(&kit, asked_jobs(&["blue"]).branch_name("main")), "branchName");
    is_validation(create(&kit, asked_jobs(&["blue"]).spec(spec)), "pipeline");
}

#[test]
fn a_pipeline_needs_its_role_in_the_account_settings() {
    let kit = Kit::shop();
    let clear = UpdateAccountSettingsInput::builder().pipeline_service_role_arn("").build().unwrap();
    kit.write(update_account_settings, clear).unwrap();
    is_validation(create(&kit, asked(spec(&["blue"]))), "pipelineServiceRoleArn");
    create(&kit, asked_jobs(&["blue"])).unwrap();
}

#[test]
fn a_spec_must_fit_the_schema() {
    let kit = Kit::shop();
    let good = spec(&["blue"]);
    is_validation(create(&kit, asked("not: [a spec")), "spec");
    is_validation(create(&kit, asked(good.replace("ServiceSpec", "EnvironmentSpec"))), "proton");
    is_validation(create(&kit, asked(good.replace("copies: 1", "copies: some"))), "instances[0].spec.copies");
    is_validation(create(&kit, asked(good.replace("copies: 1", "other: 1"))), "instances[0].spec.other");
    is_validation(create(&kit, asked(good.replace("{copies: 1}", "{}"))), "instances[0].spec.copies");
    is_validation(create(&kit, asked(good.replace("test_command", "other"))), "pipeline.other");
    is_validation(create(&kit, asked(good.replace("1}", "'${Proton::CURRENT_VAL}'}"))), "instances[0].spec.copies");
}

#[test]
fn an_instance_that_fails_stops_the_pipeline() {
    let kit = Kit::shop_failing(&["green"]);
    create(&kit, asked(spec(&["blue", "green"]))).unwrap();
    kit.settle();
    let service = get(&kit).unwrap();
    assert_eq!(service.status, ServiceStatus::CreateFailed);
    let pipeline = service.pipeline.unwrap();
    let green = kit.arn("service/shop/service-instance/green");
    let reason = format!("Service Instance(s): [{green}] failed to deploy - canceling pipeline deployment");
    assert_eq!((pipeline.deployment_status, pipeline.deployment_status_message), (Failed, Some(reason)));
    assert_eq!(pipeline.last_attempted_deployment_id, None);
    let green = get_instance(&kit, "green").unwrap();
    assert_eq!((&green.deployment_status, green.deployment_status_message()), (&Failed, Some("simulated")));
    assert_eq!(get_instance(&kit, "blue").unwrap().deployment_status, Succeeded);
}

#[test]
fn an_instance_that_fails_is_the_end_where_there_is_no_pipeline() {
    let kit = Kit::shop_failing(&["blue"]);
    create(&kit, asked_jobs(&["blue"])).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::CreateFailed);
}

#[test]
fn a_pipeline_that_fails_leaves_the_instances() {
    let kit = Kit::shop_failing(&["shop"]);
    create(&kit, asked(spec(&["blue"]))).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::CreateFailed);
    assert_eq!(statuses(&kit), [("blue".to_owned(), Succeeded), ("pipeline".to_owned(), Failed)]);
}

#[test]
fn a_failed_service_is_active_once_its_parts_are_good() {
    let kit = Kit::shop_failing(&["blue"]);
    create(&kit, asked(spec(&["blue"]))).unwrap();
    kit.settle();
    let kit = kit.now_failing(&[]);
    update_instance(&kit, current("blue")).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::CreateFailed, "the pipeline was never deployed");
    update_pipeline(&kit, &spec(&["blue"]), DeploymentUpdateType::CurrentVersion).unwrap();
    kit.settle();
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
}

#[test]
fn templates_versions_and_environments_must_be_there() {
    let kit = Kit::shop();
    let good = spec(&["blue"]);
    is_not_found(create(&kit, asked(&good).template_name("none")), "service-template/none");
    is_not_found(create(&kit, asked(&good).template_major_version("7")), "service-template/web:7");
    is_not_found(create(&kit, asked(&good).template_minor_version("7")), "service-template/web:1.7");
    is_not_found(create(&kit, asked(good.replace("staging", "none"))), "environment/none");
    is_not_found(get(&kit), "service/shop");
}

#[test]
fn an_environment_must_be_of_a_template_that_fits_and_deployed() {
    let kit = Kit::shop();
    kit.publish_network(None);
    kit.create_environment("other", "2");
    is_validation(create(&kit, asked(spec(&["blue"]).replace("staging", "other"))), "not compatible");
    let young = CreateEnvironmentInput::builder()
        .name("young")
        .template_name("network")
        .template_major_version("1")
        .proton_service_role_arn("arn:aws:iam::111111111111:role/proton")
        .spec("proton: EnvironmentSpec\nspec: {}\n");
    kit.write(create_environment, young.build().unwrap()).unwrap();
    is_conflict(create(&kit, asked(spec(&["blue"]).replace("staging", "young"))), "environment/young");
}

#[test]
fn quotas_hold() {
    let mut settings = Settings::default();
    settings.quotas.services = 1;
    settings.quotas.instances_per_service = 2;
    let kit = Kit::shop_with(settings);
    let quota = |result: Result<Service, Fault>| assert!(matches!(result, Err(Fault::Quota(_))), "{result:?}");
    quota(create(&kit, asked(spec(&["a", "b", "c"]))));
    create(&kit, asked(spec(&["a", "b"]))).unwrap();
    quota(create(&kit, asked(spec(&["a"])).name("other")));
}

#[test]
fn a_repeated_create_makes_nothing_and_another_is_refused() {
    let kit = shop(&["blue"]);
    let known = get(&kit).unwrap();
    assert_eq!(create(&kit, asked(spec(&["blue"]))).unwrap(), known);
    is_validation(create(&kit, asked(spec(&["green"]))), "IdempotentParameterMismatch");
    update_instance(&kit, current("blue")).unwrap();
    kit.settle();
    assert_eq!(create(&kit, asked(spec(&["blue"]))).unwrap().status, ServiceStatus::Active, "nothing of it changed");
    describe(&kit, "changed");
    is_conflict(create(&kit, asked(spec(&["blue"]))), "changed since");
}

#[test]
fn tags_of_the_service_come_down_to_its_instances() {
    let kit = Kit::shop();
    let tag = Tag::builder().key("team").value("red").build().unwrap();
    create(&kit, asked(spec(&["blue"])).tags(tag)).unwrap();
    let tags = |resource: &str| {
        let input = ListTagsForResourceInput::builder().resource_arn(kit.arn(resource)).build().unwrap();
        kit.read(list_tags_for_resource, input).unwrap().tags
    };
    let keys = |resource: &str| tags(resource).iter().map(|tag| tag.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys("service/shop"), ["aws:proton:account", "aws:proton:service", "aws:proton:template", "team"]);
    let of_instance = [
        "aws:proton:account",
        "aws:proton:environment",
        "aws:proton:service",
        "aws:proton:service-instance",
        "aws:proton:template",
        "team",
    ];
    assert_eq!(keys("service/shop/service-instance/blue"), of_instance);
}

#[test]
fn services_are_listed_by_name_page_by_page() {
    let kit = Kit::shop();
    for name in ["c", "a", "b"] {
        create(&kit, asked(spec(&["blue"])).name(name)).unwrap();
    }
    let page = |token: Option<String>| {
        let input = ListServicesInput::builder().max_results(2).set_next_token(token).build().unwrap();
        let output = kit.read(list_services, input).unwrap();
        (output.services.into_iter().map(|service| service.name).collect::<Vec<_>>(), output.next_token)
    };
    let (names, next) = page(None);
    assert_eq!(names, ["a", "b"]);
    assert_eq!(page(next), (vec!["c".to_owned()], None));
}

/// A server may be killed after any commit: whatever the moment, the service is the same in the end.
#[test]
fn creation_and_deletion_survive_a_restart_after_every_job() {
    let mut kit = Kit::shop();
    create(&kit, asked(spec(&["blue", "green"]))).unwrap();
    while kit.run_next_job() {
        kit = kit.restart();
    }
    assert_eq!(get(&kit).unwrap().status, ServiceStatus::Active);
    delete(&kit).unwrap();
    while kit.run_next_job() {
        kit = kit.restart();
    }
    is_not_found(get(&kit), "service/shop");
}
