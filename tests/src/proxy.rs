//! A proxy on a loopback socket that tunnels, or refuses to.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// A running proxy; it stops when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// A proxy that connects wherever it is asked to.
    pub async fn open() -> Self {
        Self::start(None).await
    }

    /// A proxy that wants to know first who asks.
    pub async fn locked() -> Self {
        Self::start(Some("407 Proxy Authentication Required")).await
    }

    /// A proxy that does not get through.
    pub async fn stuck() -> Self {
        Self::start(Some("502 Bad Gateway")).await
    }

    /// `refusal` is for whoever does not say who asks.
    async fn start(refusal: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let heads = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&heads);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, refusal, Arc::clone(&record)));
            }
        });
        Self { address, heads, task }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked so far, each request with its headers.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no panic in the proxy").clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, refusal: Option<&str>, record: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    record.lock().expect("no panic in the proxy").push(head.clone());
    let target = head.strip_prefix("CONNECT ")?.split(' ').next()?;
    if let Some(status) = refusal
        && !head.to_lowercase().contains("proxy-authorization:")
    {
        let answer = format!("HTTP/1.1 {status}\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n");
        return stream.write_all(answer.as_bytes()).await.ok();
    }
    let mut server = TcpStream::connect(target).await.ok()?;
    stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await.ok()?;
    copy_bidirectional(&mut stream, &mut server).await.ok().map(|_| ())
}
