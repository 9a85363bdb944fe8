//! Real traffic, recorded without its secrets and replayed.

use proton_sdk::config::interceptors::BeforeTransmitInterceptorContextMut;
use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::timeout::TimeoutConfig;
use proton_sdk::config::{Builder, ConfigBag, Intercept, RuntimeComponents};
use proton_sdk::error::{ProvideErrorMetadata, SdkError};
use proton_sdk::operation::RequestId;
use proton_sdk::testing::{Capture, Mock, Recording, Replay};
use proton_sdk::types::Tag;
use proton_sdk::{Client, Error};
use serde_json::json;
use std::time::Duration;
use tests::client::{SECRET, config};
use tests::server::{Answer, Request, Server};

const NEVER: [&str; 5] = [SECRET, "AKIDEXAMPLE", "hunter2", "Signature=", "session=1"];

fn answer(request: &Request, index: usize) -> Answer {
    match (request.operation(), index) {
        ("CreateComponent", 0) => Answer::error(429, "ThrottlingException", "hunter2 is too fast")
            .with_header("x-amz-retry-after", "1")
            .with_header("set-cookie", "session=1"),
        ("CreateComponent", _) => {
            let component = json!({
                "name": "c", "arn": "arn:c", "environmentName": "e", "createdAt": 1.5, "lastModifiedAt": 2,
                "description": "hunter2", "deploymentStatus": "IN_PROGRESS", "fromAFutureVersion": "hunter2",
            });
            Answer::json(200, json!({ "component": component }).to_string()).with_header("x-secret", "hunter2")
        }
        ("GetComponent", _) => Answer::error(400, "SignatureFailure", "hunter2 is not right"),
        ("ListComponents", _) => Answer::HalfBody(br#"{"components": []}"#.to_vec()),
        ("ListServices", _) => Answer::Full { status: 503, headers: Vec::new(), body: b"<b>hunter2</b>".to_vec() },
        _ => Answer::Stall,
    }
}

/// The program under test, in its six calls.
async fn program(config: Builder, name: &str) -> Vec<String> {
    let client = Client::from_conf(config.build());
    let tag = Tag::builder().key("team").value("shop").build().expect("key and value");
    let create = client.create_component().name(name).manifest("m").template_file("hunter2").tags(tag);
    let created = create.description("hunter2").send().await;
    let created = created.map(|output| {
        let component = output.component().expect("a component");
        format!("{} {} {:?}", component.name(), component.created_at(), output.request_id())
    });
    let once = || proton_sdk::config::Config::builder().retry_config(RetryConfig::disabled());
    let gone = client.get_component().name("x").send().await.expect_err("refused");
    let kind = |error: SdkError<Error>| match error {
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "time-out".to_owned(),
        SdkError::DispatchFailure(_) => "not reached".to_owned(),
        SdkError::ResponseError(_) => "broken off".to_owned(),
        other => other.code().unwrap_or("other").to_owned(),
    };
    let broken = client.list_components().customize().config_override(once()).send().await.expect_err("half a body");
    let proxy = client.list_services().customize().config_override(once()).send().await.expect_err("a proxy");
    let stalled = client.list_repositories().customize().config_override(once()).send().await.expect_err("a stall");
    vec![created.unwrap_or_else(kind), gone.code().unwrap_or_default().into(), kind(broken), kind(proxy), kind(stalled)]
}

fn traced(config: Builder, capture: &Capture) -> Builder {
    let short = TimeoutConfig::builder().read_timeout(Duration::from_millis(300)).build();
    config.interceptor(capture.clone()).retry_config(RetryConfig::standard()).timeout_config(short)
}

#[tokio::test]
async fn a_recording_has_no_secrets_and_replays_the_same_outcomes() {
    let server = Server::start(answer).await;
    let capture = Capture::new();
    let real = program(traced(config(&server.url()), &capture), "c").await;
    assert_eq!(
        real,
        ["c 1970-01-01T00:00:01.5Z Some(\"req-1\")", "SignatureFailure", "broken off", "other", "time-out"]
    );

    let text = capture.recording().to_json();
    for secret in NEVER {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let file = std::env::temp_dir().join(format!("recording-{}.json", std::process::id()));
    capture.save(&file).expect("a file");
    assert_eq!(Recording::load(&file).expect("a recording"), capture.recording());
    let replay = Replay::load(&file).expect("a recording");
    std::fs::remove_file(&file).expect("it is there");

    // Recorded again while it is replayed, it is the same text.
    let again = Capture::new();
    let replayed = program(replay.config().interceptor(again.clone()), "c").await;
    assert_eq!(replayed, real);
    replay.verify();
    assert_eq!(again.recording().to_json(), text);
}

#[tokio::test]
async fn the_form_of_the_file_is_stable() {
    let mock = Mock::new()
        .on::<proton_sdk::operation::get_repository::GetRepository>(|rule| {
            rule.fails_with("ValidationException", "hunter2").http(200, r#"{"repository": {"name": "a/b"}}"#)
        })
        .on::<proton_sdk::operation::list_services::ListServices>(|rule| rule.refuses_connection());
    let capture = Capture::new();
    let config = mock.config().interceptor(capture.clone()).retry_config(RetryConfig::disabled());
    let client = Client::from_conf(config.build());
    for _ in 0..2 {
        let _ = client.get_repository().name("a/b").provider("GITHUB".into()).send().await;
    }
    assert!(client.list_services().max_results(5).send().await.is_err());
    let expected = r#"{
  "recording": 1,
  "service": "Proton",
  "exchanges": [
    {
      "operation": "GetRepository",
      "input": {
        "name": "a/b",
        "provider": "GITHUB"
      },
      "status": 400,
      "headers": {
        "content-type": "application/x-amz-json-1.0",
        "x-amzn-requestid": "mock-1"
      },
      "answer": {
        "__type": "ValidationException",
        "message": "*** Sensitive Data Redacted ***"
      }
    },
    {
      "operation": "GetRepository",
      "input": {
        "name": "a/b",
        "provider": "GITHUB"
      },
      "status": 200,
      "headers": {
        "content-type": "application/x-amz-json-1.0",
        "x-amzn-requestid": "mock-2"
      },
      "answer": {
        "repository": {
          "name": "a/b"
        }
      }
    },
    {
      "operation": "ListServices",
      "input": {
        "maxResults": 5
      },
      "fault": "refused"
    }
  ]
}
"#;
    assert_eq!(capture.recording().to_json(), expected);
    assert_eq!(Recording::parse(expected).expect("a recording"), capture.recording());
}

const TWO: &str = r#"{"recording": 1, "exchanges": [
    {"operation": "GetService", "input": {"name": "a"}, "status": 200, "answer": {"service": {"name": "first"}}},
    {"operation": "GetService", "input": {"name": "b"}, "status": 200, "answer": {"service": {"name": "second"}}}
]}"#;

