//! Servers and proxies that are not reached, or not trusted.

use super::{Row, client};
use proton_sdk::config::http::{Client, Proxy};
use tests::proxy;
use tests::server::{Answer, Server};
use tests::tls::Authority;

pub(super) async fn rows() -> Vec<Row> {
    let authority = Authority::default();
    let trusting = || Client::builder().root_certificates_pem(authority.pem());
    let empty = || Answer::json(200, r#"{"services":[]}"#);
    let through = |proxy: Proxy| trusting().proxy(proxy).build().expect("settings");
    let valid = || Server::with_tls(authority.server(), empty());

    let expired = Server::with_tls(authority.expired_server(), empty()).await;
    let untrusted = Server::with_tls(Authority::default().server(), empty()).await;
    let unnamed = valid().await;
    let unnamed_url = unnamed.url().replace("127.0.0.1", "localhost");
    let (plain, dead) = (valid().await, closed_port());
    let (behind_open, open) = (valid().await, proxy::Proxy::open().await);
    let (behind_locked, locked) = (valid().await, proxy::Proxy::locked().await);
    let (behind_stuck, stuck) = (valid().await, proxy::Proxy::stuck().await);
    let refusing = Server::always(Answer::json(407, "")).await;

    let row = |fault, config, keep, attempts, least, error, says| Row {
        fault,
        config,
        keep,
        attempts,
        time: least..=least + 3_000,
        error,
        says,
    };
    vec![
        row(
            "refused",
            client(&closed_port()),
            Box::new(()),
            3,
            75,
            "DispatchFailure",
            "ListServices: {url} was not reached: io error: tcp connect error: … (3 attempts)",
        ),
        row(
            "no such host",
            client("http://nowhere.invalid"),
            Box::new(()),
            3,
            75,
            "DispatchFailure",
            "ListServices: {url} was not reached: io error: dns error: error resolving DNS: … (3 attempts)",
        ),
        row(
            "expired certificate",
            client(&expired.url()).http_client(trusting().build().expect("settings")),
            Box::new(expired),
            1,
            0,
            "DispatchFailure",
            "ListServices: {url} was not reached: other: invalid peer certificate: certificate expired: …; certificates are set with `http::Client::builder()` (1 attempt)",
        ),
        row(
            "untrusted certificate",
            client(&untrusted.url()).http_client(trusting().build().expect("settings")),
            Box::new(untrusted),
            1,
            0,
            "DispatchFailure",
            "ListServices: {url} was not reached: other: invalid peer certificate: UnknownIssuer; certificates are set with `http::Client::builder()` (1 attempt)",
        ),
        row(
            "certificate of another host",
            client(&unnamed_url).http_client(trusting().build().expect("settings")),
            Box::new(unnamed),
            1,
            0,
            "DispatchFailure",
            "ListServices: {url} was not reached: other: invalid peer certificate: certificate not valid for name \"localhost\"; certificate is only valid for IpAddress(127.0.0.1); certificates are set with `http::Client::builder()` (1 attempt)",
        ),
        row(
            "proxy that works",
            client(&behind_open.url()).http_client(through(Proxy::all(open.url()))),
            Box::new((behind_open, open)),
            1,
            0,
            "none",
            "",
        ),
        row(
            "proxy that refuses a tunnel (407)",
            client(&behind_locked.url()).http_client(through(Proxy::all(locked.url()))),
            Box::new((behind_locked, locked)),
            1,
            0,
            "DispatchFailure",
            "ListServices: {url} was not reached: other: the proxy refused the tunnel with HTTP 407; it takes a user by `Proxy::basic_auth` or in its URL (1 attempt)",
        ),
        row(
            "proxy that does not get through (502)",
            client(&behind_stuck.url()).http_client(through(Proxy::all(stuck.url()))),
            Box::new((behind_stuck, stuck)),
            3,
            75,
            "DispatchFailure",
            "ListServices: {url} was not reached: io error: tunnel error: unsuccessful (3 attempts)",
        ),
        row(
            "proxy that refuses a request (407)",
            client("http://proton.example.com").http_client(through(Proxy::all(refusing.url()))),
            Box::new(refusing),
            1,
            0,
            "ServiceError",
            "ListServices: HTTP 407 without a body (request id req-1, HTTP 407, 1 attempt)",
        ),
        row(
            "proxy that is dead",
            client(&plain.url()).http_client(through(Proxy::all(dead))),
            Box::new(plain),
            3,
            75,
            "DispatchFailure",
            "ListServices: {url} was not reached: io error: tunnel error: failed to create underlying connection: tcp connect error: … (3 attempts)",
        ),
    ]
}

/// An address where nobody listens.
fn closed_port() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("http://{}", listener.local_addr().expect("an address"))
}
