//! Interceptors, and HTTP clients of the program.

use crate::support::{CreateThing, CreateThingInput, FakeTime, Server, ServiceFailure, answer, call, config};
use crate::support::{error_answer, handle, input};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use smithy_runtime::client::Call;
use smithy_runtime::config::interceptors::*;
use smithy_runtime::config::{
    AsyncSleep, Config, ConfigBag, Credentials, HttpRequest, HttpResponse, Intercept, Region, RuntimeComponents,
    SharedRandom, Sleep,
};
use smithy_runtime::customize::CustomizableOperation;
use smithy_runtime::error::{BoxError, SdkError};
use smithy_runtime::operation::Operation;
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug, Default)]
pub(crate) struct Recorder(Arc<Mutex<Vec<&'static str>>>);

impl Recorder {
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().clone()
    }
}

macro_rules! record {
    ($($name:ident $context:ty;)*) => {
        $(fn $name(&self, _: $context, _: &RuntimeComponents, _: &mut ConfigBag) -> Result<(), BoxError> {
            self.0.lock().unwrap().push(stringify!($name));
            Ok(())
        })*
    };
}

impl Intercept for Recorder {
    fn name(&self) -> &'static str {
        "Recorder"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        assert!(context.input().downcast_ref::<CreateThingInput>().is_some());
        self.0.lock().unwrap().push("read_before_execution");
        Ok(())
    }

    record! {
        modify_before_serialization &mut BeforeSerializationInterceptorContextMut<'_>;
        read_before_serialization &BeforeSerializationInterceptorContextRef<'_>;
        read_after_serialization &BeforeTransmitInterceptorContextRef<'_>;
        modify_before_retry_loop &mut BeforeTransmitInterceptorContextMut<'_>;
        read_before_attempt &BeforeTransmitInterceptorContextRef<'_>;
        modify_before_signing &mut BeforeTransmitInterceptorContextMut<'_>;
        read_before_signing &BeforeTransmitInterceptorContextRef<'_>;
        read_after_signing &BeforeTransmitInterceptorContextRef<'_>;
        modify_before_transmit &mut BeforeTransmitInterceptorContextMut<'_>;
        read_before_transmit &BeforeTransmitInterceptorContextRef<'_>;
        read_after_transmit &BeforeDeserializationInterceptorContextRef<'_>;
        modify_before_deserialization &mut BeforeDeserializationInterceptorContextMut<'_>;
        read_before_deserialization &BeforeDeserializationInterceptorContextRef<'_>;
        read_after_deserialization &AfterDeserializationInterceptorContextRef<'_>;
        modify_before_attempt_completion &mut FinalizerInterceptorContextMut<'_>;
        read_after_attempt &FinalizerInterceptorContextRef<'_>;
        modify_before_completion &mut FinalizerInterceptorContextMut<'_>;
        read_after_execution &FinalizerInterceptorContextRef<'_>;
    }
}

const BEFORE: [&str; 5] = [
    "read_before_execution",
    "modify_before_serialization",
    "read_before_serialization",
    "read_after_serialization",
    "modify_before_retry_loop",
];
const ATTEMPT: [&str; 12] = [
    "read_before_attempt",
    "modify_before_signing",
    "read_before_signing",
    "read_after_signing",
    "modify_before_transmit",
    "read_before_transmit",
    "read_after_transmit",
    "modify_before_deserialization",
    "read_before_deserialization",
    "read_after_deserialization",
    "modify_before_attempt_completion",
    "read_after_attempt",
];
const AFTER: [&str; 2] = ["modify_before_completion", "read_after_execution"];

