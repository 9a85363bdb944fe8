//! Connections: taken until the server is told to stop, then given time to finish.

use super::Front;
use crate::clock::within;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// How long a request's head may take, and how long a connection may idle.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// The most that a request's head may hold.
const HEAD_LIMIT: usize = 64 * 1024;
/// How long requests in flight have to finish once the server stops.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait after the system refuses a connection, such as for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers requests until `stop` is ready, then finishes those in flight.
pub(crate) async fn serve<H: Send + Sync>(listener: TcpListener, front: Arc<Front<H>>, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE).max_buf_size(HEAD_LIMIT);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "cannot take a connection");
                    within(PAUSE, std::future::pending::<()>()).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
            () = &mut stop => break,
        };
        // Answers are small and whole.
        let _ = stream.set_nodelay(true);
        let service = Arc::clone(&front);
        let service = service_fn(move |request| {
            let front = Arc::clone(&service);
            async move { Ok::<_, Infallible>(front.answer(request).await) }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        let open = front.metrics.connection();
        connections.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(open);
        });
    }
    drop(listener);
    if within(GRACE, graceful.shutdown()).await.is_none() {
        tracing::warn!("requests are still in flight; they are given up");
    }
}
