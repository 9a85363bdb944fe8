//! Faults of real sockets, one a row: what a call makes of it in attempts and time, and what it says.

mod answers;
mod connections;

use proton_sdk::Client;
use proton_sdk::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use proton_sdk::config::timeout::TimeoutConfig;
use proton_sdk::config::{Builder, RandomSource};
use proton_sdk::error::SdkError;
use std::any::Any;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};
use tests::client::config;

/// A fault, and what is expected of a call that meets it.
struct Row {
    fault: &'static str,
    config: Builder,
    /// Servers and proxies that have to live as long as the call.
    keep: Box<dyn Any + Send>,
    attempts: u32,
    /// Milliseconds. The upper end leaves room for a machine with other things to do.
    time: RangeInclusive<u64>,
    /// The variant of `SdkError`.
    error: &'static str,
    /// All of `Display`, without the time. `{url}` stands for the endpoint, `…` for what differs from run to run.
    says: &'static str,
}

/// What came of a row.
struct Outcome {
    attempts: u32,
    took: Duration,
    error: &'static str,
    says: String,
}

/// All faults at once; prints the table and what is not as expected.
pub(crate) async fn run() {
    let rows = answers::rows().await.into_iter().chain(connections::rows().await);
    let calls: Vec<_> = rows.map(|row| tokio::spawn(async move { (call(&row.config).await, row) })).collect();
    println!("| fault | attempts | time | error | what it says |\n| --- | ---: | ---: | --- | --- |");
    let mut wrong = Vec::new();
    for call in calls {
        let (outcome, row) = call.await.expect("no panic in a call");
        let Outcome { attempts, took, error, says } = &outcome;
        println!("| {} | {attempts} | {:.2} s | {error} | {says} |", row.fault, took.as_secs_f64());
        let in_time = row.time.contains(&u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        if (row.attempts, row.error, in_time) != (*attempts, *error, true) || !is_like(says, row.says) {
            wrong.push(format!(
                "{}: expected {} attempts, {:?} ms, {}\n  expected {}\n  but said {says}",
                row.fault, row.attempts, row.time, row.error, row.says
            ));
        }
        drop(row.keep);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn is_like(text: &str, pattern: &str) -> bool {
    match pattern.split_once('…') {
        Some((start, end)) => text.starts_with(start) && text.ends_with(end),
        None => text == pattern,
    }
}

/// Three attempts, pauses of half the longest, a retry budget of its own, limits that a test can wait for.
fn client(url: &str) -> Builder {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .read_timeout(Duration::from_millis(400))
        .operation_attempt_timeout(Duration::from_millis(700))
        .operation_timeout(Duration::from_secs(10));
    config(url)
        .retry_config(RetryConfig::standard())
        .retry_partition(budget(500))
        .random(Half)
        .timeout_config(timeouts.build())
}

fn budget(tokens: usize) -> RetryPartition {
    RetryPartition::custom("fault").token_bucket(TokenBucket::new(tokens)).build()
}

#[derive(Debug)]
struct Half;

impl RandomSource for Half {
    fn next_u64(&self) -> u64 {
        1 << 63
    }
}

async fn call(config: &Builder) -> Outcome {
    let config = config.clone().build();
    let url = config.endpoint_url().unwrap_or_default().to_owned();
    let started = Instant::now();
    let result = Client::from_conf(config).list_services().send().await;
    let took = started.elapsed();
    let Err(error) = result else { return Outcome { attempts: 1, took, error: "none", says: String::new() } };
    let variant = match &error {
        SdkError::ConstructionFailure(_) => "ConstructionFailure",
        SdkError::TimeoutError(_) => "TimeoutError",
        SdkError::DispatchFailure(_) => "DispatchFailure",
        SdkError::ResponseError(_) => "ResponseError",
        _ => "ServiceError",
    };
    let text = error.to_string().replace(&url, "{url}");
    // `(3 attempts, 1.2 s)`: the time is a column of its own.
    let time = format!(", {:.1} s", error.elapsed().as_secs_f64());
    let says = text.replacen(&time, "", 1);
    Outcome { attempts: error.attempts(), took, error: variant, says }
}
