//! What goes over the wire.

use crate::support::{CreateThing, CreateThingInput, SERVICE, ServiceFailure};
use crate::support::{FakeTime, Server, Tag, answer, call, config, error_answer, handle, input};
use aws_types::request_id::RequestId;
use smithy_runtime::client::{Call, Handle};
use smithy_runtime::config::endpoint::AccountIdEndpointMode;
use smithy_runtime::config::retry::RetryConfig;
use smithy_runtime::config::{
    AppName, Builder, Config, Credentials, FrameworkMetadata, IdempotencyTokenProvider, Region,
};
use smithy_runtime::endpoint::{AuthScheme, Endpoint, Params, ResolveEndpointError};
use smithy_runtime::error::{ProvideErrorMetadata, SdkError};
use smithy_runtime::operation::{ContextParam, Metadata, Operation, ParamSource, Service};

#[tokio::test]
async fn headers_come_in_their_order() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let config = config(&server).time_source(FakeTime::new()).idempotency_token_provider("tok");
    let output = call(config).send(input()).await.unwrap();
    assert_eq!(output.arn, "a");
    assert_eq!(output.meta.request_id(), Some("req-1"));

    let request = &server.requests()[0];
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, r#"{"name":"thing","token":"tok"}"#);
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some("POST / HTTP/1.1"));
    let names: Vec<_> = lines.map(|line| line.split(": ").next().unwrap()).collect();
    let expected = [
        "content-type",
        "x-amz-target",
        "content-length",
        "user-agent",
        "x-amz-user-agent",
        "x-amz-date",
        "authorization",
        "amz-sdk-request",
        "amz-sdk-invocation-id",
        // reqwest adds this one.
        "accept",
        "host",
    ];
    assert_eq!(names, expected);
    assert!(request.contains("\r\nx-amz-target: EngineTest20260101.CreateThing\r\n"), "{request}");
    assert!(request.contains("\r\nx-amz-date: 20150830T123600Z\r\n"), "{request}");
    assert!(request.contains("\r\namz-sdk-request: attempt=1; max=3\r\n"), "{request}");
    assert_eq!(server.header("amz-sdk-invocation-id")[0].as_ref().unwrap().len(), 36);
    let signed = "SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-target;x-amz-user-agent,";
    assert!(request.contains(signed), "{request}");
}

#[tokio::test]
async fn the_user_agent_names_what_is_in_use() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let config = config(&server)
        .app_name(AppName::new("my-app").unwrap())
        .framework_metadata(FrameworkMetadata::new("frame", Some("4.5")).unwrap());
    call(config).with_feature("C").send(input()).await.unwrap();
    let version = aws_types::build_metadata::BUILD_METADATA.rust_version;
    let os = std::env::consts::OS;
    let expected = format!(
        "smithy-runtime/{} ua/2.1 api/enginetest/1.2.3 os/{os} lang/rust/{version} m/E,N,C lib/frame/4.5 \
         md/http#reqwest app/my-app",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(server.header("user-agent"), [Some(expected.clone())]);
    assert_eq!(server.header("x-amz-user-agent"), [Some(expected)]);
}

#[tokio::test]
async fn base_paths_are_kept() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    call(config(&server).endpoint_url(format!("{}/base", server.url()))).send(input()).await.unwrap();
    assert!(server.requests()[0].starts_with("POST /base/ HTTP/1.1\r\n"));
}

#[tokio::test]
async fn a_given_token_is_kept_and_a_seed_gives_the_same_tokens() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let seeded = || config(&server).idempotency_token_provider(IdempotencyTokenProvider::with_seed(5));
    call(seeded()).send(input()).await.unwrap();
    call(seeded()).send(input()).await.unwrap();
    call(seeded()).send(CreateThingInput { token: Some("mine".into()), ..input() }).await.unwrap();
    let bodies = server.bodies();
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0].len(), r#"{"name":"thing","token":""}"#.len() + 36);
    assert_eq!(bodies[2], r#"{"name":"thing","token":"mine"}"#);
}

