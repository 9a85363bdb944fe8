//! Calls that succeed.

use crate::Transcript;
use aws_sdk_proton::Client;
use aws_sdk_proton::operation::RequestId;
use aws_sdk_proton::operation::create_service::builders::CreateServiceFluentBuilder;
use aws_sdk_proton::operation::get_service::{GetServiceInput, GetServiceOutput};
use aws_sdk_proton::types::{
    ListServiceInstancesFilter, ListServiceInstancesFilterBy, ListServiceInstancesSortBy, S3ObjectSource, SortOrder,
    Tag, TemplateVersionSourceInput,
};

pub(crate) async fn run(client: &Client, seen: &mut Transcript) {
    create(client, seen).await;
    get(client, seen).await;
    others(client, seen).await;
}

async fn create(client: &Client, seen: &mut Transcript) {
    let tag = |key: &str| Tag::builder().key(key).value("v").build().expect("all is set");
    let call: CreateServiceFluentBuilder = client
        .create_service()
        .name("shop")
        .set_description(Some("a shop".to_owned()))
        .template_name("fargate")
        .template_major_version("1")
        .spec("proton: ServiceSpec\n# \u{1F6CD} \"quoted\" \\ \u{7}")
        .tags(tag("one"))
        .tags(tag("two"));
    seen.note("get_name", format!("{:?} {:?}", call.get_name(), call.get_branch_name()));
    seen.note("get_tags", call.get_tags().as_ref().map_or(0, Vec::len));
    seen.note("as_input", format!("{:?}", call.as_input().get_template_name()));
    let sent = call.clone().send().await.expect("the server creates it");
    seen.note("created", sent.service().map_or("", |service| service.name()));
    seen.note("request id", format!("{:?}", sent.request_id()));
    let tags = call.set_tags(None).send().await.expect("the server creates it");
    seen.note("no tags", tags.service.is_some());
}

async fn get(client: &Client, seen: &mut Transcript) {
    let answer: GetServiceOutput =
        GetServiceInput::builder().name("plain").send_with(client).await.expect("it is there");
    let service = answer.service.expect("it is there");
    seen.note("service", format!("{} {} {}", service.name(), service.status(), service.arn));
    seen.note("times", format!("{} {:?}", service.created_at(), service.last_modified_at.subsec_nanos()));
    let pipeline = service.pipeline().expect("it has one");
    seen.note("pipeline", format!("{} {}", pipeline.template_minor_version(), pipeline.deployment_status()));
    let odd = client.get_service().name("odd").send().await.expect("it is there");
    let odd = odd.service().expect("it is there");
    seen.note("odd", format!("{} {:?} {}", odd.status(), odd.description(), odd.spec().len()));
    // What an answer leaves out although the model requires it.
    let empty = client.get_service().name("empty").send().await.expect("it is there");
    let empty = empty.service().expect("it is there");
    seen.note("empty", format!("{:?} {:?} {}", empty.name(), empty.created_at().secs(), empty.status()));
}

async fn others(client: &Client, seen: &mut Transcript) {
    let settings = client.get_account_settings().send().await.expect("an empty input");
    seen.note("settings", settings.account_settings().is_none());
    let tagged = client.tag_resource().resource_arn("arn:x").tags(Tag::builder().key("k").value("v").build().unwrap());
    let tagged = tagged.send().await;
    seen.note("empty output", tagged.is_ok());
    let untagged = client.untag_resource().resource_arn("arn:x").tag_keys("k").tag_keys("l").send().await;
    seen.note("strings", untagged.is_ok());
    let object = S3ObjectSource::builder().bucket("b").key("k").build().expect("all is set");
    let version = client
        .create_environment_template_version()
        .template_name("vpc")
        .source(TemplateVersionSourceInput::S3(object))
        .send()
        .await;
    let version = version.expect("the server creates it");
    seen.note("version", version.environment_template_version().map_or("", |it| it.minor_version()));
    let token =
        client.create_service_instance().name("i").service_name("s").spec("x").client_token("mine").send().await;
    seen.note("own token", token.is_ok());
    let filter = ListServiceInstancesFilter::builder().key(ListServiceInstancesFilterBy::Name).value("n").build();
    let listed = client
        .list_service_instances()
        .filters(filter)
        .sort_by(ListServiceInstancesSortBy::CreatedAt)
        .sort_order(SortOrder::Descending)
        .max_results(5)
        .send()
        .await
        .expect("a page");
    seen.note("instances", format!("{} {:?}", listed.service_instances().len(), listed.next_token()));
    let both = together(client).await;
    seen.note("together", both);
}

/// Futures of calls can be moved between threads.
async fn together(client: &Client) -> bool {
    fn assert_send<T: Send + 'static>(future: T) -> T {
        future
    }
    let first = Box::pin(assert_send(client.get_service().name("plain").send()));
    let second = assert_send(client.get_service().name("plain").customize().send());
    first.await.is_ok() & second.await.is_ok()
}
