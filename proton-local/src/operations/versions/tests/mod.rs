//! Versions: numbers, registration, publication, recommendation, deletion, client tokens.

mod registration;
mod tokens;

use super::*;
use crate::fault::Fault;
use crate::operations::tags::list_tags_for_resource;
use crate::operations::templates::{
    create_environment_template, create_service_template, delete_environment_template, get_environment_template,
};
use crate::settings::{Quotas, Settings, Simulation};
use crate::testkit::{Kit, bundles};
use proton_sdk::operation::create_environment_template::CreateEnvironmentTemplateInput;
use proton_sdk::operation::create_environment_template_version::CreateEnvironmentTemplateVersionInput;
use proton_sdk::operation::create_service_template::CreateServiceTemplateInput;
use proton_sdk::operation::create_service_template_version::CreateServiceTemplateVersionInput;
use proton_sdk::operation::delete_environment_template::DeleteEnvironmentTemplateInput;
use proton_sdk::operation::delete_environment_template_version::DeleteEnvironmentTemplateVersionInput;
use proton_sdk::operation::get_environment_template::GetEnvironmentTemplateInput;
use proton_sdk::operation::get_environment_template_version::GetEnvironmentTemplateVersionInput;
use proton_sdk::operation::get_service_template_version::GetServiceTemplateVersionInput;
use proton_sdk::operation::list_environment_template_versions::{
    ListEnvironmentTemplateVersionsInput, ListEnvironmentTemplateVersionsOutput,
};
use proton_sdk::operation::list_tags_for_resource::ListTagsForResourceInput;
use proton_sdk::operation::update_environment_template_version::UpdateEnvironmentTemplateVersionInput;
use proton_sdk::operation::update_service_template_version::UpdateServiceTemplateVersionInput;
use proton_sdk::types::{
    CompatibleEnvironmentTemplateInput, EnvironmentTemplateVersion, Provisioning, S3ObjectSource,
    ServiceTemplateVersion, Tag, TemplateVersionSourceInput,
};
use std::time::Duration;

const IN_PROGRESS: TemplateVersionStatus = TemplateVersionStatus::RegistrationInProgress;
const FAILED: TemplateVersionStatus = TemplateVersionStatus::RegistrationFailed;
const DRAFT: TemplateVersionStatus = TemplateVersionStatus::Draft;
const PUBLISHED: TemplateVersionStatus = TemplateVersionStatus::Published;

/// A kit with an environment template `net` and a good bundle.
fn kit() -> Kit {
    with(Settings::default())
}

fn with(settings: Settings) -> Kit {
    let kit = Kit::with(settings);
    kit.put_object("net.tar.gz", &bundles::environment("{size: {type: integer, default: 1}}"));
    let tag = Tag::builder().key("team").value("blue").build().unwrap();
    let input = CreateEnvironmentTemplateInput::builder().name("net").tags(tag).build().unwrap();
    kit.write(create_environment_template, input).unwrap();
    kit
}

fn source(key: &str) -> TemplateVersionSourceInput {
    TemplateVersionSourceInput::S3(S3ObjectSource::builder().bucket(bundles::BUCKET).key(key).build().unwrap())
}

fn asked(major: Option<&str>, token: Option<&str>) -> CreateEnvironmentTemplateVersionInput {
    let input = CreateEnvironmentTemplateVersionInput::builder().template_name("net").source(source("net.tar.gz"));
    let input = input.set_major_version(major.map(str::to_owned)).set_client_token(token.map(str::to_owned));
    input.build().unwrap()
}

fn send(kit: &Kit, input: CreateEnvironmentTemplateVersionInput) -> Result<EnvironmentTemplateVersion, Fault> {
    kit.write(create_environment_template_version, input).map(|output| output.environment_template_version.unwrap())
}

/// Creates a version in a major, and registers it.
fn create(kit: &Kit, major: Option<&str>) -> Result<String, Fault> {
    let made = send(kit, asked(major, None))?;
    kit.settle();
    Ok(format!("{}.{}", made.major_version, made.minor_version))
}

fn get(kit: &Kit, number: &str) -> Result<EnvironmentTemplateVersion, Fault> {
    let (major, minor) = number.split_once('.').unwrap();
    let input = GetEnvironmentTemplateVersionInput::builder().template_name("net");
    let input = input.major_version(major).minor_version(minor).build().unwrap();
    kit.read(get_environment_template_version, input).map(|output| output.environment_template_version.unwrap())
}