async fn name(client: &Client, asked: &str) -> Result<String, String> {
    let answer = client.get_service().name(asked).send().await.map_err(|error| error.to_string())?;
    Ok(answer.service().map(|service| service.name().to_owned()).unwrap_or_default())
}

#[tokio::test]
async fn a_request_that_was_not_recorded_says_what_was() {
    let replay = Replay::new(Recording::parse(TWO).expect("a recording"));
    let client = replay.client();
    let error = name(&client, "b").await.expect_err("a comes first");
    let expected = "no GetService here; it has GetService (exchanges[0]), whose input differs at `name`";
    assert!(error.contains(expected), "{error}");
    let error = client.list_services().send().await.expect_err("another operation").to_string();
    assert!(error.contains("the recording has no ListServices here; it has GetService (exchanges[0])"), "{error}");
    assert_eq!(name(&client, "a").await.as_deref(), Ok("first"));
    let left = std::panic::catch_unwind(|| replay.verify()).expect_err("one is left");
    assert!(left.downcast_ref::<String>().is_some_and(|text| text.ends_with("GetService (exchanges[1])")));
    assert_eq!(name(&client, "b").await.as_deref(), Ok("second"));
    assert!(name(&client, "b").await.expect_err("none is left").contains("the recording is at its end"));

    let any = Replay::new(Recording::parse(TWO).expect("a recording")).in_any_order();
    assert_eq!(name(&any.client(), "b").await.as_deref(), Ok("second"));
    assert_eq!(name(&any.client(), "a").await.as_deref(), Ok("first"));
    any.verify();
}

#[tokio::test]
async fn sensitive_values_are_kept_where_asked_for() {
    let server = Server::start(answer).await;
    let capture = Capture::new().keeping_sensitive_values();
    program(traced(config(&server.url()), &capture), "c").await;
    let text = capture.recording().to_json();
    assert!(text.contains("\"description\": \"hunter2\"") && text.contains("hunter2 is too fast"), "{text}");
    assert!(!text.contains(SECRET) && !text.contains("AKIDEXAMPLE"), "credentials are not even then");
}

#[test]
fn what_is_no_recording_is_refused_with_its_place() {
    for (text, place) in [
        ("", "the recording: "),
        ("{}", "the recording: this version reads `\"recording\": 1`"),
        (r#"{"recording": 2}"#, "the recording: this version reads"),
        (r#"{"recording": 1, "exchanges": [{"operation": "A", "status": 200}, {}]}"#, "exchanges[1]: it needs"),
        (r#"{"recording": 1, "exchanges": [{"operation": "A", "fault": "fire"}]}"#, "exchanges[0]: it needs"),
        (r#"{"recording": 1, "exchanges": [{"operation": "A", "status": 70000}]}"#, "exchanges[0]: it needs"),
    ] {
        let error = Recording::parse(text).expect_err(text).to_string();
        assert!(error.starts_with(place), "{error}");
    }
    let error = Recording::load("/nowhere/at all.json").expect_err("no file").to_string();
    assert!(error.starts_with("/nowhere/at all.json: "), "{error}");
}

#[tokio::test]
async fn an_attempt_that_is_not_sent_is_not_recorded() {
    /// Lets the first attempt pass alone.
    #[derive(Debug, Default)]
    struct Once(std::sync::atomic::AtomicBool);

    impl Intercept for Once {
        fn name(&self) -> &'static str {
            "Once"
        }

        fn modify_before_signing(
            &self,
            _: &mut BeforeTransmitInterceptorContextMut<'_>,
            _: &RuntimeComponents,
            _: &mut ConfigBag,
        ) -> Result<(), proton_sdk::error::BoxError> {
            let passed = self.0.swap(true, std::sync::atomic::Ordering::Relaxed);
            if passed { Err("once is enough".into()) } else { Ok(()) }
        }
    }

    let server = Server::always(Answer::error(500, "InternalServerException", "oops")).await;
    let capture = Capture::new();
    let config = config(&server.url()).interceptor(capture.clone()).retry_config(RetryConfig::standard());
    Client::from_conf(config.interceptor(Once::default()).build()).list_services().send().await.expect_err("a failure");
    assert_eq!((server.requests().len(), capture.recording().len()), (1, 1));
}
