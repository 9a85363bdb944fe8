//! What is fuzzed: each function takes any bytes and panics where a promise is broken.
//!
//! `tests/tests/corpus.rs` calls the same functions with the kept corpus, on a stable toolchain.

use proton_sdk::Client;
use proton_sdk::config::http::{HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::{Config, Credentials, HttpClient, HttpRequest, HttpResponse, Region, RuntimeComponents};
use proton_sdk::error::ProvideErrorMetadata;
use proton_sdk::operation::get_deployment::GetDeploymentOutput;
use proton_sdk::operation::get_environment::GetEnvironmentOutput;
use proton_sdk::operation::list_service_instances::ListServiceInstancesInput;
use proton_sdk::operation::list_services::ListServicesOutput;
use smithy_runtime::codec;
use smithy_runtime::value::{Empty, Structure};
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Reads bytes as several structures. What was read is written, and reads as the same.
pub fn decode(bytes: &[u8]) {
    round_trip::<ListServicesOutput>(bytes);
    round_trip::<GetEnvironmentOutput>(bytes);
    round_trip::<GetDeploymentOutput>(bytes);
    round_trip::<ListServiceInstancesInput>(bytes);
}

fn round_trip<T: Structure + Empty + PartialEq + Debug>(bytes: &[u8]) {
    let mut value = T::empty();
    if let Err(error) = codec::decode(bytes, &mut value) {
        let text = error.to_string();
        assert!(!text.contains('\n'), "an error has one line: {text}");
        return;
    }
    let written = codec::encode(&value).expect("what was read can be written");
    let mut again = T::empty();
    codec::decode(&written, &mut again).expect("what was written can be read");
    assert_eq!(value, again, "{}", String::from_utf8_lossy(&written));
    let _ = format!("{value:?}");
}

/// Answers a call with an error: the first byte says which status, then comes the header that names the error up to a
/// line feed, then the body.
pub fn error(bytes: &[u8]) {
    let Some((status, rest)) = bytes.split_first() else { return };
    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (header, body) = rest.split_at(end);
    let answer = Answer {
        status: 300 + u16::from(*status),
        header: std::str::from_utf8(header).ok().map(str::to_owned),
        body: body.strip_prefix(b"\n").unwrap_or(body).to_vec(),
    };
    let peer = &*PEER;
    *peer.answer.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    let error = peer.runtime.block_on(peer.client.get_service().name("any").send());
    let error = error.expect_err("the status is that of a failure");
    let service = error.as_service_error().expect("an answer is the service's");
    assert!(service.code().or(service.message()).is_some(), "an error says what it is: {error:?}");
    assert!(!error.to_string().is_empty());
}

/// Reads bytes as a model and writes a client for it.
pub fn model(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(error) = smithy_codegen::generate(text, &smithy_codegen::Options::default()) {
        assert!(!error.to_string().is_empty());
    }
}

/// Reads bytes as one of the `config` and `credentials` files that AWS tools share.
pub fn profile(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(error) = smithy_runtime::profile::parse(text) {
        let text = error.to_string();
        assert!(!text.contains('\n'), "an error has one line: {text}");
    }
}

/// A client whose next answer is set beforehand.
struct Peer {
    answer: Arc<Mutex<Answer>>,
    client: Client,
    runtime: tokio::runtime::Runtime,
}

#[derive(Clone, Debug, Default)]
struct Answer {
    status: u16,
    header: Option<String>,
    body: Vec<u8>,
}

static PEER: LazyLock<Peer> = LazyLock::new(|| {
    let answer = Arc::default();
    let config = Config::builder()
        .endpoint_url("http://localhost")
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "fuzz"))
        .retry_config(RetryConfig::disabled())
        .http_client(Canned(Arc::clone(&answer)))
        .build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    Peer { answer, client: Client::from_conf(config), runtime }
});

#[derive(Clone, Debug)]
struct Canned(Arc<Mutex<Answer>>);

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let Answer { status, header, body } = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut response = HttpResponse::new(status.try_into().expect("a status from 300 on"), body.into());
        if let Some(header) = header {
            let _ = response.headers_mut().try_insert("x-amzn-errortype", header);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}
