//! Structures, builders, enums and time stamps, without a call.

use crate::Transcript;
use aws_sdk_proton::error::{BuildError, ProvideErrorMetadata, UnknownVariantError};
use aws_sdk_proton::operation::create_service::builders::{CreateServiceInputBuilder, CreateServiceOutputBuilder};
use aws_sdk_proton::operation::create_service::{CreateServiceInput, CreateServiceOutput};
use aws_sdk_proton::operation::list_services::ListServicesOutput;
use aws_sdk_proton::primitives::{Blob, DateTime, DateTimeFormat};
use aws_sdk_proton::types::builders::{ServiceSummaryBuilder, TagBuilder};
use aws_sdk_proton::types::error::ConflictException;
use aws_sdk_proton::types::error::builders::ConflictExceptionBuilder;
use aws_sdk_proton::types::{AccountSettings, BlockerType, Service, ServiceStatus, ServiceSummary, SortOrder, Tag};
use std::str::FromStr;

pub(crate) fn run(seen: &mut Transcript) {
    structures(seen);
    outputs(seen);
    enums(seen);
    errors(seen);
    primitives(seen);
}

fn structures(seen: &mut Transcript) {
    let tag: Result<Tag, BuildError> = Tag::builder().key("team").value("one").build();
    let tag = tag.expect("all is set");
    let Tag { key, value, .. } = &tag;
    seen.note("tag", format!("{key}={value} {} {}", tag.key(), tag.value()));
    seen.note("equal", tag == tag.clone());
    let builder: TagBuilder = Tag::builder().set_key(Some("only".to_owned()));
    seen.note("get", format!("{:?} {:?}", builder.get_key(), builder.get_value()));
    seen.note("missing", builder.clone().build().is_err());
    seen.note("default", builder == TagBuilder::default().key("only"));

    let input: CreateServiceInput = CreateServiceInput::builder()
        .name("shop")
        .template_name("fargate")
        .template_major_version("1")
        .spec("proton: ServiceSpec")
        .tags(tag.clone())
        .tags(Tag::builder().key("a").value("b").build().expect("all is set"))
        .build()
        .expect("an input can always be built when what it requires is set");
    let plain: (Option<&str>, Option<&str>, &[Tag]) = (input.name(), input.description(), input.tags());
    seen.note("input", format!("{plain:?} {:?}", input.tags.as_ref().map(Vec::len)));
    let mut edited: CreateServiceInput = input.clone();
    edited.name = Some("other".to_owned());
    edited.tags = None;
    seen.note("edited", format!("{:?} {} {}", edited.name, edited.tags().is_empty(), edited == input));
    let builder: CreateServiceInputBuilder = CreateServiceInput::builder().set_tags(Some(vec![tag]));
    seen.note("input builder", builder.get_tags().as_ref().map_or(0, Vec::len));

    // Nothing is required here, so nothing can fail.
    let settings: AccountSettings = AccountSettings::builder().pipeline_service_role_arn("arn:role").build();
    seen.note("settings", format!("{:?}", settings.pipeline_service_role_arn()));
}

fn outputs(seen: &mut Transcript) {
    let created: CreateServiceOutput = CreateServiceOutput::builder().set_service(None).build();
    let service: Option<&Service> = created.service();
    let _: CreateServiceOutputBuilder = CreateServiceOutput::builder();
    seen.note("output", service.is_none());
    let summary: ServiceSummary = ServiceSummaryBuilder::default()
        .name("shop")
        .arn("arn:aws:proton:us-east-1:123456789012:service/shop")
        .template_name("fargate")
        .created_at(DateTime::from_secs(1))
        .last_modified_at(DateTime::from_secs_f64(2.5))
        .status(ServiceStatus::Active)
        .build()
        .expect("all is set");
    let list: ListServicesOutput =
        ListServicesOutput::builder().services(summary.clone()).next_token("more").build().expect("all is set");
    let services: &[ServiceSummary] = list.services();
    seen.note("list", format!("{} {:?} {}", services.len(), list.next_token(), list.services[0] == summary));
    let (name, description): (&str, Option<&str>) = (summary.name(), summary.description());
    let (created, status): (&DateTime, &ServiceStatus) = (summary.created_at(), summary.status());
    seen.note("summary", format!("{name} {description:?} {created} {status} {:?}", summary.last_modified_at));
}

fn enums(seen: &mut Transcript) {
    seen.note("as_str", ServiceStatus::CreateFailedCleanupComplete.as_str());
    seen.note("values", ServiceStatus::values().join(","));
    let unknown = ServiceStatus::from("ASLEEP");
    seen.note("unknown", format!("{unknown} {}", unknown.as_str()));
    let parsed: ServiceStatus = "ACTIVE".parse().expect("infallible");
    seen.note("parsed", parsed == ServiceStatus::Active && ServiceStatus::from_str("ACTIVE") == Ok(parsed.clone()));
    let refused: Result<ServiceStatus, UnknownVariantError> = ServiceStatus::try_parse("ASLEEP");
    seen.note("try_parse", refused.is_err_and(|error| error.to_string().contains("ASLEEP")));
    let text: &str = SortOrder::Ascending.as_ref();
    seen.note("as_ref", format!("{text} {:?} {}", SortOrder::Descending, SortOrder::Ascending < SortOrder::Descending));
    seen.note("hashed", std::collections::HashSet::from([BlockerType::Automated]).contains(&BlockerType::Automated));
    let word = match parsed {
        ServiceStatus::Active => "up",
        ServiceStatus::CreateFailed | ServiceStatus::DeleteFailed => "down",
        _ => "other",
    };
    seen.note("match", word);
}

fn errors(seen: &mut Transcript) {
    let builder: ConflictExceptionBuilder = ConflictException::builder().message("taken");
    let error: ConflictException = builder.build().expect("all is set");
    let text: &str = error.message();
    seen.note("exception", format!("{text} {} {:?}", error.message, ProvideErrorMetadata::code(&error)));
    let as_error: &dyn std::error::Error = &error;
    seen.note("source", as_error.source().is_none());
}

fn primitives(seen: &mut Transcript) {
    let time = DateTime::from_str("2026-10-07T00:00:00Z", DateTimeFormat::DateTime).expect("a date");
    seen.note("time", format!("{} {}", time.secs(), time.fmt(DateTimeFormat::HttpDate).expect("in range")));
    seen.note("blob", Blob::new("abc").as_ref().len());
}