#[tokio::test]
async fn all_hooks_run_in_their_order_on_each_attempt() {
    let server = Server::start([error_answer("500 Oops", "", ""), answer(r#"{"arn":"a"}"#)]).await;
    let (time, recorder) = (FakeTime::new(), Recorder::default());
    let config = config(&server).sleep_impl(time.clone()).time_source(time).interceptor(recorder.clone());
    assert_eq!(call(config).send(input()).await.unwrap().arn, "a");
    let expected: Vec<_> = [&BEFORE[..], &ATTEMPT, &ATTEMPT, &AFTER].concat();
    assert_eq!(*recorder.0.lock().unwrap(), expected);
}

/// Changes everything that can be changed.
#[derive(Debug)]
struct Changer;

impl Intercept for Changer {
    fn name(&self) -> &'static str {
        "Changer"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        use aws_smithy_runtime_api::client::orchestrator::Metadata;
        use aws_smithy_types::telemetry::CapturedTelemetryAttributes;
        assert_eq!(bag.load::<Metadata>().map(Metadata::name), Some("CreateThing"));
        assert_eq!(bag.load::<CapturedTelemetryAttributes>().and_then(|captured| captured.get("name")), Some("thing"));
        context.input_mut().downcast_mut::<CreateThingInput>().unwrap().name = Some("changed".into());
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        assert!(context.request().headers().get("authorization").is_some());
        context.request_mut().headers_mut().insert("x-late", "unsigned");
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        *context.response_mut().body_mut() = r#"{"arn":"b"}"#.into();
        Ok(())
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(Ok(output)) = context.output_or_error_mut() {
            output.downcast_mut::<<CreateThing as Operation>::Output>().unwrap().arn.push('c');
        }
        Ok(())
    }
}

#[tokio::test]
async fn inputs_requests_responses_and_outputs_can_be_changed() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let config = config(&server).capture_input_attributes(["name"]);
    let output = call(config).with_interceptor(Changer).send(input()).await.unwrap();
    assert_eq!(output.arn, "bc");
    assert!(server.bodies()[0].contains(r#""name":"changed""#));
    assert_eq!(server.header("x-late"), [Some("unsigned".into())]);
}

#[tokio::test]
async fn customized_requests_are_signed_as_changed() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let customize = || CustomizableOperation::new(call(config(&server)), Ok(input()));
    let map = |mut request: HttpRequest| {
        request.headers_mut().insert("x-mapped", "1");
        Ok::<_, std::io::Error>(request)
    };
    let customized = customize().map_request(map).mutate_request(|request| {
        request.headers_mut().insert("x-mutated", "2");
    });
    customized.send().await.unwrap();
    assert!(server.requests()[0].contains(";x-mapped;x-mutated,"), "{}", server.requests()[0]);

    let refuse = |_| Err::<HttpRequest, _>(std::io::Error::other("refused"));
    let error = customize().map_request(refuse).send().await.unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    assert!(error.to_string().contains("refused"), "{error}");

    let overridden = customize().config_override(Config::builder().endpoint_url(format!("{}/o", server.url())));
    overridden.send().await.unwrap();
    assert!(server.requests()[1].starts_with("POST /o/ "));
}

#[tokio::test]
async fn failures_are_the_same_with_interceptors() {
    let time = FakeTime::new();
    let error_of = async |step, recorded: bool| {
        let server = Server::start([step]).await;
        let random = SharedRandom::seeded(1);
        let mut config = config(&server).sleep_impl(time.clone()).time_source(time.clone()).random(random);
        if recorded {
            config = config.interceptor(Recorder::default());
        }
        call(config).send(input()).await.unwrap_err()
    };
    for step in [
        error_answer("400 Bad Request", "", r#"{"__type":"ConflictException","message":"taken"}"#),
        error_answer("200 OK", "", "oops"),
        error_answer("500 Oops", "", ""),
    ] {
        let (plain, recorded) = (error_of(step.clone(), false).await, error_of(step, true).await);
        assert_eq!(plain.to_string(), recorded.to_string());
        assert_eq!(std::mem::discriminant(&plain), std::mem::discriminant(&recorded));
        assert_eq!(
            plain.as_service_error().map(ServiceFailure::to_string),
            recorded.as_service_error().map(ServiceFailure::to_string)
        );
    }
    let server = Server::start([answer("{}")]).await;
    let recorder = Recorder::default();
    let call = call(config(&server)).with_interceptor(recorder.clone());
    let error = call.send(CreateThingInput::default()).await.unwrap_err();
    assert!(error.to_string().contains("`name` is required"), "{error}");
    assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
    let ran = recorder.0.lock().unwrap().clone();
    assert_eq!(ran, [&BEFORE[..3], &AFTER].concat());
}

#[tokio::test]
async fn an_overrides_interceptors_are_added() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let (first, second) = (Recorder::default(), Recorder::default());
    let overrides = Config::builder().interceptor(second.clone());
    call(config(&server).interceptor(first.clone())).with_config_override(overrides).send(input()).await.unwrap();
    assert_eq!(first.0.lock().unwrap().len(), 19);
    assert_eq!(second.0.lock().unwrap().len(), 19);
}

#[tokio::test]
async fn what_is_not_sent_is_told_from_what_breaks() {
    let config = Config::builder().endpoint_url("http://127.0.0.1:9").interceptor(Recorder::default());
    let credentials = Credentials::new("AKIDEXAMPLE", "SECRETKEY", None, None, "test");
    let error = call(config.credentials_provider(credentials)).send(input()).await.unwrap_err();
    assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
    assert!(error.to_string().contains("no Region"), "{error}");
}

/// An HTTP client that answers by itself.
#[derive(Clone, Debug, Default)]
struct Fake(Arc<Mutex<Vec<String>>>);

impl HttpConnector for Fake {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request.uri().to_owned());
        let response = HttpResponse::new(200.try_into().unwrap(), r#"{"arn":"fake"}"#.into());
        HttpConnectorFuture::ready(Ok(response))
    }
}

fn infallible_client_fn(answer: fn(HttpRequest) -> HttpResponse) -> impl HttpClient + 'static {
    #[derive(Debug)]
    struct Answers(fn(HttpRequest) -> HttpResponse);
    impl HttpConnector for Answers {
        fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
            HttpConnectorFuture::ready(Ok((self.0)(request)))
        }
    }
    http_client_fn(move |_, _| SharedHttpConnector::new(Answers(answer)))
}

