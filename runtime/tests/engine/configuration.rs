//! Configurations: what is missing, what is wrong, what is taken over, what stays hidden.

use crate::support::{CreateThing, SERVICE, Server, answer, call, config, handle, input};
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_types::SdkConfig;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use smithy_runtime::client::{Call, Handle};
use smithy_runtime::config::retry::RetryConfig;
use smithy_runtime::config::{Config, Credentials, ProvideCredentials, Region, SharedCredentialsProvider};
use smithy_runtime::error::{ConfigError, SdkError};

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "SECRETKEY", Some("SESSION".into()), None, "test")
}

#[tokio::test]
async fn a_call_without_region_says_what_to_set() {
    for config in [
        Config::builder().credentials_provider(credentials()),
        Config::builder().credentials_provider(credentials()).endpoint_url("http://127.0.0.1:9"),
    ] {
        let error = call(config).send(input()).await.unwrap_err();
        assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
        assert!(error.to_string().contains("no Region: set `Config::builder().region("), "{error}");
    }
}

#[derive(Debug)]
struct Nothing;

impl ProvideCredentials for Nothing {
    fn provide_credentials<'a>(&'a self) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let error = aws_credential_types::provider::error::CredentialsError::not_loaded("the drawer is empty");
        aws_credential_types::provider::future::ProvideCredentials::ready(Err(error))
    }
}

#[tokio::test]
async fn a_call_whose_credentials_fail_says_why_and_sends_nothing() {
    let server = Server::start([answer("{}")]).await;
    let error = call(config(&server).credentials_provider(Nothing)).send(input()).await.unwrap_err();
    assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
    assert!(error.to_string().contains("the drawer is empty"), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_is_wrong_shows_on_request_or_at_the_first_call() {
    let region = || Config::builder().region(Region::new("r")).credentials_provider(credentials());
    for (config, message) in [
        (
            region().endpoint_url("localhost:80"),
            "endpoint URL `localhost:80` does not start with http:// or https://: set \
             `Config::builder().endpoint_url(\"https://host[:port][/path]\")`",
        ),
        (
            region().retry_config(RetryConfig::standard().with_max_attempts(0)),
            "max_attempts is 0: set `RetryConfig::with_max_attempts` to 1 or more",
        ),
    ] {
        let error = Handle::checked(config.clone().build(), &SERVICE).map(drop).unwrap_err();
        assert_eq!(error.to_string(), message);
        let error = call(config).send(input()).await.unwrap_err();
        assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("CreateThing: not sent: {message}"));
    }
    assert!(Handle::new(Config::default(), &SERVICE).is_ok());
}

#[test]
fn what_is_missing_shows_on_request() {
    let check = |config: Config| Handle::checked(config, &SERVICE).map(drop);
    let region = Config::builder().region(Region::new("r"));
    assert_eq!(check(Config::builder().credentials_provider(credentials()).build()), Err(ConfigError::MissingRegion));
    if std::env::var_os("AWS_ACCESS_KEY_ID").is_none() {
        assert_eq!(check(region.clone().build()), Err(ConfigError::MissingCredentials { tried: String::new() }));
    }
    assert_eq!(check(region.clone().allow_no_auth().build()), Ok(()));
    assert_eq!(check(region.credentials_provider(credentials()).build()), Ok(()));
}

#[test]
fn debug_shows_no_secrets() {
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(credentials())
        .endpoint_url("https://h/x?token=HIDDEN")
        .build();
    let text = format!("{config:?} {:?}", config.to_builder());
    assert!(text.contains("eu-west-1") && text.contains("https://h/x"), "{text}");
    for secret in ["SECRETKEY", "SESSION", "HIDDEN"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[derive(Debug)]
struct FromEnvironment;

impl LoadServiceConfig for FromEnvironment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let known = (key.service_id(), key.env(), key.profile());
        (known == ("Engine Test", "AWS_ENDPOINT_URL", "endpoint_url")).then(|| "http://service:1".to_owned())
    }
}

#[test]
fn a_shared_configuration_is_taken_over_with_the_services_own_url() {
    let shared = SdkConfig::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials()))
        .endpoint_url("http://all:1")
        .use_fips(false)
        .auth_scheme_preference([AuthSchemeId::new("bearer")])
        .retry_config(RetryConfig::standard().with_max_attempts(7))
        .build();
    let client = Handle::new(Config::new(&shared), &SERVICE).unwrap();
    assert_eq!(client.config().endpoint_url(), Some("http://all:1"));
    assert_eq!(client.config().region(), Some(&Region::new("eu-west-1")));
    assert_eq!(client.config().retry_config().unwrap().max_attempts(), 7);
    assert!(client.config().credentials_provider().is_some());
    let preference = client.config().auth_scheme_preference().cloned().unwrap();
    assert_eq!(preference.into_iter().collect::<Vec<_>>(), [AuthSchemeId::new("bearer")]);

    let shared = shared.into_builder().service_config(FromEnvironment).build();
    let config = Config::new(&shared);
    assert_eq!(Handle::new(config.clone(), &SERVICE).unwrap().config().endpoint_url(), Some("http://service:1"));
    let own = config.to_builder().endpoint_url("http://mine:1").build();
    assert_eq!(Handle::new(own, &SERVICE).unwrap().config().endpoint_url(), Some("http://mine:1"));
    let mut shared = shared.into_builder();
    shared.insert_origin("endpoint_url", aws_types::origin::Origin::shared_config());
    let config = Config::new(&shared.build());
    assert_eq!(Handle::new(config, &SERVICE).unwrap().config().endpoint_url(), Some("http://all:1"));
}

#[tokio::test]
async fn an_override_that_is_wrong_fails_its_call() {
    let server = Server::start([answer("{}")]).await;
    let overrides = Config::builder().endpoint_url("nowhere");
    let call = Call::<CreateThing>::new(handle(config(&server))).with_config_override(overrides);
    let error = call.send(input()).await.unwrap_err();
    assert!(error.to_string().starts_with("CreateThing: not sent: endpoint URL `nowhere`"), "{error}");
}

#[tokio::test]
async fn overrides_of_timeouts_keep_the_others() {
    use smithy_runtime::config::timeout::TimeoutConfig;
    use std::time::Duration;
    let seconds = Duration::from_secs;
    let base = TimeoutConfig::builder().read_timeout(seconds(1)).operation_timeout(seconds(2)).build();
    let client = Handle::new(Config::builder().timeout_config(base).build(), &SERVICE).unwrap();
    let timeouts = TimeoutConfig::builder().read_timeout(seconds(3)).build();
    let copy = client.with_config(|config| config.timeout_config(timeouts)).unwrap();
    let timeouts = copy.config().timeout_config().unwrap();
    assert_eq!((timeouts.read_timeout(), timeouts.operation_timeout()), (Some(seconds(3)), Some(seconds(2))));
}