fn set(kit: &Kit, number: &str, status: TemplateVersionStatus) -> Result<EnvironmentTemplateVersion, Fault> {
    let (major, minor) = number.split_once('.').unwrap();
    let input = UpdateEnvironmentTemplateVersionInput::builder().template_name("net").status(status);
    let input = input.major_version(major).minor_version(minor).build().unwrap();
    kit.write(update_environment_template_version, input).map(|output| output.environment_template_version.unwrap())
}

fn delete(kit: &Kit, number: &str) -> Result<Option<EnvironmentTemplateVersion>, Fault> {
    let (major, minor) = number.split_once('.').unwrap();
    let input = DeleteEnvironmentTemplateVersionInput::builder().template_name("net");
    let input = input.major_version(major).minor_version(minor).build().unwrap();
    kit.write(delete_environment_template_version, input).map(|output| output.environment_template_version)
}

fn list(kit: &Kit, major: Option<&str>, token: Option<String>, limit: i32) -> ListEnvironmentTemplateVersionsOutput {
    let input = ListEnvironmentTemplateVersionsInput::builder().template_name("net").max_results(limit);
    let input = input.set_major_version(major.map(str::to_owned)).set_next_token(token);
    kit.read(list_environment_template_versions, input.build().unwrap()).unwrap()
}

fn numbers(output: &ListEnvironmentTemplateVersionsOutput) -> Vec<String> {
    let versions = output.template_versions.iter();
    versions.map(|version| format!("{}.{}", version.major_version, version.minor_version)).collect()
}

fn recommended_by_template(kit: &Kit) -> Option<String> {
    let input = GetEnvironmentTemplateInput::builder().name("net").build().unwrap();
    kit.read(get_environment_template, input).unwrap().environment_template.unwrap().recommended_version
}

#[test]
fn only_a_draft_can_be_published_and_nothing_else_be_set() {
    let kit = kit();
    create(&kit, None).unwrap();
    let refused = |number: &str, status: TemplateVersionStatus| {
        assert!(matches!(set(&kit, number, status), Err(Fault::Validation(_))));
    };
    refused("1.0", IN_PROGRESS);
    refused("1.0", FAILED);
    set(&kit, "1.0", DRAFT).unwrap();
    set(&kit, "1.0", PUBLISHED).unwrap();
    set(&kit, "1.0", PUBLISHED).unwrap();
    refused("1.0", DRAFT);

    let input = CreateEnvironmentTemplateVersionInput::builder().template_name("net").source(source("absent"));
    send(&kit, input.build().unwrap()).unwrap();
    kit.settle();
    refused("2.0", PUBLISHED);
}

#[test]
fn numbers_go_up_and_do_not_come_back() {
    let kit = kit();
    assert_eq!(create(&kit, Some("1")).unwrap(), "1.0", "the first version may name its major");
    assert_eq!(create(&kit, Some("1")).unwrap(), "1.1");
    assert_eq!(create(&kit, None).unwrap(), "2.0");
    assert_eq!(create(&kit, Some("1")).unwrap(), "1.2");
    delete(&kit, "1.2").unwrap().unwrap();
    assert_eq!(create(&kit, Some("1")).unwrap(), "1.3");
    delete(&kit, "2.0").unwrap().unwrap();
    assert!(matches!(create(&kit, Some("2")), Err(Fault::NotFound(_))), "the major went with its last minor");
    assert_eq!(create(&kit, None).unwrap(), "3.0");
}

#[test]
fn a_version_needs_its_template_and_its_major() {
    let kit = kit();
    for major in ["2", "0", "99999999999999999999"] {
        assert!(matches!(create(&kit, Some(major)), Err(Fault::NotFound(_))), "{major}");
    }
    let input = CreateEnvironmentTemplateVersionInput::builder().template_name("other").source(source("x"));
    assert!(matches!(send(&kit, input.build().unwrap()), Err(Fault::NotFound(_))));
    let error = get(&kit, "1.0").unwrap_err().to_string();
    let arn = kit.arn("environment-template/net:1.0");
    assert_eq!(error, format!("The requested environment template version does not exist: {arn}"));
    assert!(matches!(set(&kit, "1.0", PUBLISHED), Err(Fault::NotFound(_))));
}

