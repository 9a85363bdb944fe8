//! AWS Proton for Rust: the calls of `aws-sdk-proton`, an eighth of its code.
//!
//! A program written for `aws-sdk-proton` compiles unchanged after its dependency line becomes
//! `aws_sdk_proton = { package = "proton-sdk", … }`.
//!
//! AWS switched the hosted service off on 2026-10-07, so a client is pointed at an endpoint of
//! your own:
//!
//! ```no_run
//! use proton_sdk::Client;
//! use proton_sdk::config::{Config, Credentials, Region};
//!
//! # async fn list() -> Result<(), proton_sdk::Error> {
//! let config = Config::builder()
//!     .region(Region::new("us-east-1"))
//!     .endpoint_url("http://127.0.0.1:8787")
//!     .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "static"))
//!     .build();
//! let client = Client::from_conf(config);
//!
//! let mut services = client.list_services().into_paginator().items().send();
//! while let Some(service) = services.try_next().await? {
//!     println!("{} is {}", service.name(), service.status());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Region, endpoint and credentials may also stand in the environment and in `~/.aws`:
//!
//! ```no_run
//! # async fn list() -> Result<(), Box<dyn std::error::Error>> {
//! let client = proton_sdk::Client::from_env().await?;
//! let services = client.list_services().send().await?;
//! # Ok(())
//! # }
//! ```
//!
//! - [`Client`] has a method for each of the 87 operations; [`operation`] has their requests and answers.
//! - [`types`] has what these are made of. Every type is serde's `Serialize` and `Deserialize`, in the form that
//!   travels on the wire.
//! - [`client::Waiters`] waits until a resource reaches a state; `into_paginator()` reads all pages of a list.
//! - [`validate`] checks the model's limits, all at once, with the feature `validate`.
//! - `testing`, with the feature `test-util`, is for tests of programs that use the SDK.
//! - [`Error`] holds every error that the service names; [`error::SdkError`] says what happened around it.
//!
//! # Features
//!
//! | feature | |
//! | --- | --- |
//! | `rustls` (default) | HTTPS by rustls and ring |
//! | `rustls-aws-lc-rs` | HTTPS by rustls and aws-lc-rs |
//! | `native-tls` | HTTPS by the operating system's library |
//! | `http2` | HTTP/2 where the server offers it |
//! | `aws-config` | credentials of roles, single sign-on and web identities, over the same HTTP and TLS stack |
//! | `metrics` | histograms of calls for the provider set by `aws_smithy_observability::global::set_telemetry_provider` |
//! | `validate` | every limit of the model checked before a call, or by `input.validate()` |
//! | `server` | the other side of the API: a trait with a method for each operation |
//! | `test-util` | mocks, recordings and fixed values, in the module `testing` |
//! | `default-https-client`, `rt-tokio`, `behavior-version-latest` | names that `aws-sdk-proton` has; the first is `rustls` |
//!
//! Of the TLS libraries that are on, `native-tls` counts before `rustls-aws-lc-rs`, and this before `rustls`. Certificates,
//! proxies and the connection pool are set through [`config::http::Client`].
//!
//! Without any of them the crate has no HTTP client of its own and takes one by `http_client(..)`. That way it also
//! builds for `wasm32-unknown-unknown`, where `time_source(..)`, `sleep_impl(..)` and `random(..)` have to be set as well.

#[rustfmt::skip]
mod generated;
#[cfg(feature = "test-util")]
pub mod testing;

pub use generated::*;
pub use smithy_runtime::validate;
