//! A loopback server: one answer to all, over connections that stay open.
//!
//! It runs in the caller's thread. In a thread of its own, whether a call wakes another core decides half of its time.

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Starts it, and says where it listens.
pub(crate) async fn start(body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("it is bound"));
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\nx-amzn-requestid: 1\r\ncontent-length";
    let answer = format!("{head}: {}\r\n\r\n{body}", body.len());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, answer.clone()));
        }
    });
    endpoint
}

async fn serve(stream: TcpStream, answer: String) {
    // Without it the second half of a large answer waits for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let mut stream = BufReader::new(stream);
    let mut body = Vec::new();
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            match line.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().unwrap_or(0);
                }
                None if line == "\r\n" => break,
                _ => {}
            }
        }
        body.resize(length, 0);
        if stream.read_exact(&mut body).await.is_err() || stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