#[test]
fn the_highest_published_version_is_recommended() {
    let kit = kit();
    for major in [None, Some("1"), Some("1"), None] {
        create(&kit, major).unwrap();
    }
    set(&kit, "1.1", PUBLISHED).unwrap();
    assert_eq!(recommended_by_template(&kit).as_deref(), Some("1.1"));
    set(&kit, "1.0", PUBLISHED).unwrap();
    assert_eq!(recommended_by_template(&kit).as_deref(), Some("1.1"));
    set(&kit, "2.0", PUBLISHED).unwrap();
    set(&kit, "1.2", PUBLISHED).unwrap();
    assert_eq!(recommended_by_template(&kit).as_deref(), Some("2.0"));
    assert_eq!(get(&kit, "1.0").unwrap().recommended_minor_version(), Some("2"));

    let of = |major: Option<&'static str>| {
        kit.read(|reader, major| recommended(reader, TemplateKind::Environment, "net", major), major).unwrap()
    };
    let pair = |major: &str, minor: &str| Some((major.to_owned(), minor.to_owned()));
    assert_eq!((of(None), of(Some("1")), of(Some("3"))), (pair("2", "0"), pair("1", "2"), None));

    // The hosted service kept recommending a deleted minor of an older major.
    delete(&kit, "1.2").unwrap().unwrap();
    assert_eq!(of(Some("1")), pair("1", "1"));
    delete(&kit, "1.1").unwrap().unwrap();
    delete(&kit, "1.0").unwrap().unwrap();
    assert_eq!(of(Some("1")), None);
}

#[test]
fn the_recommended_version_goes_last() {
    let kit = kit();
    create(&kit, None).unwrap();
    create(&kit, Some("1")).unwrap();
    set(&kit, "1.0", PUBLISHED).unwrap();
    assert!(matches!(delete(&kit, "1.0"), Err(Fault::Conflict(_))));
    let input = || DeleteEnvironmentTemplateInput::builder().name("net").build().unwrap();
    assert!(matches!(kit.write(delete_environment_template, input()), Err(Fault::Conflict(_))), "it has versions");
    delete(&kit, "1.1").unwrap().unwrap();
    let last = get(&kit, "1.0").unwrap();
    let gone = delete(&kit, "1.0").unwrap().unwrap();
    assert_eq!((gone.arn, gone.status), (last.arn, PUBLISHED));
    assert_eq!(delete(&kit, "1.0").unwrap(), None, "a repeated delete succeeds with nothing");
    assert_eq!(recommended_by_template(&kit), None);
    assert!(kit.write(delete_environment_template, input()).unwrap().environment_template.is_some());
}

#[test]
fn a_version_in_use_stays() {
    #[derive(Serialize, Deserialize)]
    struct Deployed;
    impl Record for Deployed {
        const KIND: &'static str = "environment";
        fn key(&self) -> String {
            "environment/staging".to_owned()
        }
        fn indexes(&self) -> Vec<Index> {
            vec![(crate::operations::usage::USES, "environment-template/net:1.0".to_owned())]
        }
    }
    let kit = kit();
    create(&kit, None).unwrap();
    kit.write(|writer, ()| Ok(writer.put(&Deployed)?), ()).unwrap();
    let error = delete(&kit, "1.0").unwrap_err();
    assert!(matches!(&error, Fault::Conflict(text) if text.contains("staging")), "{error}");
    kit.write(|writer, ()| Ok(writer.delete::<Deployed>("environment/staging")?), ()).unwrap();
    delete(&kit, "1.0").unwrap().unwrap();
}