#[tokio::test]
async fn required_members_are_checked_at_any_depth_before_anything_is_sent() {
    let server = Server::start([answer("{}")]).await;
    let tags = Some(vec![Tag { key: Some("k".into()) }, Tag { key: None }]);
    for (input, path) in [
        (CreateThingInput::default(), "`name` is required"),
        (CreateThingInput { tags, ..input() }, "`tags[1].key` is required"),
    ] {
        let error = call(config(&server)).send(input).await.unwrap_err();
        assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
        assert!(error.to_string().starts_with(&format!("CreateThing: not sent: {path}")), "{error}");
        assert_eq!(error.attempts(), 0);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn without_credentials_requests_are_unsigned_where_that_is_allowed() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let config = Config::builder().endpoint_url(server.url()).allow_no_auth();
    call(config).send(input()).await.unwrap();
    assert_eq!(server.header("authorization"), [None]);
}

struct Renamed;

static QUERY: Service = Service {
    id: "Engine Query Test",
    signing_name: "enginetest",
    target_prefix: "T",
    content_type: "application/x-amz-json-1.1",
    crate_version: "1",
    query_compatible: true,
    account_endpoints: true,
    errors: &[],
    resolve_endpoint: by_stage,
};

#[tokio::test]
async fn an_endpoint_of_another_scheme_is_not_sent_a_signature_that_it_refuses() {
    fn many_regions(params: &Params) -> Result<Endpoint, ResolveEndpointError> {
        Ok(Endpoint::new(params.endpoint().unwrap_or_default()).auth_scheme(AuthScheme::new("sigv4a")))
    }
    static GLOBAL: Service = Service { resolve_endpoint: many_regions, ..QUERY };
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let client = |config: Builder| Call::<CreateThing>::new(Handle::new(config.build(), &GLOBAL).unwrap());
    let error = client(config(&server)).send(input()).await.unwrap_err().to_string();
    assert!(error.starts_with("CreateThing: not sent: this endpoint takes requests of the scheme `sigv4a`"), "{error}");
    client(Config::builder().endpoint_url(server.url()).allow_no_auth()).send(input()).await.unwrap();
    assert_eq!(server.header("authorization"), [None]);
}

fn by_stage(params: &Params) -> Result<Endpoint, ResolveEndpointError> {
    let url = params.endpoint().unwrap_or_default();
    let stage = params.string("Stage").unwrap_or("none");
    let scheme = AuthScheme::new("sigv4").signing_name("other").signing_region("elsewhere");
    let account = params.account_id().or(params.account_id_endpoint_mode()).unwrap_or("none");
    Ok(Endpoint::new(url).header("x-stage", stage).header("x-account", account).auth_scheme(scheme))
}

impl Operation for Renamed {
    type Input = CreateThingInput;
    type Output = <CreateThing as Operation>::Output;
    type Error = <CreateThing as Operation>::Error;
    const METADATA: &'static Metadata = &Metadata {
        endpoint_params: &[ContextParam { name: "Stage", source: ParamSource::Text("beta") }],
        ..Metadata::new(&QUERY, "Renamed")
    };
}

#[tokio::test]
async fn endpoints_add_headers_and_change_the_scope_and_query_codes_are_read() {
    let header = "x-amzn-query-error: Old.Code;Sender\r\n";
    let server = Server::start([error_answer("400 Bad Request", header, r#"{"__type":"ConflictException"}"#)]).await;
    let handle = Handle::new(config(&server).build(), &QUERY).unwrap();
    let error = Call::<Renamed>::new(handle).send(input()).await.unwrap_err();
    assert_eq!(error.code(), Some("Old.Code"));
    assert!(matches!(error.as_service_error(), Some(ServiceFailure::Conflict(..))), "{error:?}");
    assert_eq!(server.header("x-stage"), [Some("beta".into())]);
    assert_eq!(server.header("x-amzn-query-mode"), [Some("true".into())]);
    assert!(server.requests()[0].contains("/elsewhere/other/aws4_request"));
}

#[tokio::test]
async fn endpoints_by_account_take_it_from_the_credentials() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let credentials = Credentials::builder().access_key_id("AKIDEXAMPLE").secret_access_key("SECRETKEY");
    let credentials = credentials.provider_name("test").account_id("123456789012").build();
    let config = config(&server).credentials_provider(credentials);
    let disabled = config.clone().account_id_endpoint_mode(AccountIdEndpointMode::Disabled);
    for config in [config, disabled] {
        Call::<Renamed>::new(Handle::new(config.build(), &QUERY).unwrap()).send(input()).await.unwrap();
    }
    assert_eq!(server.header("x-account"), [Some("123456789012".into()), Some("disabled".into())]);
}

#[tokio::test]
async fn copies_share_the_connection_pool() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let first = handle(config(&server));
    Call::<CreateThing>::new(first.clone()).send(input()).await.unwrap();
    let copy = first.with_config(|config| config.app_name(AppName::new("copy").unwrap())).unwrap();
    assert_eq!(copy.config().region(), first.config().region());
    Call::<CreateThing>::new(copy).send(input()).await.unwrap();
    let overrides = Config::builder().app_name(AppName::new("one-call").unwrap());
    Call::<CreateThing>::new(first).with_config_override(overrides).send(input()).await.unwrap();
    assert_eq!(server.connections(), 1);
    let agents = server.header("user-agent");
    assert!(agents[1].as_ref().unwrap().ends_with(" app/copy"), "{agents:?}");
    assert!(agents[2].as_ref().unwrap().ends_with(" app/one-call"), "{agents:?}");
}

#[tokio::test]
async fn copies_of_an_unsigned_client_are_unsigned_too() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let base = || Config::builder().endpoint_url(server.url());
    let unsigned = Handle::new(base().allow_no_auth().build(), &SERVICE).unwrap();
    let copy = unsigned.with_config(|change| change.retry_config(RetryConfig::disabled())).unwrap();
    Call::<CreateThing>::new(copy).send(input()).await.unwrap();
    let change = Config::builder().retry_config(RetryConfig::disabled());
    Call::<CreateThing>::new(unsigned.clone()).with_config_override(change).send(input()).await.unwrap();
    let late = Handle::new(base().build(), &SERVICE).unwrap();
    Call::<CreateThing>::new(late).with_config_override(Config::builder().allow_no_auth()).send(input()).await.unwrap();
    let credentials = Credentials::new("AKIDEXAMPLE", "SECRETKEY", None, None, "test");
    let signed = Config::builder().credentials_provider(credentials).region(Region::new("r"));
    Call::<CreateThing>::new(unsigned).with_config_override(signed).send(input()).await.unwrap();
    let signed: Vec<_> = server.header("authorization").iter().map(Option::is_some).collect();
    assert_eq!(signed, [false, false, false, true]);
}
