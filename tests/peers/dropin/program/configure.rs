//! Configurations: their builders, getters and conversions.

use crate::Transcript;
use crate::time::Clock;
use aws_sdk_proton::Client;
use aws_sdk_proton::config::retry::{ReconnectMode, RetryConfig, RetryMode};
use aws_sdk_proton::config::timeout::TimeoutConfig;
use aws_sdk_proton::config::{
    AppName, BehaviorVersion, Builder, Config, Credentials, ProvideCredentials, Region, SharedAsyncSleep,
    SharedCredentialsProvider, StalledStreamProtectionConfig,
};
use aws_smithy_async::time::SharedTimeSource;
use aws_types::SdkConfig;
use std::time::Duration;

/// What all clients of the program share.
pub(crate) fn config(endpoint: &str) -> Builder {
    let clock = Clock::start();
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-west-2"))
        .endpoint_url(endpoint)
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", Some("session".into()), None, "dropin"))
        .app_name(AppName::new("dropin").expect("a name"))
        .sleep_impl(clock.clone())
        .time_source(clock)
        .idempotency_token_provider("00000000-0000-4000-8000-000000000000")
        .retry_config(RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(1)))
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
}

pub(crate) async fn run(client: &Client, endpoint: &str, seen: &mut Transcript) {
    getters(client, seen);
    setters(endpoint, seen);
    shared(endpoint, seen).await;
}

fn getters(client: &Client, seen: &mut Transcript) {
    let config: &Config = client.config();
    seen.note("region", config.region().map(Region::as_ref).unwrap_or_default());
    seen.note("retries", config.retry_config().map_or(0, RetryConfig::max_attempts));
    seen.note("app", format!("{:?}", config.app_name().map(AppName::as_ref)));
    seen.note("connect", format!("{:?}", config.timeout_config().and_then(TimeoutConfig::connect_timeout)));
    let sleep: Option<SharedAsyncSleep> = config.sleep_impl();
    let time: Option<SharedTimeSource> = config.time_source();
    seen.note("sleep and time", sleep.is_some() && time.is_some());
    seen.note("no client", config.http_client().is_none());
    seen.note("interceptors", config.interceptors().count());
    seen.note("classifiers", config.retry_classifiers().count());
    seen.note("stalled", config.stalled_stream_protection().is_some());
    let again: Config = config.to_builder().region(Region::from_static("eu-west-1")).build();
    seen.note("rebuilt", again.region().map(ToString::to_string).unwrap_or_default());
}

fn setters(endpoint: &str, seen: &mut Transcript) {
    let mut builder = Builder::new();
    builder
        .set_behavior_version(Some(BehaviorVersion::latest()))
        .set_region(Some(Region::new("us-east-2")))
        .set_endpoint_url(Some(endpoint.to_owned()))
        .set_credentials_provider(Some(SharedCredentialsProvider::new(Credentials::new(
            "a", "b", None, None, "dropin",
        ))))
        .set_app_name(AppName::new("set").ok())
        .set_sleep_impl(Some(SharedAsyncSleep::new(Clock::start())))
        .set_time_source(Some(SharedTimeSource::new(Clock::start())))
        .set_retry_config(Some(RetryConfig::adaptive().with_reconnect_mode(ReconnectMode::ReuseAllConnections)))
        .set_timeout_config(Some(TimeoutConfig::builder().read_timeout(Duration::from_secs(3)).build()))
        .set_use_fips(Some(false))
        .set_use_dual_stack(None)
        .set_interceptors([])
        .set_http_client(None)
        .set_stalled_stream_protection(None)
        .set_idempotency_token_provider(None);
    let config = builder.use_fips(false).use_dual_stack(false).behavior_version_latest().build();
    seen.note("mode", config.retry_config().is_some_and(|retry| retry.mode() == RetryMode::Adaptive));
    seen.note("read", format!("{:?}", config.timeout_config().and_then(TimeoutConfig::read_timeout)));
    let _: &dyn std::fmt::Debug = &config;
}

/// One configuration for all SDKs of a program.
async fn shared(endpoint: &str, seen: &mut Transcript) {
    let clock = Clock::start();
    let shared = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("ap-south-1"))
        .endpoint_url(endpoint)
        .credentials_provider(SharedCredentialsProvider::new(Credentials::for_dropin()))
        .sleep_impl(SharedAsyncSleep::new(clock.clone()))
        .time_source(clock)
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build();
    let client = Client::new(&shared);
    seen.note("from shared", client.config().region().map(ToString::to_string).unwrap_or_default());
    let answer = client.get_service().name("plain").send().await;
    seen.note("call", answer.is_ok_and(|answer| answer.service().is_some()));
    let builder: Builder = Builder::from(&shared).region(Region::new("eu-north-1"));
    seen.note("builder from shared", builder.build().region().map(ToString::to_string).unwrap_or_default());
    let config: Config = Config::from(&shared);
    seen.note("config from shared", Config::new(&shared).region() == config.region());
    let copied: Client = client.clone();
    seen.note("copied", copied.config().region() == client.config().region());
    let provided = shared.credentials_provider().expect("set").provide_credentials().await.expect("static");
    seen.note("credentials", provided.access_key_id());
}

trait ForDropin {
    fn for_dropin() -> Credentials;
}

impl ForDropin for Credentials {
    fn for_dropin() -> Self {
        Credentials::new("AKIDSHARED", "secret", None, None, "dropin")
    }
}