#[test]
fn lists_show_majors_by_their_newest_minor_or_the_minors_of_one() {
    let kit = kit();
    for major in [None, Some("1"), None, Some("2"), None] {
        create(&kit, major).unwrap();
    }
    for _ in 0..10 {
        create(&kit, Some("2")).unwrap();
    }
    assert_eq!(numbers(&list(&kit, None, None, 10)), ["1.1", "2.11", "3.0"]);
    let first = list(&kit, None, None, 2);
    assert_eq!(numbers(&first), ["1.1", "2.11"]);
    assert_eq!(numbers(&list(&kit, None, first.next_token, 2)), ["3.0"]);
    let first = list(&kit, Some("2"), None, 10);
    assert_eq!(numbers(&first).last().unwrap(), "2.9");
    let second = list(&kit, Some("2"), first.next_token, 10);
    assert_eq!((numbers(&second), second.next_token), (vec!["2.10".to_owned(), "2.11".to_owned()], None));
    assert!(numbers(&list(&kit, Some("9"), None, 10)).is_empty());

    let input = ListEnvironmentTemplateVersionsInput::builder().template_name("other").build().unwrap();
    assert!(matches!(kit.read(list_environment_template_versions, input), Err(Fault::NotFound(_))));
}

#[test]
fn a_version_takes_its_templates_tags() {
    let kit = kit();
    let arn = send(&kit, asked(None, None)).unwrap().arn;
    let input = ListTagsForResourceInput::builder().resource_arn(arn).build().unwrap();
    let tags = kit.read(list_tags_for_resource, input).unwrap().tags;
    assert_eq!(tags[1].value, kit.arn("environment-template/net"));
    assert_eq!((tags[2].key(), tags[2].value()), ("team", "blue"));
}

#[test]
fn the_quota_counts_one_templates_versions() {
    let quotas = Quotas { versions_per_template: 2, ..Quotas::default() };
    let kit = with(Settings { quotas, ..Settings::default() });
    let first = send(&kit, asked(None, Some("t"))).unwrap();
    create(&kit, None).unwrap();
    assert!(matches!(create(&kit, None), Err(Fault::Quota(_))));
    assert_eq!(send(&kit, asked(None, Some("t"))).unwrap().arn, first.arn, "a repetition is none more");
    delete(&kit, "1.0").unwrap().unwrap();
    create(&kit, None).unwrap();
}

fn service(kit: &Kit, template: &str, major: &str) -> Result<ServiceTemplateVersion, Fault> {
    let compatible = CompatibleEnvironmentTemplateInput::builder().template_name(template).major_version(major);
    let input = CreateServiceTemplateVersionInput::builder()
        .template_name("web")
        .source(source("web.tar.gz"))
        .compatible_environment_templates(compatible.build().unwrap())
        .supported_component_sources(ServiceTemplateSupportedComponentSourceType::DirectlyDefined);
    let output = kit.write(create_service_template_version, input.build().unwrap())?;
    Ok(output.service_template_version.unwrap())
}

#[test]
fn a_service_version_names_the_environments_that_it_runs_in() {
    let kit = kit();
    kit.put_object("web.tar.gz", &bundles::service("{port: {type: integer, default: 80}}"));
    let input = CreateServiceTemplateInput::builder().name("web").pipeline_provisioning(Provisioning::CustomerManaged);
    kit.write(create_service_template, input.build().unwrap()).unwrap();
    for (template, major) in [("net", "1"), ("other", "1")] {
        assert!(matches!(service(&kit, template, major), Err(Fault::NotFound(_))), "{template}:{major}");
    }
    create(&kit, None).unwrap();
    let made = service(&kit, "net", "1").unwrap();
    assert_eq!(made.compatible_environment_templates[0].template_name, "net");
    kit.settle();

    let input = GetServiceTemplateVersionInput::builder().template_name("web").major_version("1").minor_version("0");
    let found = kit.read(get_service_template_version, input.build().unwrap()).unwrap().service_template_version;
    let found = found.unwrap();
    assert_eq!((&found.status, found.status_message()), (&DRAFT, Some("")));
    assert!(found.schema().unwrap().contains("service_input_type: In"));

    let input = UpdateServiceTemplateVersionInput::builder()
        .template_name("web")
        .major_version("1")
        .minor_version("0")
        .set_supported_component_sources(Some(Vec::new()));
    kit.write(update_service_template_version, input.build().unwrap()).unwrap();
    let read = |reader: &Reader<'_>, ()| {
        let version = find(reader, TemplateKind::Service, "web", "1", "0")?;
        let compatible = |major: &str| version.is_compatible_with("net", major);
        Ok((compatible("1"), compatible("2"), version.accepts_components()))
    };
    assert_eq!(kit.read(read, ()).unwrap(), (true, false, false));
}
