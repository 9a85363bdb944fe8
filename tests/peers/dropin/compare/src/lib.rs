//! A loopback server with canned answers, which keeps what it was asked.

mod answers;
mod http;

use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// One request, as far as two SDKs must agree on it.
#[derive(Debug, PartialEq)]
pub struct Asked {
    /// The request line without the protocol.
    pub line: String,
    /// `x-amz-target`.
    pub target: String,
    /// `content-type`.
    pub content_type: String,
    /// `amz-sdk-request`.
    pub attempt: String,
    /// `x-amz-security-token`.
    pub session: String,
    /// The scope of the signature: key, region, service.
    pub scope: String,
    /// Whether the headers that the program added came and are signed.
    pub added: String,
    /// The body.
    pub body: Value,
}

/// A server that runs until the test ends.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub endpoint: String,
    log: Arc<Mutex<Log>>,
}

#[derive(Debug, Default)]
struct Log {
    asked: Vec<Asked>,
    /// How often each resource was asked for.
    counts: HashMap<String, usize>,
}

impl Server {
    /// Listens on a port of the system's choice.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("it is bound"));
        let log = Arc::new(Mutex::new(Log::default()));
        let shared = log.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(http::serve(stream, shared.clone()));
            }
        });
        Self { endpoint, log }
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.log.lock().expect("no thread panics with the log in hand").asked)
    }
}
