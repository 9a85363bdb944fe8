//! Templates of both kinds: repeated creates, updates, deletes, pages, quotas.

use super::*;
use crate::fault::Fault;
use crate::operations::tags::list_tags_for_resource;
use crate::settings::{Quotas, Settings};
use crate::testkit::Kit;
use proton_sdk::operation::create_environment_template::CreateEnvironmentTemplateInput;
use proton_sdk::operation::create_service_template::CreateServiceTemplateInput;
use proton_sdk::operation::delete_environment_template::DeleteEnvironmentTemplateInput;
use proton_sdk::operation::delete_service_template::DeleteServiceTemplateInput;
use proton_sdk::operation::get_environment_template::GetEnvironmentTemplateInput;
use proton_sdk::operation::get_service_template::GetServiceTemplateInput;
use proton_sdk::operation::list_environment_templates::ListEnvironmentTemplatesInput;
use proton_sdk::operation::list_service_templates::{ListServiceTemplatesInput, ListServiceTemplatesOutput};
use proton_sdk::operation::list_tags_for_resource::ListTagsForResourceInput;
use proton_sdk::operation::update_service_template::UpdateServiceTemplateInput;
use proton_sdk::types::{ServiceTemplate, Tag};
use std::time::Duration;

fn asked(name: &str) -> CreateServiceTemplateInput {
    CreateServiceTemplateInput::builder().name(name).build().unwrap()
}

fn create(kit: &Kit, input: CreateServiceTemplateInput) -> Result<ServiceTemplate, Fault> {
    kit.write(create_service_template, input).map(|output| output.service_template.unwrap())
}

fn get(kit: &Kit, name: &str) -> Result<ServiceTemplate, Fault> {
    let input = GetServiceTemplateInput::builder().name(name).build().unwrap();
    kit.read(get_service_template, input).map(|output| output.service_template.unwrap())
}

fn describe(kit: &Kit, name: &str, text: &str) -> Result<ServiceTemplate, Fault> {
    let input = UpdateServiceTemplateInput::builder().name(name).description(text).build().unwrap();
    kit.write(update_service_template, input).map(|output| output.service_template.unwrap())
}

fn page(kit: &Kit, token: Option<String>, limit: i32) -> Result<ListServiceTemplatesOutput, Fault> {
    let input = ListServiceTemplatesInput::builder().set_next_token(token).max_results(limit).build().unwrap();
    kit.read(list_service_templates, input)
}

#[test]
fn a_template_has_what_the_request_gave_it() {
    let kit = Kit::new();
    let input = CreateServiceTemplateInput::builder()
        .name("web")
        .description("A web service")
        .encryption_key(kit.arn("key/1"))
        .pipeline_provisioning(Provisioning::CustomerManaged)
        .tags(Tag::builder().key("team").value("blue").build().unwrap());
    let made = create(&kit, input.build().unwrap()).unwrap();

    assert_eq!(made.arn, "arn:aws:proton:us-east-1:111111111111:service-template/web");
    assert_eq!(made.display_name.as_deref(), Some("web"), "the name stands in for it");
    assert_eq!(made.description.as_deref(), Some("A web service"));
    assert_eq!(made.encryption_key, Some(kit.arn("key/1")));
    assert_eq!(made.pipeline_provisioning, Some(Provisioning::CustomerManaged));
    assert_eq!(made.created_at, made.last_modified_at);
    assert_eq!(made.recommended_version, None);
    assert_eq!(get(&kit, "web").unwrap(), made);

    let input = ListTagsForResourceInput::builder().resource_arn(made.arn).build().unwrap();
    let tags = kit.read(list_tags_for_resource, input).unwrap().tags;
    let keys: Vec<_> = tags.iter().map(|tag| tag.key()).collect();
    assert_eq!(keys, ["aws:proton:account", "aws:proton:template", "team"]);
}

#[test]
fn the_kinds_do_not_mix() {
    let kit = Kit::new();
    create(&kit, asked("web")).unwrap();
    let input = CreateEnvironmentTemplateInput::builder()
        .name("web")
        .provisioning(Provisioning::CustomerManaged)
        .display_name("Net")
        .build()
        .unwrap();
    let made = kit.write(create_environment_template, input).unwrap().environment_template.unwrap();
    assert_eq!(made.provisioning, Some(Provisioning::CustomerManaged));

    let input = DeleteServiceTemplateInput::builder().name("web").build().unwrap();
    kit.write(delete_service_template, input).unwrap();
    let input = GetEnvironmentTemplateInput::builder().name("web").build().unwrap();
    assert_eq!(kit.read(get_environment_template, input).unwrap().environment_template.unwrap(), made);
    let input = ListEnvironmentTemplatesInput::builder().build().unwrap();
    assert_eq!(kit.read(list_environment_templates, input).unwrap().templates[0].display_name(), Some("Net"));
    assert!(page(&kit, None, 10).unwrap().templates.is_empty());
}

#[test]
fn a_repeated_create_makes_nothing_and_answers_alike() {
    let kit = Kit::new();
    let made = create(&kit, asked("web")).unwrap();
    kit.advance(Duration::from_secs(60 * 60 * 24));
    assert_eq!(create(&kit, asked("web")).unwrap(), made);
    assert_eq!(page(&kit, None, 10).unwrap().templates.len(), 1);
}

