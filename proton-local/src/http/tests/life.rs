//! The end of a server, and of clients that are too slow.

use super::support::{Running, SLOW, get_service, read};
use crate::clock::Clock;
use crate::settings::Settings;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
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
async fn a_body_that_does_not_come_is_not_waited_for() {
    let sleep = SharedAsyncSleep::new(Hurried);
    let clock = Clock { sleep, ..Clock::system() };
    let running = Running::start(&Settings::default(), clock).await;
    let request = get_service(br#"{"name":"web"}"#);
    let answer = running.send(&request[..request.len() - 5]).await;
    assert_eq!((answer.status, answer.code().as_str()), (408, "RequestTimeoutException"));
}

#[derive(Debug)]
struct Hurried;

impl AsyncSleep for Hurried {
    /// A thousand times faster.
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration / 1000))
    }
}
