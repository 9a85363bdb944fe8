//! Calls that fail, each in its way.

use crate::{Transcript, configure};
use aws_sdk_proton::config::retry::RetryConfig;
use aws_sdk_proton::config::timeout::TimeoutConfig;
use aws_sdk_proton::error::{BuildError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, SdkError};
use aws_sdk_proton::operation::RequestId;
use aws_sdk_proton::operation::create_service::CreateServiceError;
use aws_sdk_proton::operation::get_service::{GetServiceError, GetServiceOutput};
use aws_sdk_proton::types::Tag;
use aws_sdk_proton::types::error::{ConflictException, ResourceNotFoundException, ThrottlingException};
use aws_sdk_proton::{Client, Error};
use std::error::Error as _;
use std::time::Duration;

pub(crate) async fn run(client: &Client, seen: &mut Transcript) {
    modelled(client, seen).await;
    retried(client, seen).await;
    unread(client, seen).await;
    conversions(client, seen).await;
}

/// The kind of an error, by its variant.
pub(crate) fn kind<E, R>(error: &SdkError<E, R>) -> &'static str {
    match error {
        SdkError::ConstructionFailure(_) => "construction",
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "dispatch timeout",
        SdkError::DispatchFailure(failure) if failure.is_io() => "dispatch io",
        SdkError::DispatchFailure(failure) if failure.is_user() => "dispatch user",
        SdkError::DispatchFailure(failure) if failure.is_other() => "dispatch other",
        SdkError::DispatchFailure(failure) if failure.as_connector_error().is_some() => "dispatch",
        SdkError::ResponseError(_) => "response",
        SdkError::ServiceError(_) => "service",
        _ => "unknown",
    }
}

async fn modelled(client: &Client, seen: &mut Transcript) {
    let error = client.create_service().name("taken").template_name("t").template_major_version("1").spec("s").send();
    let error = error.await.expect_err("it is taken");
    seen.note("taken", format!("{} {:?} {:?}", kind(&error), error.code(), error.message()));
    seen.note("ids", format!("{:?} {:?}", error.request_id(), error.meta().request_id()));
    if let SdkError::ServiceError(context) = &error {
        let raw = context.raw();
        let head = (raw.status().as_u16(), raw.headers().get("x-amzn-requestid"));
        seen.note("raw", format!("{head:?} {}", context.err().is_conflict_exception()));
        seen.note("raw body", raw.body().bytes().map_or(0, <[u8]>::len));
    }
    seen.note("raw response", error.raw_response().is_some());
    seen.note("context", !DisplayErrorContext(&error).to_string().is_empty());
    let service: Option<&CreateServiceError> = error.as_service_error();
    seen.note("borrowed", service.is_some_and(CreateServiceError::is_conflict_exception));
    match error.into_service_error() {
        CreateServiceError::ConflictException(ConflictException { message, .. }) => seen.note("owned", message),
        other => seen.note("owned", format!("{other:?}")),
    }

    let error = client.get_service().name("missing").send().await.expect_err("it is missing");
    let mapped = error.map_service_error(|error| error.is_resource_not_found_exception());
    seen.note("mapped", format!("{:?}", mapped.as_service_error()));
    let error = client.get_service().name("unmodelled").send().await.expect_err("the server refuses");
    let error: GetServiceError = error.into_service_error();
    seen.note("unmodelled", format!("{:?} {:?} {:?}", error.code(), error.message(), error.request_id()));
    seen.note("no variant", error.is_validation_exception() || error.is_access_denied_exception());
    seen.note("unhandled", matches!(error, GetServiceError::Unhandled(_)));
}

async fn retried(client: &Client, seen: &mut Transcript) {
    let slowed = client.get_service().name("throttled").send().await;
    seen.note("throttled", slowed.is_ok_and(|answer| answer.service().is_some()));
    let error = client.get_service().name("broken").send().await.expect_err("never up");
    seen.note("broken", format!("{} {:?}", kind(&error), error.raw_response().map(|raw| raw.status().as_u16())));
}

async fn unread(client: &Client, seen: &mut Transcript) {
    let error = client.get_service().name("garbage").send().await.expect_err("no JSON");
    seen.note("garbage", format!("{} {:?}", kind(&error), error.raw_response().map(|raw| raw.status().as_u16())));
    seen.note("has a source", error.into_source().is_ok());

    let nobody = Client::from_conf(configure::config("http://127.0.0.1:9").build());
    let error = nobody.list_services().send().await.expect_err("nobody listens");
    seen.note("nobody", kind(&error));
    seen.note("its source", error.source().is_some());

    // Timers need the real clock here.
    let config = client.config().to_builder().sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new());
    let hurried = Client::from_conf(
        config.timeout_config(TimeoutConfig::builder().operation_timeout(Duration::from_millis(200)).build()).build(),
    );
    let error = hurried.get_service().name("hang").send().await.expect_err("the server hangs");
    seen.note("hang", kind(&error));

    let config = client.config().to_builder().sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new());
    let timeouts = TimeoutConfig::builder().read_timeout(Duration::from_millis(200)).build();
    let impatient = Client::from_conf(config.timeout_config(timeouts).retry_config(RetryConfig::disabled()).build());
    let error = impatient.get_service().name("hang").send().await.expect_err("the server hangs");
    seen.note("hang before the headers", kind(&error));

    let odd = client.config().to_builder().endpoint_url("nowhere").build();
    let error = Client::from_conf(odd).list_services().send().await.expect_err("no URL");
    seen.note("no URL", error.as_service_error().is_none());
}

async fn conversions(client: &Client, seen: &mut Transcript) {
    let error: Error = client.get_service().name("missing").send().await.expect_err("it is missing").into();
    match &error {
        Error::ResourceNotFoundException(inner) => seen.note("service-wide", inner.message()),
        other => seen.note("service-wide", format!("{other:?}")),
    }
    seen.note("its code", format!("{:?} {:?}", error.code(), error.request_id()));
    let question =
        async || -> Result<GetServiceOutput, Error> { Ok(client.get_service().name("missing").send().await?) };
    seen.note("question mark", question().await.is_err());
    let build = || -> Result<Tag, Error> { Ok(Tag::builder().build()?) };
    seen.note("from build", build().is_err());
    let build: BuildError = Tag::builder().build().expect_err("nothing is set");
    seen.note("build error", build.to_string().contains("key"));
    let meta = ErrorMetadata::builder().code("Odd").message("strange").build();
    let generic = GetServiceError::generic(meta.clone());
    seen.note("generic", format!("{:?} {:?}", generic.meta().code(), ProvideErrorMetadata::message(&generic)));
    seen.note("unhandled", GetServiceError::unhandled("because").source().is_some());
    let not_found = ResourceNotFoundException::builder().message("gone").meta(meta).build().expect("all is set");
    let error = GetServiceError::ResourceNotFoundException(not_found);
    seen.note("by hand", format!("{:?} {}", error.code(), error.is_resource_not_found_exception()));
    let wide: Error = error.into();
    seen.note("widened", matches!(wide, Error::ResourceNotFoundException(_)));
    let slow = ThrottlingException::builder().message("slow").build().expect("all is set");
    seen.note("slow", slow.message());
    let failure: SdkError<GetServiceError, ()> = SdkError::construction_failure("no");
    seen.note("made", kind(&failure));
    let failure: SdkError<GetServiceError, u8> = SdkError::service_error(GetServiceError::unhandled("x"), 3);
    seen.note("made", format!("{} {:?}", kind(&failure), failure.raw_response()));
}
