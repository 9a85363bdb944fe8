//! Interceptors, classifiers and calls that differ from the others of their client.

use crate::{Transcript, configure};
use aws_sdk_proton::Client;
use aws_sdk_proton::config::http::{HttpRequest, HttpResponse};
use aws_sdk_proton::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextRef,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
    FinalizerInterceptorContextRef, InterceptorContext,
};
use aws_sdk_proton::config::retry::{ClassifyRetry, RetryAction, RetryConfig};
use aws_sdk_proton::config::{ConfigBag, Intercept, Region, RuntimeComponents, SharedInterceptor};
use aws_sdk_proton::error::BoxError;
use aws_sdk_proton::operation::get_service::{GetServiceError, GetServiceInput, GetServiceOutput};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug, Default)]
struct Journal(Arc<Mutex<Vec<String>>>);

impl Journal {
    fn write(&self, line: impl Into<String>) {
        self.0.lock().expect("no thread panics with the journal in hand").push(line.into());
    }

    fn read(&self) -> String {
        std::mem::take(&mut *self.0.lock().expect("no thread panics with the journal in hand")).join(" | ")
    }
}

impl Intercept for Journal {
    fn name(&self) -> &'static str {
        "Journal"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input().downcast_ref::<GetServiceInput>();
        self.write(format!("before {:?}", input.and_then(GetServiceInput::name)));
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request: &mut HttpRequest = context.request_mut();
        request.headers_mut().insert("x-journal", "signed");
        self.write(format!("{} {}", request.method(), request.headers().contains_key("authorization")));
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let signature = context.request().headers().get("authorization").unwrap_or_default();
        self.write(format!("signed {}", signature.contains("x-journal")));
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response: &HttpResponse = context.response();
        self.write(format!("status {}", response.status().as_u16()));
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let outcome = match context.output_or_error() {
            Ok(output) => output.downcast_ref::<GetServiceOutput>().map_or("?", |_| "output"),
            Err(error) => {
                error.as_operation_error().and_then(|it| it.downcast_ref::<GetServiceError>()).map_or("?", |_| "error")
            }
        };
        self.write(outcome);
        Ok(())
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.write("after");
        Ok(())
    }
}

/// Stops before anything is sent.
#[derive(Debug)]
struct Refuse;

impl Intercept for Refuse {
    fn name(&self) -> &'static str {
        "Refuse"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("refused".into())
    }
}

#[derive(Clone, Debug, Default)]
struct RetryTeapots(Journal);

impl ClassifyRetry for RetryTeapots {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let status = context.response().map_or(0, |response| response.status().as_u16());
        if status != 418 {
            return RetryAction::NoActionIndicated;
        }
        self.0.write(status.to_string());
        RetryAction::server_error()
    }

    fn name(&self) -> &'static str {
        "RetryTeapots"
    }
}

pub(crate) async fn run(client: &Client, endpoint: &str, seen: &mut Transcript) {
    let journal = Journal::default();
    let answer = client.get_service().name("plain").customize().interceptor(journal.clone()).send().await;
    seen.note("journal", format!("{} {}", answer.is_ok(), journal.read()));
    let config = client.config().to_builder().interceptor(journal.clone());
    let watched = Client::from_conf(config.build());
    let answer = watched.get_service().name("missing").send().await;
    seen.note("client's journal", format!("{} {}", answer.is_ok(), journal.read()));
    seen.note("listed", watched.config().interceptors().count());
    let mut builder = client.config().to_builder();
    builder.push_interceptor(SharedInterceptor::new(Refuse));
    let refused = Client::from_conf(builder.build()).get_service().name("plain").send().await;
    seen.note("refused", refused.err().as_ref().map_or("sent", crate::failures::kind));

    let answer = client
        .get_service()
        .name("plain")
        .customize()
        .mutate_request(|request| {
            request.headers_mut().insert("x-mutated", "yes");
        })
        .map_request(|mut request: HttpRequest| {
            request.headers_mut().append("x-mapped", "yes");
            Ok::<_, Infallible>(request)
        })
        .config_override(aws_sdk_proton::Config::builder().region(Region::new("eu-central-1")))
        .send()
        .await;
    seen.note("customized", answer.is_ok());

    let teapots = RetryTeapots::default();
    let classified = Client::from_conf(
        client.config().to_builder().retry_classifier(teapots.clone()).retry_config(RetryConfig::standard()).build(),
    );
    let answer = classified.get_service().name("teapot").send().await;
    seen.note("teapot", format!("{} {}", answer.is_ok(), !teapots.0.read().is_empty()));
    seen.note("classifiers", classified.config().retry_classifiers().count());
    let plain = client.get_service().name("teapot-2").send().await;
    seen.note("teapot unclassified", plain.err().as_ref().map_or("sent", crate::failures::kind));
    let once = client
        .get_service()
        .name("broken-once")
        .customize()
        .config_override(configure::config(endpoint).retry_config(RetryConfig::disabled()))
        .send()
        .await;
    seen.note("not retried", once.is_err());
}
