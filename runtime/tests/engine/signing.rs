//! Temporary credentials, and loading without a cache. The signature itself is tested beside the code.

use crate::support::{CreateThing, FakeTime, Server, answer, call, config, error_answer, handle, input};
use smithy_runtime::client::Call;
use smithy_runtime::config::{Credentials, IdentityCache, ProvideCredentials};
use smithy_runtime::error::SdkError;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

#[tokio::test]
async fn session_tokens_are_sent_and_signed() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let credentials = Credentials::new("AKIDEXAMPLE", "SECRETKEY", Some("TOKEN".into()), None, "test");
    call(config(&server).credentials_provider(credentials)).send(input()).await.unwrap();
    assert_eq!(server.header("x-amz-security-token"), [Some("TOKEN".into())]);
    let signed = "SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target;";
    assert!(server.requests()[0].contains(signed));
}

/// Counts how often it is asked.
#[derive(Clone, Debug, Default)]
struct Counted(Arc<AtomicU32>);

impl ProvideCredentials for Counted {
    fn provide_credentials<'a>(&'a self) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.0.fetch_add(1, Ordering::SeqCst);
        let credentials = Credentials::new("AKIDEXAMPLE", "SECRETKEY", None, None, "counted");
        aws_credential_types::provider::future::ProvideCredentials::ready(Ok(credentials))
    }
}

#[tokio::test]
async fn without_a_cache_each_attempt_loads() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let provider = Counted::default();
    let config = config(&server).credentials_provider(provider.clone()).identity_cache(IdentityCache::no_cache());
    let client = handle(config);
    Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap();
    Call::<CreateThing>::new(client).send(input()).await.unwrap();
    assert_eq!(provider.0.load(Ordering::SeqCst), 2);
}

#[derive(Debug)]
struct Never;

impl ProvideCredentials for Never {
    fn provide_credentials<'a>(&'a self) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        aws_credential_types::provider::future::ProvideCredentials::new(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_is_given_up_and_not_asked_again() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let error = call(config(&server).credentials_provider(Never)).send(input()).await.unwrap_err();
    assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
    assert!(error.to_string().contains("load_timeout for credentials of 21.6s"), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn signatures_follow_the_services_clock() {
    // The server is ten minutes ahead of 2015-08-30T12:36:00Z.
    let date = "date: Sun, 30 Aug 2015 12:46:00 GMT\r\n";
    let refused = r#"{"__type":"InvalidSignatureException","message":"Signature not yet current"}"#;
    let steps = || [error_answer("400 Bad Request", date, refused), answer(r#"{"arn":"a"}"#)];
    let server = Server::start(steps()).await;
    let time = FakeTime::new();
    let skewed = config(&server).time_source(time.clone()).sleep_impl(time.clone());
    call(skewed.clone()).send(input()).await.unwrap();
    let dates = server.header("x-amz-date");
    assert_eq!(dates[0].as_deref(), Some("20150830T123600Z"));
    assert_eq!(dates[1].as_deref(), Some("20150830T124600Z"));

    let server = Server::start(steps()).await;
    let fixed = skewed.endpoint_url(server.url()).disable_clock_skew_correction(true);
    call(fixed).send(input()).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}
