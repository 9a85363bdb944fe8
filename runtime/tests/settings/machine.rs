//! Credentials of a container and of an instance, from endpoints on this machine.

use crate::support::{CreateThing, FakeTime, SERVICE, Server, Step, answer, error_answer, input};
use crate::with;
use smithy_runtime::client::{Call, Handle};
use smithy_runtime::config::{Config, Credentials, CredentialsChain, Environment, ProvideCredentials, TimeSource};
use smithy_runtime::error::{ConfigError, DisplayErrorContext};
use std::error::Error;
use std::time::Duration;

async fn load(environment: Environment, time: &FakeTime) -> Result<Credentials, String> {
    let chain = CredentialsChain::new(environment).time_source(time.clone()).sleep_impl(time.clone());
    chain.provide_credentials().await.map_err(|error| {
        let shown = DisplayErrorContext(&error).to_string();
        assert!(!shown.contains("HIDDEN"), "{shown}");
        error.source().unwrap().to_string()
    })
}

/// Credentials that end an hour after the start of [`FakeTime`].
const KEYS: &str = r#"{"Code":"Success","accesskeyid":"AKID","SECRETACCESSKEY":"HIDDEN","Token":"T",
    "Expiration":"2015-08-30T13:36:00Z","AccountId":"42"}"#;

fn busy() -> Step {
    error_answer("500 Busy", "", "HIDDEN")
}

mod container {
    use super::*;

    const URL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

    fn at(server: &Server) -> Environment {
        Environment::empty().with_variable(URL, format!("{}/keys?id=1", server.url()))
    }

    #[tokio::test]
    async fn gives_credentials() {
        let server = Server::start([answer(KEYS)]).await;
        let time = FakeTime::new();
        let environment = with(at(&server), &[("AWS_CONTAINER_AUTHORIZATION_TOKEN", "VARIABLE\n")]);
        let keys = load(environment.clone(), &time).await.unwrap();
        assert_eq!((keys.access_key_id(), keys.secret_access_key()), ("AKID", "HIDDEN"));
        assert_eq!((keys.session_token(), keys.account_id().unwrap().as_str()), (Some("T"), "42"));
        assert_eq!(keys.expiry(), Some(time.now() + Duration::from_secs(3600)));
        // The file wins; its last line end is none of the token.
        let environment = environment
            .with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/var/token")
            .with_file("/var/token", "Bearer FILE\r\n");
        load(environment, &time).await.unwrap();
        let tokens: Vec<_> = server.header("authorization").into_iter().flatten().collect();
        assert_eq!(tokens, ["VARIABLE", "Bearer FILE"]);
        assert!(server.requests()[0].starts_with("GET /keys?id=1 HTTP/1.1\r\n"), "{}", server.requests()[0]);
    }

    #[tokio::test]
    async fn is_asked_three_times() {
        for steps in [[busy(), answer("HIDDEN"), answer(KEYS)], [Step::Reset, answer("{}"), answer(KEYS)]] {
            let server = Server::start(steps).await;
            let time = FakeTime::new();
            assert!(load(at(&server), &time).await.is_ok());
            assert_eq!(time.slept(), [100, 200].map(Duration::from_millis));
        }
    }

