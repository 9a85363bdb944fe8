//! The end of a server, and of clients that are too slow.

use super::support::{Running, SLOW, get_service, read};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn requests_in_flight_finish_and_new_ones_find_nobody() {
    let mut running = Running::open().await;
    let mut idle = running.connect().await;
    idle.write_all(&get_service(br#"{"name":"web"}"#)).await.expect("the server reads");
    read(&mut idle).await;
    let mut busy = running.connect().await;
    busy.write_all(&get_service(br#"{"name":"slow"}"#)).await.expect("the server reads");
    tokio::time::sleep(SLOW / 3).await;

    let started = Instant::now();
    running.stop.take().expect("the first stop").send(()).expect("a running server");
    assert_eq!(read(&mut busy).await.json()["service"]["name"], "slow");
    (&mut running.task).await.expect("an end");
    assert!(started.elapsed() < Duration::from_secs(5), "idle connections were waited for");
    assert_eq!(idle.read(&mut [0]).await.expect("a close"), 0);
    assert!(tokio::net::TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn what_a_client_asked_for_is_done_though_it_goes_away() {
    let running = Running::open().await;
    let mut stream = running.connect().await;
    stream.write_all(&get_service(br#"{"name":"slow"}"#)).await.expect("the server reads");
    tokio::time::sleep(SLOW / 3).await;
    drop(stream);
    tokio::time::sleep(SLOW).await;
    let metrics = running.send(b"GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let text = String::from_utf8(metrics.body).expect("text");
    assert!(text.contains("proton_local_requests_total{operation=\"GetService\"} 1"), "{text}");
}

/// Time stands still but for sleepers, so that half a minute is over at once.
#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let running = Running::open().await;
    let request = get_service(br#"{"name":"web"}"#);
    let answer = running.send(&request[..request.len() - 5]).await;
    assert_eq!((answer.status, answer.code().as_str()), (408, "RequestTimeoutException"));
}

#[tokio::test(start_paused = true)]
async fn a_head_that_does_not_come_and_an_idle_connection_are_not_waited_for() {
    let running = Running::open().await;
    for bytes in [&b"POST / HTTP/1.1\r\nhost: x\r\nx-am"[..], b""] {
        let mut stream = running.connect().await;
        stream.write_all(bytes).await.expect("the server reads");
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.expect("a close");
        assert!(rest.is_empty(), "nobody asked for anything: {rest:?}");
    }
}
