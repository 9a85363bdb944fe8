//! The request and the answer without an SDK.

fn main() {
    peers_bench::run(
        |endpoint| {
            rustls::crypto::ring::default_provider().install_default().expect("none is set");
            (reqwest::Client::new(), endpoint.to_owned())
        },
        async |(client, endpoint)| {
            let request = client
                .post(endpoint)
                .header("content-type", "application/x-amz-json-1.0")
                .header("x-amz-target", "AwsProton20200720.ListServices")
                .body("{}");
            let answer = request.send().await.expect("an answer").bytes().await.expect("a body");
            peers_bench::items_in(answer.len())
        },
        |_| [0, 0],
    );
}