    #[tokio::test]
    async fn is_told_of_when_it_gives_none() {
        for (step, attempts, reason) in [
            (busy(), 3, "answered 500 Internal Server Error"),
            (error_answer("403 No", "", "HIDDEN"), 1, "answered 403 Forbidden"),
            (error_answer("401 No", "", "HIDDEN"), 1, "answered 401 Unauthorized"),
            (answer("HIDDEN"), 3, "answered with what is no JSON (line 1, column 1)"),
            (answer(r#"{"AccessKeyId":"A","Token":"HIDDEN"}"#), 3, "answered with what has no `Expiration`"),
            (
                answer(&KEYS.replace("2015-08-30", "HIDDEN")),
                3,
                "answered with what has an `Expiration` that is no time, as in 2026-01-02T03:04:05Z",
            ),
        ] {
            let server = Server::start([step]).await;
            let error = load(at(&server), &FakeTime::new()).await.unwrap_err();
            assert_eq!(error, format!("{URL}: {}/keys?id=1 {reason}", server.url()));
            assert_eq!(server.requests().len(), attempts);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn is_given_up_when_it_does_not_answer() {
        let server = Server::start([Step::Hang(String::new())]).await;
        let error = load(at(&server), &FakeTime::new()).await.unwrap_err();
        assert!(error.contains("no answer within the read_timeout for credentials of 5s"), "{error}");
    }

    #[tokio::test]
    async fn is_only_asked_where_the_token_is_safe() {
        let time = FakeTime::new();
        for (variable, value, reason) in [
            (
                URL,
                "http://192.0.2.1/",
                "`192.0.2.1`: over http only this machine and the container endpoints of AWS may be asked; use https",
            ),
            (URL, "ftp://127.0.0.1/", "`ftp://127.0.0.1/` is no http or https URL"),
            (URL, "127.0.0.1", "`127.0.0.1` is no http or https URL"),
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "v2/keys", "`v2/keys` does not start with /"),
        ] {
            let error = load(with(Environment::empty(), &[(variable, value)]), &time).await.unwrap_err();
            assert_eq!(error, format!("{variable}: {reason}"));
        }
        let server = Server::start([answer(KEYS)]).await;
        let broken = at(&server).with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN", "HIDDEN\nHIDDEN");
        let error = load(broken, &time).await.unwrap_err();
        assert_eq!(error, "AWS_CONTAINER_AUTHORIZATION_TOKEN: holds characters that no HTTP header may have");
        let missing = at(&server).with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/no");
        let error = load(missing, &time).await.unwrap_err();
        assert_eq!(error, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: there is no file `/no`");
        assert_eq!(server.connections(), 0);
    }
}

mod instance {
    use super::*;

    fn at(server: &Server) -> Environment {
        Environment::empty().with_variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url())
    }

    fn steps(rest: &[Step]) -> Vec<Step> {
        [answer("TOKEN1\n"), answer("role\n"), answer("TOKEN2")].into_iter().chain(rest.iter().cloned()).collect()
    }

    #[tokio::test]
    async fn gives_the_credentials_of_its_role() {
        let server = Server::start(steps(&[answer(KEYS)])).await;
        let keys = load(at(&server), &FakeTime::new()).await.unwrap();
        assert_eq!((keys.access_key_id(), keys.session_token()), ("AKID", Some("T")));
        let lines: Vec<_> = server.requests().iter().map(|it| it.lines().next().unwrap().to_owned()).collect();
        let role = "GET /latest/meta-data/iam/security-credentials/";
        let token = "PUT /latest/api/token HTTP/1.1".to_owned();
        assert_eq!(lines, [token.clone(), format!("{role} HTTP/1.1"), token, format!("{role}role HTTP/1.1")]);
        let ttl = server.header("x-aws-ec2-metadata-token-ttl-seconds");
        assert_eq!(ttl, [Some("21600".to_owned()), None, Some("21600".to_owned()), None]);
        let tokens = server.header("x-aws-ec2-metadata-token");
        assert_eq!(tokens, [None, Some("TOKEN1".to_owned()), None, Some("TOKEN2".to_owned())]);
    }

    #[tokio::test]
    async fn is_asked_again_after_failures_and_with_a_new_token() {
        let refused = error_answer("401 Unauthorized", "", "");
        let server = Server::start([
            busy(),
            refused.clone(),
            answer("OLD"),
            refused,
            answer("NEW"),
            Step::Reset,
            answer("role"),
            answer("T"),
            busy(),
            answer(KEYS),
        ]);
        let server = server.await;
        load(at(&server), &FakeTime::new()).await.unwrap();
        let tokens: Vec<_> = server.header("x-aws-ec2-metadata-token").into_iter().flatten().collect();
        assert_eq!(tokens, ["OLD", "NEW", "NEW", "T", "T"]);
    }

    #[tokio::test]
    async fn is_told_of_when_it_gives_none() {
        let role = "latest/meta-data/iam/security-credentials/role";
        for (step, reason) in [
            (answer("{}"), "answered with what has no `Token`"),
            (answer("HIDDEN"), "answered with what is no JSON (line 1, column 1)"),
            (
                answer(r#"{"Code":"AssumeRoleUnauthorizedAccess"}"#),
                "answered with the code AssumeRoleUnauthorizedAccess",
            ),
            (busy(), "answered 500 Internal Server Error"),
            (error_answer("403 No", "", ""), "answered 403 Forbidden"),
        ] {
            let server = Server::start(steps(&[step])).await;
            let error = load(at(&server), &FakeTime::new()).await.unwrap_err();
            assert_eq!(error, format!("{}/{role} {reason}", server.url()));
        }
    }

    #[tokio::test]
    async fn without_a_role_has_none() {
        let server = Server::start([answer("T"), error_answer("404 Not Found", "", "")]).await;
        let error = load(at(&server), &FakeTime::new()).await.unwrap_err();
        let reason = format!("no container; {}/ knows no role of this instance; set", server.url());
        assert!(
            error.starts_with("no credentials: AWS_ACCESS_KEY_ID is not set; ") && error.contains(&reason),
            "{error}"
        );
    }

    #[tokio::test]
    async fn that_is_not_there_is_no_surprise() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let environment = Environment::empty()
            .with_variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", url.clone())
            .with_variable("AWS_REGION", "a-1");
        let error = load(environment.clone(), &FakeTime::new()).await.unwrap_err();
        assert!(error.contains(&format!("no container; {url}/latest/api/token: ")), "{error}");
        let error = Handle::ready(Config::from_environment(&environment).unwrap(), &SERVICE).await.unwrap_err();
        assert!(matches!(error, ConfigError::MissingCredentials { .. }), "{error}");
    }

    #[tokio::test(start_paused = true)]
    async fn that_does_not_answer_is_given_up() {
        let server = Server::start([Step::Hang(String::new())]).await;
        let error = load(at(&server), &FakeTime::new()).await.unwrap_err();
        assert!(error.contains("no answer within the read_timeout for credentials of 1s"), "{error}");
    }

    #[tokio::test(start_paused = true)]
    async fn is_waited_for_as_long_and_asked_as_often_as_settings_say() {
        let hangs = Server::start([Step::Hang(String::new())]).await;
        let patient = with(at(&hangs), &[("AWS_METADATA_SERVICE_TIMEOUT", "2.5")]);
        let error = load(patient, &FakeTime::new()).await.unwrap_err();
        assert!(error.contains("read_timeout for credentials of 2.5s"), "{error}");
        let server = Server::start([busy()]).await;
        load(with(at(&server), &[("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "2")]), &FakeTime::new()).await.unwrap_err();
        assert_eq!(server.requests().len(), 2);
        for (name, value) in [
            ("AWS_METADATA_SERVICE_TIMEOUT", "-1"),
            ("AWS_METADATA_SERVICE_TIMEOUT", "soon"),
            ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0"),
        ] {
            let error = load(with(at(&server), &[(name, value)]), &FakeTime::new()).await.unwrap_err();
            assert!(error.starts_with(&format!("{name}: `{value}` is no ")), "{error}");
        }
    }

    #[tokio::test]
    async fn that_could_not_renew_in_time_is_trusted_ten_minutes_more() {
        let server = Server::start(steps(&[answer(&KEYS.replace("T13:36", "T12:00"))])).await;
        let time = FakeTime::new();
        let keys = load(at(&server), &time).await.unwrap();
        assert_eq!(keys.expiry(), Some(time.now() + Duration::from_secs(600)));
    }

    #[tokio::test]
    async fn knows_the_region_that_nothing_else_names() {
        let steps = [answer("T"), answer("eu-west-1\n"), answer("T"), answer("role"), answer("T"), answer(KEYS)];
        let server = Server::start(steps.into_iter().chain([answer(r#"{"arn":"a"}"#)])).await;
        let environment = at(&server).with_variable("AWS_ENDPOINT_URL", server.url());
        let config = Config::from_environment(&environment).unwrap();
        let config = config.to_builder().time_source(FakeTime::new()).build();
        let client = Handle::ready(config, &SERVICE).await.unwrap();
        assert_eq!(client.config().region().unwrap().as_ref(), "eu-west-1");
        Call::<CreateThing>::new(client).send(input()).await.unwrap();
        let signed = server.header("authorization").pop().flatten().unwrap();
        assert!(signed.contains("Credential=AKID/20150830/eu-west-1/"), "{signed}");
    }

    #[tokio::test]
    async fn is_left_alone_when_it_is_switched_off() {
        let server = Server::start([answer("T")]).await;
        let environment = at(&server).with_variable("AWS_EC2_METADATA_DISABLED", "TRUE");
        let config = Config::from_environment(&environment.clone().with_variable("AWS_REGION", "a-1")).unwrap();
        let error = Handle::checked(config, &SERVICE).unwrap_err();
        assert!(matches!(error, ConfigError::MissingCredentials { .. }), "{error}");
        let config = Config::from_environment(&environment).unwrap();
        assert_eq!(Handle::ready(config, &SERVICE).await.unwrap_err(), ConfigError::MissingRegion);
        assert_eq!(server.connections(), 0);
    }

    #[tokio::test]
    async fn is_not_looked_for_in_a_place_that_is_none() {
        for (name, value, reason) in [
            ("AWS_EC2_METADATA_DISABLED", "yes", "`yes` is neither `true` nor `false`"),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "169.254.1.1", "`169.254.1.1` is no URL: use `http://host[:port]`"),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5", "`IPv5` is neither `IPv4` nor `IPv6`"),
        ] {
            let environment = with(Environment::empty(), &[("AWS_REGION", "a-1"), (name, value)]);
            let config = Config::from_environment(&environment).unwrap();
            assert_eq!(Handle::checked(config, &SERVICE).unwrap_err().to_string(), format!("{name}: {reason}"));
        }
    }
}

#[tokio::test]
async fn where_no_instance_is_a_client_that_may_goes_unsigned() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let environment = Environment::empty()
        .with_variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", format!("http://{nobody}"))
        .with_variable("AWS_ENDPOINT_URL", server.url());
    let config = Config::from_environment(&environment).unwrap().to_builder().allow_no_auth();
    let client = Handle::new(config.build(), &SERVICE).unwrap();
    Call::<CreateThing>::new(client).send(input()).await.unwrap();
    assert_eq!(server.header("authorization"), [None]);
}
