//! A server that answers what it is told, one step a request, and keeps the bytes that it was sent.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request.
#[derive(Clone)]
pub(crate) enum Step {
    /// Writes these bytes and keeps the connection.
    Answer(String),
    /// Writes the head, and the body some milliseconds later.
    AnswerInParts(String, String),
    /// Writes these bytes and closes the connection.
    AnswerAndClose(String),
    /// Closes the connection without an answer.
    Reset,
    /// Writes these bytes, then nothing for ever.
    Hang(String),
}

#[derive(Clone)]
pub(crate) struct Server {
    address: std::net::SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Does the steps in their order, the last of them again and again.
    pub(crate) async fn start(steps: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server =
            Self { address: listener.local_addr().unwrap(), requests: Arc::default(), connections: Arc::default() };
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.reverse();
        let steps = Arc::new(Mutex::new(steps));
        let this = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                this.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(this.clone().serve(stream, Arc::clone(&steps)));
            }
        });
        server
    }

    async fn serve(self, mut stream: TcpStream, steps: Arc<Mutex<Vec<Step>>>) {
        while let Some(request) = read_request(&mut stream).await {
            self.requests.lock().unwrap().push(request);
            let step = {
                let mut steps = steps.lock().unwrap();
                let next = if steps.len() > 1 { steps.pop() } else { steps.last().cloned() };
                next.unwrap()
            };
            match step {
                Step::Answer(text) => {
                    if stream.write_all(text.as_bytes()).await.is_err() {
                        return;
                    }
                }
                Step::AnswerInParts(head, body) => {
                    stream.write_all(head.as_bytes()).await.unwrap();
                    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                    // A client that gave up has closed the connection.
                    if stream.write_all(body.as_bytes()).await.is_err() {
                        return;
                    }
                }
                Step::AnswerAndClose(text) => {
                    stream.write_all(text.as_bytes()).await.unwrap();
                    return;
                }
                Step::Reset => return,
                Step::Hang(text) => {
                    stream.write_all(text.as_bytes()).await.unwrap();
                    std::future::pending::<()>().await;
                }
            }
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The value of a header in each request.
    pub(crate) fn header(&self, name: &str) -> Vec<Option<String>> {
        let find = |request: &String| {
            let line = request.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            line.map(str::to_owned)
        };
        self.requests().iter().map(find).collect()
    }

    /// The body of each request.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.split_once("\r\n\r\n").unwrap().1.to_owned()).collect()
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or("0", |text| text);
        if body.len() >= length.parse().unwrap() {
            return Some(text);
        }
    }
}

/// A response with a request id and this body.
pub(crate) fn answer(body: &str) -> Step {
    error_answer("200 OK", "", body)
}

/// A response with these further header lines, each ended by `\r\n`.
pub(crate) fn error_answer(status: &str, headers: &str, body: &str) -> Step {
    let length = body.len();
    Step::Answer(format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.0\r\nx-amzn-requestid: req-1\r\n\
         {headers}content-length: {length}\r\n\r\n{body}"
    ))
}
