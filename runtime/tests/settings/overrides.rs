//! What a call's own configuration changes, and what it leaves alone.

use crate::home;
use crate::support::{CreateThing, SERVICE, Server, answer, config, handle, input};
use smithy_runtime::client::{Call, Handle};
use smithy_runtime::config::{Config, Credentials, CredentialsChain, Region};

fn keys(id: &str) -> Credentials {
    Credentials::new(id, "SECRETKEY", None, None, "test")
}

/// Key and Region of each request's signature.
fn scopes(server: &Server) -> Vec<String> {
    let headers = server.header("authorization").into_iter().flatten();
    let scope = |header: String| {
        let mut parts = header.split_once("Credential=").unwrap().1.split('/');
        format!("{} {}", parts.next().unwrap(), parts.nth(1).unwrap())
    };
    headers.map(scope).collect()
}

#[tokio::test]
async fn credentials_of_a_call_are_not_those_of_the_next() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let client = handle(config(&server).region(Region::new("a-1")));
    let call = || Call::<CreateThing>::new(client.clone());
    call().send(input()).await.unwrap();
    for id in ["OTHER1", "OTHER2"] {
        let overrides = Config::builder().credentials_provider(keys(id)).region(Region::new("b-1"));
        call().with_config_override(overrides).send(input()).await.unwrap();
    }
    let chain = CredentialsChain::new(home("[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n"));
    call().with_config_override(Config::builder().credentials_provider(chain)).send(input()).await.unwrap();
    call().send(input()).await.unwrap();
    assert_eq!(scopes(&server), ["AKIDEXAMPLE a-1", "OTHER1 b-1", "OTHER2 b-1", "FILE a-1", "AKIDEXAMPLE a-1"]);
}

#[tokio::test]
async fn an_override_keeps_what_it_does_not_set() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let file = format!(
        "[default]\nregion = a-1\nendpoint_url = {}\naws_access_key_id = FILE\naws_secret_access_key = s\n",
        server.url()
    );
    let config = Config::from_environment(&home(&file)).unwrap();
    let client = Handle::ready(config, &SERVICE).await.unwrap();
    let overrides = Config::builder().region(Region::new("b-1"));
    Call::<CreateThing>::new(client.clone()).with_config_override(overrides).send(input()).await.unwrap();
    let again = Handle::new(client.config().to_builder().build(), &SERVICE).unwrap();
    Call::<CreateThing>::new(again).send(input()).await.unwrap();
    assert_eq!(scopes(&server), ["FILE b-1", "FILE a-1"]);
    assert!(client.config().credentials_provider().is_some());
}

#[tokio::test]
async fn the_user_agent_names_where_credentials_come_from() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let file = home("[default]\nregion = a-1\naws_access_key_id = FILE\naws_secret_access_key = s\n")
        .with_variable("AWS_ENDPOINT_URL", server.url())
        .with_variable("AWS_EXECUTION_ENV", "somewhere")
        .with_variable("AWS_SDK_UA_APP_ID", "shop");
    for environment in
        [file.clone(), file.with_variable("AWS_ACCESS_KEY_ID", "E").with_variable("AWS_SECRET_ACCESS_KEY", "s")]
    {
        let client = Handle::ready(Config::from_environment(&environment).unwrap(), &SERVICE).await.unwrap();
        Call::<CreateThing>::new(client).send(input()).await.unwrap();
    }
    let agents: Vec<_> = server.header("user-agent").into_iter().flatten().collect();
    assert!(agents[0].contains(" m/E,N,n ") && agents[1].contains(" m/E,N,g "), "{agents:?}");
    assert!(agents[0].contains(" exec-env/somewhere ") && agents[0].ends_with(" app/shop"), "{agents:?}");
}

#[tokio::test]
async fn what_an_overrides_environment_says_counts_as_set() {
    let base = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let other = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let client = handle(config(&base).region(Region::new("a-1")));
    let file = home("[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n");
    let environment = file.clone().with_variable("AWS_ENDPOINT_URL", other.url());
    let from_environment = || Config::from_environment(&environment).unwrap();
    Call::<CreateThing>::new(client.clone()).with_config_override(from_environment()).send(input()).await.unwrap();
    // It says nothing of the endpoint; the second override is laid over the first.
    let silent = Config::from_environment(&file).unwrap().to_builder().region(Region::new("b-1"));
    let both = Call::<CreateThing>::new(client).with_config_override(from_environment()).with_config_override(silent);
    both.send(input()).await.unwrap();
    assert_eq!((scopes(&base), scopes(&other)), (vec![], vec!["FILE a-1".to_owned(), "FILE b-1".to_owned()]));
}

#[tokio::test]
async fn an_override_that_cannot_work_says_so_at_its_call() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let client = handle(config(&server));
    let environment = home("[default]\n").with_variable("AWS_ENDPOINT_URL_ENGINE_TEST", "nowhere");
    let broken = Config::from_environment(&environment).unwrap();
    let copy = client.with_config(|_| broken.to_builder()).unwrap();
    for call in [Call::<CreateThing>::new(copy), Call::new(client.clone()).with_config_override(broken)] {
        let error = call.send(input()).await.unwrap_err().to_string();
        assert!(error.starts_with("CreateThing: not sent: AWS_ENDPOINT_URL_ENGINE_TEST: `nowhere`"), "{error}");
    }
    Call::<CreateThing>::new(client).send(input()).await.unwrap();
}
