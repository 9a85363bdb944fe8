//! Clients that write what they should not: each gets an answer that an AWS client can read.

use super::support::{HEADERS, Running, get_service, read};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn requests_in_small_pieces_are_one_request() {
    let running = Running::open().await;
    let mut stream = running.connect().await;
    for byte in get_service(br#"{"name":"web"}"#) {
        stream.write_all(&[byte]).await.expect("the server reads");
        stream.flush().await.expect("the server reads");
    }
    assert_eq!(read(&mut stream).await.json()["service"]["name"], "web");
}

#[tokio::test]
async fn chunked_bodies_and_http_1_0_are_understood() {
    let running = Running::open().await;
    let chunked = format!(
        "POST / HTTP/1.1\r\nhost: x\r\n{HEADERS}transfer-encoding: chunked\r\n\r\n8\r\n{{\"name\":\r\n6\r\n\"web\"}}\r\n0\r\n\r\n"
    );
    assert_eq!(running.send(chunked.as_bytes()).await.status, 200);
    let old = format!("POST / HTTP/1.0\r\n{HEADERS}content-length: 14\r\n\r\n{{\"name\":\"web\"}}");
    let answer = running.send(old.as_bytes()).await;
    assert!(answer.status == 200 && answer.head.starts_with("http/1.0"), "{}", answer.head);
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let running = Running::open().await;
    let mut stream = running.connect().await;
    let requests: Vec<_> = ["one", "slow", "three"]
        .iter()
        .flat_map(|name| get_service(format!("{{\"name\":\"{name}\"}}").as_bytes()))
        .collect();
    stream.write_all(&requests).await.expect("the server reads");
    for name in ["one", "slow", "three"] {
        assert_eq!(read(&mut stream).await.json()["service"]["name"], name);
    }
}

#[tokio::test]
async fn bodies_that_are_no_request_are_refused_and_the_connection_goes_on() {
    let running = Running::open().await;
    let mut stream = running.connect().await;
    let name = |text: &str| format!("{{\"name\":{text}}}").into_bytes();
    let long = "x".repeat(101);
    let deep = format!("{}{}", "{\"name\":".repeat(200), "}".repeat(200));
    for (body, code) in [
        (b"".to_vec(), "ValidationException"),
        (b"{".to_vec(), "SerializationException"),
        (b"{\"name\":\"\xff\"}".to_vec(), "SerializationException"),
        (deep.into_bytes(), "SerializationException"),
        (name("{}"), "SerializationException"),
        (name("\"web\", \"name\": 1"), "SerializationException"),
        (name(&format!("\"{long}\"")), "ValidationException"),
        (name("\"no spaces\""), "ValidationException"),
    ] {
        stream.write_all(&get_service(&body)).await.expect("the server reads");
        let answer = read(&mut stream).await;
        let shown = String::from_utf8_lossy(&body);
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{shown}");
        assert!(answer.head.contains("x-amzn-requestid: "), "{shown}");
    }
}

#[tokio::test]
async fn bodies_over_a_mebibyte_are_refused_once_they_are_read() {
    let running = Running::open().await;
    for size in [1024 * 1024 + 1, 5 * 1024 * 1024] {
        let answer = running.send(&get_service(&vec![b' '; size])).await;
        assert_eq!((answer.status, answer.code().as_str()), (413, "RequestEntityTooLargeException"), "{size}");
    }
    let answer =
        running.send(&get_service(&[vec![b' '; 1024 * 1024 - 14], b"{\"name\":\"web\"}".to_vec()].concat())).await;
    assert_eq!(answer.status, 200);
    // Announced only: nobody waits for ten gigabytes.
    let huge = format!("POST / HTTP/1.1\r\nhost: x\r\n{HEADERS}content-length: 10000000000\r\n\r\n");
    assert_eq!(running.send(huge.as_bytes()).await.status, 413);
    let expects =
        format!("POST / HTTP/1.1\r\nhost: x\r\n{HEADERS}expect: 100-continue\r\ncontent-length: 20000000\r\n\r\n");
    assert_eq!(running.send(expects.as_bytes()).await.status, 413);
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let running = Running::open().await;
    for (bytes, status) in [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), 400),
        (b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n".to_vec(), 400),
        (b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab".to_vec(), 400),
        (format!("GET /healthz HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(500_000)).into_bytes(), 431),
        (format!("GET /healthz HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(200)).into_bytes(), 431),
    ] {
        let mut stream = running.connect().await;
        let _ = stream.write_all(&bytes).await;
        assert_eq!(read(&mut stream).await.status, status, "{}", String::from_utf8_lossy(&bytes[..40]));
    }
}

#[tokio::test]
async fn other_methods_and_paths_are_answered_in_json() {
    let running = Running::open().await;
    for (line, status, code) in [
        ("GET /", 405, "UnknownOperationException"),
        ("PUT /", 405, "UnknownOperationException"),
        ("OPTIONS *", 405, "UnknownOperationException"),
        ("POST /services", 404, "UnknownOperationException"),
        ("POST /healthz", 404, "UnknownOperationException"),
    ] {
        let request = format!("{line} HTTP/1.1\r\nhost: x\r\n{HEADERS}content-length: 2\r\n\r\n{{}}");
        let answer = running.send(request.as_bytes()).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{line}");
    }
}

#[tokio::test]
async fn a_body_that_ends_early_ends_its_connection_alone() {
    let running = Running::open().await;
    let mut stream = running.connect().await;
    let request = get_service(br#"{"name":"web"}"#);
    stream.write_all(&request[..request.len() - 5]).await.expect("the server reads");
    stream.shutdown().await.expect("a half-closed connection");
    let mut rest = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest))
        .await
        .expect("an end")
        .expect("a close");
    assert_eq!(running.send(&request).await.status, 200);
}
