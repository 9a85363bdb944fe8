//! The engine against a loopback server that reads and writes bytes.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

mod auth;
mod cancellation;
mod configuration;
mod deadlines;
mod errors;
mod hooks;
mod interceptors;
mod limits;
mod retries;
mod shapes;
mod signing;
mod support;
#[cfg(feature = "test-util")]
mod test_defaults;
mod timeouts;
mod waiting;
mod wire;
