//! As much of HTTP/1.1 as two SDKs need.

use crate::answers::{Answer, answer};
use crate::{Asked, Log};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Answers one connection's requests until it closes.
pub(crate) async fn serve(stream: TcpStream, log: Arc<Mutex<Log>>) {
    let mut stream = BufReader::new(stream);
    while let Some(asked) = read(&mut stream).await {
        let answer = {
            let mut log = log.lock().expect("no thread panics with the log in hand");
            let key = format!("{} {}", asked.target, asked.body);
            let count = log.counts.entry(key).or_default();
            *count += 1;
            let answer = answer(&asked, *count);
            log.asked.push(asked);
            answer
        };
        if answer.late {
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
        if stream.write_all(&bytes(&answer)).await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|&read| read > 0)?;
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok().filter(|&read| read > 0)?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let header = |name: &str| headers.get(name).cloned().unwrap_or_default();
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    let signature = header("authorization");
    Some(Asked {
        line: line.trim_end().trim_end_matches(" HTTP/1.1").to_owned(),
        target: header("x-amz-target"),
        content_type: header("content-type"),
        attempt: header("amz-sdk-request"),
        session: header("x-amz-security-token"),
        scope: scope(&signature),
        added: ["x-journal", "x-mutated", "x-mapped"]
            .map(|name| format!("{name} {} {}", header(name), signature.contains(name)))
            .join(", "),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
    })
}

/// The credential of a signature without its date, and the headers that it covers; another authorization as it is.
fn scope(signature: &str) -> String {
    if !signature.contains("Credential=") {
        return signature.to_owned();
    }
    let part = |name: &str| {
        let (_, rest) = signature.split_once(name).unwrap_or_default();
        rest.split([',', ' ']).next().unwrap_or_default().to_owned()
    };
    let credential: Vec<_> = part("Credential=").split('/').map(str::to_owned).collect();
    let kept: Vec<_> =
        credential.iter().enumerate().filter(|(index, _)| *index != 1).map(|(_, it)| it.as_str()).collect();
    // The official SDK leaves the length to its transport where the input is empty.
    let signed = part("SignedHeaders=").replace("content-length;", "");
    format!("{} {signed}", kept.join("/"))
}

fn bytes(answer: &Answer) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} Canned\r\ncontent-length: {}\r\n", answer.status, answer.body.len());
    for (name, value) in &answer.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += "\r\n";
    [head.as_bytes(), answer.body.as_bytes()].concat()
}