#[test]
fn a_create_with_other_parameters_is_a_mismatch_even_after_a_change() {
    let kit = Kit::new();
    create(&kit, asked("web")).unwrap();
    let other = || CreateServiceTemplateInput::builder().name("web").description("other").build().unwrap();
    let mismatch = |fault: Fault| match fault {
        Fault::Validation(text) => assert!(text.contains("IdempotentParameterMismatch"), "{text}"),
        fault => panic!("{fault:?}"),
    };
    mismatch(create(&kit, other()).unwrap_err());
    describe(&kit, "web", "changed").unwrap();
    mismatch(create(&kit, other()).unwrap_err());
}

#[test]
fn a_repeated_create_after_a_change_is_a_conflict() {
    let kit = Kit::new();
    create(&kit, asked("web")).unwrap();
    describe(&kit, "web", "changed").unwrap();
    assert!(matches!(create(&kit, asked("web")), Err(Fault::Conflict(_))));
}

#[test]
fn an_update_changes_what_it_names() {
    let kit = Kit::new();
    let made = create(&kit, asked("web")).unwrap();
    kit.advance(Duration::from_secs(5));
    let changed = describe(&kit, "web", "changed").unwrap();
    assert_eq!(changed.description.as_deref(), Some("changed"));
    assert_eq!(changed.display_name, made.display_name);
    assert_eq!(changed.created_at, made.created_at);
    assert_eq!(changed.last_modified_at.secs() - made.last_modified_at.secs(), 5);

    // An update of nothing is none: a repeated create still succeeds.
    create(&kit, asked("api")).unwrap();
    let input = UpdateServiceTemplateInput::builder().name("api").build().unwrap();
    kit.write(update_service_template, input).unwrap();
    create(&kit, asked("api")).unwrap();
}

#[test]
fn an_absent_template_is_not_found() {
    let kit = Kit::new();
    let text =
        "The requested service template does not exist: arn:aws:proton:us-east-1:111111111111:service-template/web";
    assert_eq!(get(&kit, "web").unwrap_err().to_string(), text);
    assert_eq!(describe(&kit, "web", "x").unwrap_err().to_string(), text);
    create(&kit, asked("web")).unwrap();
    assert!(matches!(get(&kit.as_account("222222222222"), "web"), Err(Fault::NotFound(_))));
}

#[test]
fn a_delete_answers_with_the_template_and_then_with_nothing() {
    let kit = Kit::new();
    let input = || DeleteEnvironmentTemplateInput::builder().name("net").build().unwrap();
    let asked = CreateEnvironmentTemplateInput::builder().name("net").build().unwrap();
    let made = kit.write(create_environment_template, asked).unwrap().environment_template;
    assert_eq!(kit.write(delete_environment_template, input()).unwrap().environment_template, made);
    assert_eq!(kit.write(delete_environment_template, input()).unwrap().environment_template, None);
    let arn = made.unwrap().arn;
    let tags = ListTagsForResourceInput::builder().resource_arn(arn).build().unwrap();
    assert!(matches!(kit.read(list_tags_for_resource, tags), Err(Fault::NotFound(_))));
}

#[test]
fn pages_hold_every_template_once() {
    let kit = Kit::new();
    for number in 0..7 {
        create(&kit, asked(&format!("web-{number}"))).unwrap();
    }
    let (mut names, mut token) = (Vec::new(), None);
    loop {
        let found = page(&kit, token, 3).unwrap();
        names.extend(found.templates.into_iter().map(|template| template.name));
        token = found.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(names, ["web-0", "web-1", "web-2", "web-3", "web-4", "web-5", "web-6"]);

    let token = page(&kit, None, 3).unwrap().next_token;
    let input = ListEnvironmentTemplatesInput::builder().set_next_token(token).build().unwrap();
    assert!(matches!(kit.read(list_environment_templates, input), Err(Fault::Validation(_))), "another list's token");
}

#[test]
fn the_quota_counts_both_kinds() {
    let quotas = Quotas { templates: 2, ..Quotas::default() };
    let kit = Kit::with(Settings { quotas, ..Settings::default() });
    create(&kit, asked("web")).unwrap();
    let input = |name: &str| CreateEnvironmentTemplateInput::builder().name(name).build().unwrap();
    kit.write(create_environment_template, input("net")).unwrap();
    assert!(matches!(kit.write(create_environment_template, input("more")), Err(Fault::Quota(_))));
    create(&kit, asked("web")).unwrap();
}

#[test]
fn a_refused_create_leaves_nothing() {
    let kit = Kit::new();
    let tag = Tag::builder().key("aws:team").value("blue").build().unwrap();
    let input = CreateServiceTemplateInput::builder().name("web").tags(tag).build().unwrap();
    assert!(matches!(create(&kit, input), Err(Fault::Validation(_))));
    assert!(get(&kit, "web").is_err());
}

#[test]
fn side_by_side_creates_make_one_template_and_one_answer() {
    let kit = Kit::new();
    let threads: Vec<_> = (0..64)
        .map(|_| {
            let kit = kit.clone();
            std::thread::spawn(move || create(&kit, asked("web")).unwrap())
        })
        .collect();
    let answers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(page(&kit, None, 100).unwrap().templates.len(), 1);
}
