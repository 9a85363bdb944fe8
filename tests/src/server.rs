//! An HTTP server on a loopback socket that records what it is asked and answers, or fails, as it
//! is told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// One request as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    /// `POST /base/ HTTP/1.1`, without the version.
    pub line: String,
    /// Names in lower case, in the order that they came.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
    /// Which connection it came over; the first is 1.
    pub connection: usize,
}

impl Request {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The operation's name, out of `x-amz-target`.
    pub fn operation(&self) -> &str {
        self.header("x-amz-target").and_then(|target| target.rsplit('.').next()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A whole response.
    Full {
        /// The status code.
        status: u16,
        /// Headers beside the length.
        headers: Vec<(String, String)>,
        /// The body.
        body: Vec<u8>,
    },
    /// Closes the connection without a byte.
    Close,
    /// Announces the body's whole length, sends half of it, and closes the connection.
    HalfBody(Vec<u8>),
    /// Says nothing for as long as the client waits.
    Stall,
    /// These bytes, and what then happens to the connection.
    Raw(Vec<u8>, End),
    /// A whole response with this body, a byte at a time with this pause between.
    Drip(Vec<u8>, Duration),
}

/// What happens to a connection after the server has written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The next request may come.
    Keep,
    /// It is closed in an orderly way.
    Close,
    /// It is cut with a TCP reset.
    Reset,
    /// It stays open without a byte.
    Stall,
}

impl Answer {
    /// A response with a request id.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("x-amzn-requestid".to_owned(), "req-1".to_owned())];
        Self::Full { status, headers, body: body.into() }
    }

    /// A modelled error.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let body = serde_json::json!({"__type": format!("com.amazonaws.proton#{code}"), "message": message});
        Self::json(status, body.to_string())
    }

    /// The same with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let Self::Full { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

type Script = dyn Fn(&Request, usize) -> Answer + Send + Sync;

/// A running server; it stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    task: tokio::task::JoinHandle<()>,
    scheme: &'static str,
}

impl Server {
    /// Starts on a free port. The script gets each request with the number of those before it.
    pub async fn start(script: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Self {
        Self::listen(None, script).await
    }

    /// Starts with TLS, and one answer for everything.
    pub async fn with_tls(config: ServerConfig, answer: Answer) -> Self {
        Self::listen(Some(Arc::new(config).into()), move |_, _| answer.clone()).await
    }

    async fn listen(
        tls: Option<TlsAcceptor>,
        script: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let scheme = if tls.is_some() { "https" } else { "http" };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let script: Arc<Script> = Arc::new(script);
        let record = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            for connection in 1.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                let (script, record, tls) = (Arc::clone(&script), Arc::clone(&record), tls.clone());
                tokio::spawn(async move {
                    let mut stream = BufReader::new(stream);
                    let Some(tls) = tls else {
                        if serve(&mut stream, connection, &*script, &record).await == End::Reset {
                            let _ = stream.get_ref().set_zero_linger();
                        }
                        return;
                    };
                    // A client that does not trust the certificate says so and goes.
                    if let Ok(stream) = tls.accept(stream.into_inner()).await {
                        serve(&mut BufReader::new(stream), connection, &*script, &record).await;
                    }
                });
            }
        });
        Self { address, requests, task, scheme }
    }

    /// Starts with one answer for everything.
    pub async fn always(answer: Answer) -> Self {
        Self::start(move |_, _| answer.clone()).await
    }

    /// Starts with answers in order; the last one stays.
    pub async fn sequence(answers: Vec<Answer>) -> Self {
        Self::start(move |_, index| answers[index.min(answers.len() - 1)].clone()).await
    }

    /// `http://127.0.0.1:PORT`, or `https` where it speaks TLS.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// What came in so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no panic in the server").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers requests until a connection is to end, and says how.
async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
    connection: usize,
    script: &Script,
    record: &Mutex<Vec<Request>>,
) -> End {
    while let Some(request) = read(stream, connection).await {
        let index = {
            let mut requests = record.lock().expect("no panic in the server");
            requests.push(request.clone());
            requests.len() - 1
        };
        let (bytes, end) = match script(&request, index) {
            Answer::Full { status, headers, body } => (response(status, &headers, &body, body.len()), End::Keep),
            Answer::HalfBody(body) => (response(200, &[], &body[..body.len() / 2], body.len()), End::Close),
            Answer::Close => (Vec::new(), End::Close),
            Answer::Stall => (Vec::new(), End::Stall),
            Answer::Raw(bytes, end) => (bytes, end),
            Answer::Drip(body, pause) => {
                let mut part = response(200, &[], &[], body.len());
                for byte in body {
                    part.push(byte);
                    if stream.write_all(&part).await.is_err() || stream.flush().await.is_err() {
                        return End::Close;
                    }
                    part.clear();
                    tokio::time::sleep(pause).await;
                }
                continue;
            }
        };
        if stream.write_all(&bytes).await.is_err() || stream.flush().await.is_err() {
            return End::Close;
        }
        match end {
            End::Keep => {}
            // Until the client goes.
            End::Stall => while stream.read_u8().await.is_ok() {},
            End::Close | End::Reset => return end,
        }
    }
    End::Close
}

async fn read<S: AsyncRead + Unpin>(stream: &mut BufReader<S>, connection: usize) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.lines();
    let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or("0", |(_, value)| value);
    let mut body = vec![0; length.parse().ok()?];
    stream.read_exact(&mut body).await.ok()?;
    Some(Request { line, headers, body, connection })
}

fn response(status: u16, headers: &[(String, String)], body: &[u8], length: usize) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += "\r\n";
    [head.as_bytes(), body].concat()
}
