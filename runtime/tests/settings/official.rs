//! Credentials that another service gives, over our own HTTP client.

use crate::support::{CreateThing, FakeTime, SERVICE, Server, Step, answer, input};
use crate::{home, with};
use smithy_runtime::client::{Call, Handle};
use smithy_runtime::config::{AppName, Config, Credentials, CredentialsChain, Environment, ProvideCredentials, Region};
use smithy_runtime::error::DisplayErrorContext;
use std::time::Duration;

async fn load(environment: Environment) -> Result<Credentials, String> {
    let time = FakeTime::new();
    let chain = CredentialsChain::new(environment).time_source(time.clone()).sleep_impl(time);
    chain.provide_credentials().await.map_err(|error| DisplayErrorContext(error).to_string())
}

/// STS's answer to `action`.
fn sts(action: &str) -> Step {
    answer(&format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials>\
         <AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
         <Expiration>2015-08-30T13:36:00Z</Expiration></Credentials></{action}Result></{action}Response>"
    ))
}

fn profile(lines: &str, server: &Server) -> Environment {
    let file = format!(
        "[profile dev]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/r\nservices = local\n{lines}\n\
         [services local]\nsts =\n  endpoint_url = {}\n\
         [profile base]\naws_access_key_id = BASE\naws_secret_access_key = s\n",
        server.url()
    );
    with(home(&file), &[("AWS_PROFILE", "dev")])
}

#[tokio::test]
async fn a_role_is_taken_with_the_keys_of_another_profile() {
    let server = Server::start([sts("AssumeRole")]).await;
    let keys = load(profile("source_profile = base", &server)).await.unwrap();
    assert_eq!((keys.access_key_id(), keys.session_token()), ("ROLE", Some("t")));
    let start = std::time::UNIX_EPOCH + Duration::from_secs(1_440_938_160);
    assert_eq!(keys.expiry(), Some(start + Duration::from_secs(3600)));
    let request = &server.requests()[0];
    assert!(request.contains("Action=AssumeRole&") && request.contains("Credential=BASE/20150830/eu-west-1/sts/"));
}

#[tokio::test]
async fn a_role_is_taken_with_the_keys_of_our_own_places() {
    let server = Server::start([sts("AssumeRole")]).await;
    let machine = r#"{"AccessKeyId":"BOX","SecretAccessKey":"s","Token":"t","Expiration":"2015-08-30T13:36:00Z"}"#;
    let container = Server::start([answer(machine)]).await;
    let environment = profile("credential_source = EcsContainer", &server)
        .with_variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url());
    assert_eq!(load(environment).await.unwrap().access_key_id(), "ROLE");
    assert!(server.requests()[0].contains("Credential=BOX/"));
}

#[tokio::test]
async fn what_is_wrong_with_a_role_is_told() {
    let server = Server::start([sts("AssumeRole")]).await;
    let error = load(profile("source_profile = nobody", &server)).await.unwrap_err();
    assert!(error.contains("nobody"), "{error}");
    let error = load(with(home(""), &[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")])).await.unwrap_err();
    assert!(error.contains("AWS_ROLE_ARN: not set, but AWS_WEB_IDENTITY_TOKEN_FILE is"), "{error}");
    let file = "[default]\nregion = a-1\nsso_account_id = 1\nsso_role_name = r\nsso_session = main\n\
                [sso-session main]\nsso_region = a-1\nsso_start_url = https://example.com\n";
    let error = load(home(file)).await.unwrap_err();
    assert!(error.to_lowercase().contains("sso"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn what_the_program_sets_holds_for_the_roles_service_too() {
    let sts = Server::start([sts("AssumeRole")]).await;
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let environment =
        profile("source_profile = base", &sts).with_variable("AWS_ENDPOINT_URL_ENGINE_TEST", server.url());
    let time = FakeTime::new();
    let config = Config::from_environment(&environment).unwrap().to_builder();
    let config = config.region(Region::new("eu-north-1")).sleep_impl(time.clone()).time_source(time);
    let client = Handle::new(config.build(), &SERVICE).unwrap();
    let copy = client.with_config(|change| change.app_name(AppName::new("copy").unwrap())).unwrap();
    for client in [client, copy] {
        Call::<CreateThing>::new(client).send(input()).await.unwrap();
    }
    let request = &sts.requests()[0];
    assert!(request.contains("Credential=BASE/20150830/eu-north-1/sts/"), "{request}");
    assert_eq!(sts.requests().len(), 1, "the copy asks again");
    assert!(server.header("authorization")[0].as_deref().unwrap().contains("Credential=ROLE/20150830/eu-north-1/"));
}

#[tokio::test]
async fn a_role_that_asks_for_a_code_is_told_of() {
    let server = Server::start([sts("AssumeRole")]).await;
    let lines = "source_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me";
    let error = load(profile(lines, &server)).await.unwrap_err();
    assert!(error.contains("/home/me/.aws/config:6: mfa_serial: ") && error.contains("credential_process"), "{error}");
    assert!(server.requests().is_empty());
    assert!(load(profile("source_profile = base\nduration_seconds = 900", &server)).await.is_ok());
}
