//! A front with two operations on a real socket, and clients that write bytes.

use crate::caller::Caller;
use crate::clock::Clock;
use crate::http::{Front, serve};
use crate::random::Random;
use crate::settings::Settings;
use crate::store::Store;
use proton_sdk::Client;
use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::{Builder, Config, Credentials, Region};
use proton_sdk::operation::create_service::{CreateService, CreateServiceError};
use proton_sdk::operation::get_service::{GetService, GetServiceError, GetServiceOutput};
use proton_sdk::primitives::DateTime;
use proton_sdk::server::{Operation, Protocol, Route, answer};
use proton_sdk::types::{Service, ServiceStatus};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Knows every service but one, whose name says what happens; `CreateService` panics.
#[derive(Debug)]
pub(super) struct Handler;

/// How long the service `slow` takes.
pub(super) const SLOW: Duration = Duration::from_millis(300);

impl Handler {
    async fn get(&self, caller: &Caller, name: &str) -> Result<GetServiceOutput, GetServiceError> {
        if name == "slow" {
            tokio::time::sleep(SLOW).await;
        }
        let now = DateTime::from_secs(1_790_000_000);
        let service = Service::builder().name(name).arn(caller.arn(&format!("service/{name}"))).template_name("t");
        let service = service.status(ServiceStatus::Active).spec("spec").created_at(now).last_modified_at(now);
        Ok(GetServiceOutput::builder().service(service.build()?).build())
    }
}

fn protocol() -> Protocol<Handler, Caller> {
    Protocol::new(
        GetService::METADATA.service,
        "com.amazonaws.proton.v20200720",
        &["InternalServerException"],
        const {
            &[
                Route::new("CreateService", |_, _, body| {
                    Box::pin(answer::<CreateService, _>(body, |input| async move {
                        assert_eq!(input.name(), Some("never"), "a bug in a handler");
                        Err(CreateServiceError::unhandled("the disk is full"))
                    }))
                }),
                Route::new("GetService", |handler: &Handler, caller, body| {
                    Box::pin(answer::<GetService, _>(body, move |input| async move {
                        handler.get(caller, input.name().unwrap_or_default()).await
                    }))
                }),
            ]
        },
    )
}

/// A running front; it stops when it is dropped.
pub(super) struct Running {
    pub(super) address: SocketAddr,
    pub(super) stop: Option<oneshot::Sender<()>>,
    pub(super) task: JoinHandle<()>,
}

impl Running {
    pub(super) async fn start(settings: &Settings, clock: Clock) -> Self {
        Self::over(Store::open(settings.clone(), clock, Random::seeded(7)).expect("a store")).await
    }

    /// The same over a store that something is in.
    pub(super) async fn over(store: Store) -> Self {
        let front = Front::new(protocol(), Handler, store, Random::seeded(7));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            serve(listener, Arc::new(front), async {
                let _ = stopped.await;
            })
            .await;
        });
        Self { address, stop: Some(stop), task }
    }

    pub(super) async fn open() -> Self {
        Self::start(&Settings::default(), Clock::system()).await
    }

    /// What our SDK needs to call the front once.
    pub(super) fn config(&self, key: &str, secret: &str) -> Builder {
        Config::builder()
            .endpoint_url(format!("http://{}", self.address))
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new(key, secret, None, None, "test"))
            .retry_config(RetryConfig::disabled())
    }

    pub(super) fn client(&self, key: &str, secret: &str) -> Client {
        Client::from_conf(self.config(key, secret).build())
    }

    pub(super) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// Sends bytes as they are and reads one response.
    pub(super) async fn send(&self, bytes: &[u8]) -> Answered {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await.expect("the server reads");
        read(&mut stream).await
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One response.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Answered {
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The error's code, without its namespace.
    pub(super) fn code(&self) -> String {
        let json = self.json();
        json["__type"].as_str().and_then(|kind| kind.rsplit('#').next()).unwrap_or_default().to_owned()
    }
}

/// Reads one response to the end of its body.
pub(super) async fn read(stream: &mut TcpStream) -> Answered {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(
            stream.read_u8().await.unwrap_or_else(|error| panic!("{error} after {:?}", String::from_utf8_lossy(&head))),
        );
    }
    let head = String::from_utf8(head).expect("text").to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
    let mut body = vec![0; length.parse().expect("a length")];
    stream.read_exact(&mut body).await.expect("the body");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answered { status, head, body }
}

/// A request for `GetService` with these bytes as its body.
pub(super) fn get_service(body: &[u8]) -> Vec<u8> {
    let head = format!("POST / HTTP/1.1\r\nhost: localhost\r\n{}content-length: {}\r\n\r\n", HEADERS, body.len());
    [head.as_bytes(), body].concat()
}

/// The headers that each request has.
pub(super) const HEADERS: &str =
    "content-type: application/x-amz-json-1.0\r\nx-amz-target: AwsProton20200720.GetService\r\n";
