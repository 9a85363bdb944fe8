//! The request and the answer without an SDK.

/// A client as one makes it.
pub fn connect() -> reqwest::Client {
    // ours brings reqwest's TLS into this build, and then a bare client asks for a provider too; a second one is refused.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// A call; gives the length of the answer.
pub async fn list(client: &reqwest::Client, endpoint: &str) -> usize {
    let request = client
        .post(endpoint)
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", "AwsProton20200720.ListServices")
        .body("{}");
    request.send().await.expect("an answer").bytes().await.expect("a body").len()
}
