//! TLS and proxies over real sockets. `.ci/run` runs this with each of the TLS libraries.

use proton_sdk::Client;
use proton_sdk::config::http;
use proton_sdk::error::DisplayErrorContext;
use tests::client::config;
use tests::proxy::Proxy;
use tests::server::{Answer, Server};
use tests::tls::Authority;

fn empty() -> Answer {
    Answer::json(200, r#"{"services":[]}"#)
}

async fn list(url: &str, http: http::Client) -> Result<usize, String> {
    let client = Client::from_conf(config(url).http_client(http).build());
    let answer = client.list_services().send().await;
    answer.map(|output| output.services().len()).map_err(|error| format!("{error} / {}", DisplayErrorContext(&error)))
}

fn trusting(authority: &Authority) -> http::ClientBuilder {
    http::Client::builder().root_certificates_pem(authority.pem())
}

#[tokio::test]
async fn own_roots_are_trusted_and_others_are_not() {
    let (ours, theirs) = (Authority::default(), Authority::default());
    let server = Server::with_tls(ours.server(), empty()).await;
    assert_eq!(list(&server.url(), trusting(&ours).build().expect("settings")).await, Ok(0));
    assert_eq!(
        list(&server.url(), trusting(&theirs).root_certificates_pem(ours.pem()).build().expect("both")).await,
        Ok(0)
    );
    assert!(list(&server.url(), trusting(&theirs).build().expect("settings")).await.is_err());
    assert!(list(&server.url(), http::Client::builder().build().expect("settings")).await.is_err());
}

#[tokio::test]
async fn roots_come_from_files_as_well() {
    let authority = Authority::default();
    let server = Server::with_tls(authority.server(), empty()).await;
    let path = std::env::temp_dir().join(format!("platforms-{}.pem", std::process::id()));
    std::fs::write(&path, authority.pem()).expect("a file");
    let http = http::Client::builder().root_certificates_file(&path).build();
    std::fs::remove_file(&path).expect("it was there");
    assert_eq!(list(&server.url(), http.expect("settings")).await, Ok(0));
    let gone = http::Client::builder().root_certificates_file(&path).build().expect_err("it is gone").to_string();
    assert!(gone.contains("platforms-") && gone.contains("No such file"), "{gone}");
}

#[tokio::test]
async fn text_that_is_no_certificate_is_refused_with_what_is_missing() {
    let authority = Authority::default();
    let no_key = http::Client::builder().client_certificate_pem(authority.pem()).build();
    for wrong in [http::Client::builder().root_certificates_pem("hello").build(), no_key] {
        let message = wrong.expect_err("no certificate").to_string();
        assert!(message.starts_with("the PEM text does not read: "), "{message}");
    }
}

#[tokio::test]
async fn a_client_shows_its_certificate_where_it_is_asked() {
    let authority = Authority::default();
    let server = Server::with_tls(authority.server_for_known_clients(), empty()).await;
    let known = trusting(&authority).client_certificate_pem(authority.client_pem()).build().expect("settings");
    assert_eq!(list(&server.url(), known).await, Ok(0));
    assert!(list(&server.url(), trusting(&authority).build().expect("settings")).await.is_err());
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http2_is_spoken_where_both_sides_offer_it() {
    use http_body_util::Full;
    use hyper::service::service_fn;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use std::sync::Arc;

    let authority = Authority::default();
    let mut config = authority.server();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        let stream = TokioIo::new(acceptor.accept(stream).await.expect("TLS"));
        let answer = service_fn(|request: hyper::Request<hyper::body::Incoming>| async move {
            assert_eq!(request.version(), hyper::Version::HTTP_2);
            Ok::<_, std::convert::Infallible>(hyper::Response::new(Full::<hyper::body::Bytes>::from(
                r#"{"services":[]}"#,
            )))
        });
        hyper::server::conn::http2::Builder::new(TokioExecutor::new()).serve_connection(stream, answer).await
    });
    let http = trusting(&authority).build().expect("settings");
    assert_eq!(list(&url, http.clone()).await, Ok(0));
    assert_eq!(list(&url, http).await, Ok(0), "over the same connection");
    server.abort();

    let mut config = authority.server();
    config.alpn_protocols = vec![b"http/1.1".to_vec(), b"h2".to_vec()];
    let server = Server::with_tls(config, empty()).await;
    assert_eq!(list(&server.url(), trusting(&authority).http2(false).build().expect("settings")).await, Ok(0));
}

#[tokio::test]
async fn a_proxy_tunnels_to_https_endpoints() {
    let authority = Authority::default();
    let server = Server::with_tls(authority.server(), empty()).await;
    let (open, locked) = (Proxy::open().await, Proxy::locked().await);
    let through = |proxy| trusting(&authority).proxy(proxy).build().expect("settings");
    assert_eq!(list(&server.url(), through(http::Proxy::all(open.url()))).await, Ok(0));
    let host = server.url().replace("https://", "CONNECT ");
    assert!(open.heads()[0].starts_with(&host), "{:?}", open.heads());

    let refused = list(&server.url(), through(http::Proxy::https(locked.url()))).await.expect_err("it is locked");
    assert!(refused.contains("the proxy refused the tunnel with HTTP 407"), "{refused}");
    let user = http::Proxy::https(locked.url()).basic_auth("user", "secret");
    assert!(!format!("{user:?}").contains("secret"));
    assert_eq!(list(&server.url(), through(user)).await, Ok(0));

    let direct = http::Proxy::all(open.url()).except("127.0.0.1");
    assert_eq!(list(&server.url(), through(direct)).await, Ok(0));
    assert_eq!(open.heads().len(), 1);
}

#[tokio::test]
async fn a_proxy_is_asked_for_http_endpoints_by_their_whole_address() {
    let proxy = Server::always(empty()).await;
    let http = http::Client::builder().proxy(http::Proxy::http(proxy.url())).build().expect("settings");
    assert_eq!(list("http://proton.example.com", http).await, Ok(0));
    assert_eq!(proxy.requests()[0].line, "POST http://proton.example.com/");
    let wrong = http::Client::builder().proxy(http::Proxy::all("http://u:secret@")).build();
    let message = wrong.expect_err("no address").to_string();
    assert!(message.contains("write `http://host:port`") && !message.contains("secret"), "{message}");
}

/// The environment is one for the process, so a process of its own is looked at.
#[test]
fn proxies_of_the_environment_are_used_but_not_for_this_machine() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    if std::env::var_os("PLATFORMS_CHILD").is_some() {
        let answer = runtime.block_on(async {
            let local = Server::always(empty()).await;
            let http = || http::Client::builder().build().expect("settings");
            (list("http://proton.example.com", http()).await, list(&local.url(), http()).await)
        });
        assert_eq!(answer, (Ok(0), Ok(0)));
        return;
    }
    let proxy = runtime.block_on(Server::always(empty()));
    let child = std::process::Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "proxies_of_the_environment_are_used_but_not_for_this_machine"])
        .env("PLATFORMS_CHILD", "1")
        .env("HTTP_PROXY", proxy.url())
        .output()
        .expect("a process");
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    let lines: Vec<_> = proxy.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(lines, ["POST http://proton.example.com/"]);
}
