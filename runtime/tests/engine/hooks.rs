//! What each of the nineteen hooks is shown, by its own types.

use crate::support::{CreateThing, CreateThingInput, FakeTime, Server, answer, call, config, error_answer, input};
use smithy_runtime::config::interceptors::*;
use smithy_runtime::config::{ConfigBag, HttpRequest, HttpResponse, Intercept, RuntimeComponents};
use smithy_runtime::error::BoxError;
use smithy_runtime::operation::Operation;
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug, Default)]
struct Watcher(Arc<Mutex<Vec<String>>>);

impl Watcher {
    fn note(&self, hook: &str, saw: String) -> Result<(), BoxError> {
        self.0.lock().unwrap().push(format!("{hook}: {saw}"));
        Ok(())
    }
}

macro_rules! watch {
    ($($hook:ident($context:ty) $show:expr;)*) => {
        $(fn $hook(&self, context: $context, _: &RuntimeComponents, _: &mut ConfigBag) -> Result<(), BoxError> {
            let show: fn($context) -> String = $show;
            self.note(stringify!($hook), show(context))
        })*
    };
}

fn request(request: &HttpRequest) -> String {
    let signed = if request.headers().get("authorization").is_some() { "signed" } else { "unsigned" };
    let body = request.body().bytes().map(String::from_utf8_lossy).unwrap_or_default();
    format!("{signed} {}", body.split("\"token\"").next().unwrap_or_default())
}

fn response(response: &HttpResponse) -> String {
    let body = response.body().bytes().map(String::from_utf8_lossy).unwrap_or_default();
    format!("{} {body}", response.status().as_u16())
}

type Output = <CreateThing as Operation>::Output;
type Result_<'a, E> = Result<&'a aws_smithy_runtime_api::client::interceptors::context::Output, E>;

fn outcome<E>(result: Result_<'_, E>) -> String {
    match result {
        Ok(output) => format!("output {}", output.downcast_ref::<Output>().unwrap().arn),
        Err(_) => "error".to_owned(),
    }
}

fn name(input: &aws_smithy_runtime_api::client::interceptors::context::Input) -> String {
    input.downcast_ref::<CreateThingInput>().unwrap().name.clone().unwrap()
}

impl Intercept for Watcher {
    fn name(&self) -> &'static str {
        "Watcher"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.note("read_before_execution", name(context.input()))
    }

    watch! {
        modify_before_serialization(&mut BeforeSerializationInterceptorContextMut<'_>) |it| name(it.input());
        read_before_serialization(&BeforeSerializationInterceptorContextRef<'_>) |it| name(it.input());
        read_after_serialization(&BeforeTransmitInterceptorContextRef<'_>) |it| request(it.request());
        modify_before_retry_loop(&mut BeforeTransmitInterceptorContextMut<'_>) |it| request(it.request());
        read_before_attempt(&BeforeTransmitInterceptorContextRef<'_>) |it| request(it.request());
        modify_before_signing(&mut BeforeTransmitInterceptorContextMut<'_>) |it| request(it.request());
        read_before_signing(&BeforeTransmitInterceptorContextRef<'_>) |it| request(it.request());
        read_after_signing(&BeforeTransmitInterceptorContextRef<'_>) |it| request(it.request());
        modify_before_transmit(&mut BeforeTransmitInterceptorContextMut<'_>) |it| request(it.request());
        read_before_transmit(&BeforeTransmitInterceptorContextRef<'_>) |it| request(it.request());
        read_after_transmit(&BeforeDeserializationInterceptorContextRef<'_>) |it| response(it.response());
        modify_before_deserialization(&mut BeforeDeserializationInterceptorContextMut<'_>) |it| response(it.response());
        read_before_deserialization(&BeforeDeserializationInterceptorContextRef<'_>) |it| response(it.response());
        read_after_deserialization(&AfterDeserializationInterceptorContextRef<'_>) |it| outcome(it.output_or_error());
        modify_before_attempt_completion(&mut FinalizerInterceptorContextMut<'_>)
            |it| outcome(it.output_or_error().unwrap());
        read_after_attempt(&FinalizerInterceptorContextRef<'_>) |it| outcome(it.output_or_error().unwrap());
        modify_before_completion(&mut FinalizerInterceptorContextMut<'_>) |it| outcome(it.output_or_error().unwrap());
        read_after_execution(&FinalizerInterceptorContextRef<'_>) |it| outcome(it.output_or_error().unwrap());
    }
}

#[tokio::test]
async fn each_hook_sees_the_state_of_its_moment() {
    let server = Server::start([error_answer("500 Oops", "", "{}"), answer(r#"{"arn":"a"}"#)]).await;
    let (time, watcher) = (FakeTime::new(), Watcher::default());
    let config = config(&server).sleep_impl(time.clone()).time_source(time).interceptor(watcher.clone());
    call(config).send(input()).await.unwrap();
    let attempt = |answer: &str, outcome: &str| {
        format!(
            "read_before_attempt: unsigned {{\"name\":\"thing\",
modify_before_signing: unsigned {{\"name\":\"thing\",
read_before_signing: unsigned {{\"name\":\"thing\",
read_after_signing: signed {{\"name\":\"thing\",
modify_before_transmit: signed {{\"name\":\"thing\",
read_before_transmit: signed {{\"name\":\"thing\",
read_after_transmit: {answer}
modify_before_deserialization: {answer}
read_before_deserialization: {answer}
read_after_deserialization: {outcome}
modify_before_attempt_completion: {outcome}
read_after_attempt: {outcome}"
        )
    };
    let expected = format!(
        "read_before_execution: thing
modify_before_serialization: thing
read_before_serialization: thing
read_after_serialization: unsigned {{\"name\":\"thing\",
modify_before_retry_loop: unsigned {{\"name\":\"thing\",
{}
{}
modify_before_completion: output a
read_after_execution: output a",
        attempt("500 {}", "error"),
        attempt(r#"200 {"arn":"a"}"#, "output a")
    );
    assert_eq!(watcher.0.lock().unwrap().join("\n"), expected);
}