#[tokio::test]
async fn a_programs_http_client_is_used() {
    let fake = Fake::default();
    let connector = fake.clone();
    let client = http_client_fn(move |_, components| {
        assert!(components.time_source().is_some() && components.sleep_impl().is_some());
        SharedHttpConnector::new(connector.clone())
    });
    let server = Server::start([answer("{}")]).await;
    let config = config(&server).endpoint_url("https://nowhere.invalid/x").http_client(client);
    let output = Call::<CreateThing>::new(handle(config)).send(input()).await.unwrap();
    assert_eq!(output.arn, "fake");
    assert_eq!(*fake.0.lock().unwrap(), ["https://nowhere.invalid/x/"]);
}

#[tokio::test]
async fn another_body_has_another_length() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let long = format!(r#"{{"name":"{}"}}"#, "x".repeat(300));
    for body in [long.as_str(), "{}"] {
        let text = body.to_owned();
        let customized = CustomizableOperation::new(call(config(&server)), Ok(input()));
        let customized = customized.mutate_request(move |request| *request.body_mut() = text.clone().into());
        customized.send().await.unwrap();
        assert_eq!(server.bodies().last().map(String::as_str), Some(body));
        let length = server.header("content-length").pop().flatten();
        assert_eq!(length, Some(body.len().to_string()));
    }
}

/// Fails at the very end.
#[derive(Debug)]
struct Spoiler;

impl Intercept for Spoiler {
    fn name(&self) -> &'static str {
        "Spoiler"
    }

    fn modify_before_completion(
        &self,
        _: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("spoiled".into())
    }
}

#[tokio::test(start_paused = true)]
async fn an_interceptor_may_fail_after_time_ran_out_between_attempts() {
    let busy = infallible_client_fn(|_| HttpResponse::new(500.try_into().unwrap(), "".into()));
    // The limit is none that the program set, so the pause, which never ends, begins in spite of it.
    let config = Config::builder().region(Region::new("spoiled")).allow_no_auth().http_client(busy);
    let config = config.endpoint_url("http://localhost/").sleep_impl(Forever);
    let error = call(config.clone()).send(input()).await.unwrap_err();
    assert!(error.to_string().contains("operation_timeout of 300s"), "{error}");
    let error = call(config.interceptor(Spoiler)).send(input()).await.unwrap_err();
    assert!(error.to_string().contains("spoiled"), "{error}");
}

#[derive(Clone, Debug)]
struct Forever;

impl AsyncSleep for Forever {
    fn sleep(&self, _: std::time::Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}
