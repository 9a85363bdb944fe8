//! The request and the answer without an SDK.

use serde::Deserialize;

/// A client as one makes it.
pub fn connect() -> reqwest::Client {
    // ours brings reqwest's TLS into this build, and then a bare client asks for a provider too; a second one is refused.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// A call; gives the length of the answer.
pub async fn list(client: &reqwest::Client, endpoint: &str) -> usize {
    answer(client, endpoint).await.bytes().await.expect("a body").len()
}

/// A call whose answer is read by the code that serde derives; gives the number of items.
pub async fn read(client: &reqwest::Client, endpoint: &str) -> usize {
    let body = answer(client, endpoint).await.bytes().await.expect("a body");
    // Checked once as a whole, as ours does.
    let text = std::str::from_utf8(&body).expect("text");
    serde_json::from_str::<Services>(text).expect("the answer is good").services.len()
}

async fn answer(client: &reqwest::Client, endpoint: &str) -> reqwest::Response {
    let request = client
        .post(endpoint)
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", "AwsProton20200720.ListServices")
        .body("{}");
    request.send().await.expect("an answer")
}

#[derive(Deserialize)]
struct Services {
    services: Vec<Service>,
}

/// The members of ServiceSummary; times stay numbers and the status stays text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)] // read, as a program would have them
struct Service {
    name: String,
    description: Option<String>,
    arn: String,
    template_name: String,
    created_at: f64,
    last_modified_at: f64,
    status: String,
    status_message: Option<String>,
}
