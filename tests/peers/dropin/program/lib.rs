//! A program written against `aws-sdk-proton`, using each part of its surface. It is compiled twice, the second time
//! over `proton-sdk`, and [`run`] then does the same things with both: what it saw is compared line by line.

#![allow(deprecated)] // the official SDK marks every operation and every `Unhandled` so
#![allow(clippy::result_large_err)] // its errors are large
#![allow(clippy::useless_conversion)] // an operation's error and the service's are one type in ours

mod calls;
mod configure;
mod endpoints;
mod failures;
mod hooks;
mod mock;
mod pages;
mod parts;
mod shapes;
mod time;
mod unions;
mod waits;

use aws_sdk_proton::Client;
use std::fmt::Display;

/// What the program saw, one line an outcome.
#[derive(Debug, Default)]
pub struct Transcript(pub Vec<String>);

impl Transcript {
    fn note(&mut self, what: &str, outcome: impl Display) {
        self.0.push(format!("{what}: {outcome}"));
    }
}

/// Uses all of the SDK against the server at `endpoint`.
pub async fn run(endpoint: &str) -> Transcript {
    let mut seen = Transcript::default();
    shapes::run(&mut seen);
    unions::run(&mut seen);
    let client = Client::from_conf(configure::config(endpoint).build());
    configure::run(&client, endpoint, &mut seen).await;
    endpoints::run(endpoint, &mut seen).await;
    calls::run(&client, &mut seen).await;
    failures::run(&client, &mut seen).await;
    hooks::run(&client, endpoint, &mut seen).await;
    mock::run(&mut seen).await;
    pages::run(&client, &mut seen).await;
    parts::run(endpoint, &mut seen).await;
    waits::run(endpoint, &mut seen).await;
    seen
}
