//! Answers that are late, broken, wrong, or errors.

use super::{Row, budget, client};
use proton_sdk::config::Builder;
use proton_sdk::config::timeout::TimeoutConfig;
use std::time::Duration;
use tests::server::{Answer, End, Server};

const HEAD: &str = "HTTP/1.1 200 OK\r\nx-amzn-requestid: req-1\r\ncontent-length: ";
const BODY: &str = r#"{"services":[]}"#;

pub(super) async fn rows() -> Vec<Row> {
    let head = |length: usize, body: &str, end| Answer::Raw(format!("{HEAD}{length}\r\n\r\n{body}").into(), end);
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"ser";
    let throttled = || Answer::error(429, "ThrottlingException", "slow down");
    let html = Answer::Full {
        status: 503,
        headers: vec![("content-type".into(), "text/html".into())],
        body: "<html>busy</html>".into(),
    };
    let half_second = TimeoutConfig::builder().operation_timeout(Duration::from_millis(500)).build();
    vec![
        row("reset before headers", Answer::Raw(Vec::new(), End::Reset), 3, 75, "DispatchFailure", "ListServices: {url} was not reached: io error: connection error: … (3 attempts)").await,
        row("closed before headers", Answer::Close, 3, 75, "DispatchFailure", "ListServices: {url} was not reached: io error: connection closed before message completed (3 attempts)").await,
        row("no HTTP", Answer::Raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".into(), End::Close), 3, 75, "DispatchFailure", "ListServices: {url} was not reached: io error: invalid HTTP version parsed (3 attempts)")
            .await,
        row("reset after headers", head(15, "", End::Reset), 3, 75, "ResponseError", "ListServices: the response broke off: … (request id req-1, HTTP 200, 3 attempts)").await,
        row("half body", head(15, &BODY[..7], End::Close), 3, 75, "ResponseError", "ListServices: the response broke off: end of file before message length reached (request id req-1, HTTP 200, 3 attempts)").await,
        row("chunk cut off", Answer::Raw(chunked.into(), End::Close), 3, 75, "ResponseError", "ListServices: the response broke off: unexpected EOF during chunk size line (HTTP 200, 3 attempts)").await,
        row("slow body", Answer::Drip(BODY.into(), Duration::from_millis(60)), 3, 2175, "TimeoutError", "ListServices: timed out: no answer within the operation_attempt_timeout of 700ms; raise it with `TimeoutConfig` ({url}, 3 attempts)").await,
        row("stalled before headers", Answer::Stall, 3, 1275, "DispatchFailure", "ListServices: timed out: no answer within the read_timeout of 400ms; raise it with `TimeoutConfig` ({url}, 3 attempts)").await,
        row("stalled in the body", head(15, &BODY[..7], End::Stall), 3, 1275, "ResponseError", "ListServices: the response broke off: no answer within the read_timeout of 400ms; raise it with `TimeoutConfig` (request id req-1, HTTP 200, 3 attempts)").await,
        row("stalled, 0.5 s for the call", Answer::Stall, 1, 500, "TimeoutError", "ListServices: timed out: no answer within the operation_timeout of 500ms; raise it with `TimeoutConfig` ({url}, 1 attempt)")
            .await
            .with(|config| config.timeout_config(half_second)),
        row("content-length too long", head(20, BODY, End::Keep), 3, 1275, "ResponseError", "ListServices: the response broke off: no answer within the read_timeout of 400ms; raise it with `TimeoutConfig` (request id req-1, HTTP 200, 3 attempts)").await,
        row("content-length too short", head(7, BODY, End::Keep), 1, 0, "ResponseError", "ListServices: the response is not valid: EOF while parsing a string at line 1 column 7 (request id req-1, HTTP 200, 1 attempt)").await,
        row("not JSON", Answer::json(200, "<html>hello</html>"), 1, 0, "ResponseError", "ListServices: the response is not valid: expected value at line 1 column 1 (request id req-1, HTTP 200, 1 attempt)").await,
        row("500 storm", Answer::error(500, "InternalServerException", "oops"), 3, 75, "ServiceError", "ListServices: InternalServerException: oops (request id req-1, HTTP 500, 3 attempts)").await,
        row("500 storm, budget of one retry", Answer::json(500, ""), 2, 25, "ServiceError", "ListServices: HTTP 500 without a body (request id req-1, HTTP 500, 2 attempts, not tried again: the retry quota is used up)")
            .await
            .with(|config| config.retry_partition(budget(14))),
        row("503 storm of a load balancer", html, 3, 75, "ServiceError", "ListServices: HTTP 503 with a body of text/html that names no error; check the endpoint and proxies on the way (HTTP 503, 3 attempts)").await,
        row("throttling storm", throttled(), 3, 1500, "ServiceError", "ListServices: ThrottlingException: slow down (request id req-1, HTTP 429, 3 attempts)").await,
        row(
            "throttling storm, retry after 1.2 s",
            throttled().with_header("x-amz-retry-after", "1200"),
            3,
            2400,
            "ServiceError",
            "ListServices: ThrottlingException: slow down (request id req-1, HTTP 429, 3 attempts)",
        )
        .await,
        row("redirect", Answer::json(301, "").with_header("location", "http://127.0.0.1:1/"), 1, 0, "ServiceError", "ListServices: HTTP 301 without a body (request id req-1, HTTP 301, 1 attempt)")
            .await,
    ]
}

/// A server that gives this answer to every request. `least` is in milliseconds.
async fn row(
    fault: &'static str,
    answer: Answer,
    attempts: u32,
    least: u64,
    error: &'static str,
    says: &'static str,
) -> Row {
    let server = Server::always(answer).await;
    let time = least..=least + 3_000;
    Row { fault, config: client(&server.url()), keep: Box::new(server), attempts, time, error, says }
}

impl Row {
    /// The same with another configuration.
    pub(super) fn with(self, change: impl FnOnce(Builder) -> Builder) -> Self {
        Self { config: change(self.config), ..self }
    }
}
