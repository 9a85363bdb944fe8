//! The engine against a loopback server that reads and writes bytes.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

mod configuration;
mod errors;
mod interceptors;
mod retries;
mod shapes;
mod signing;
mod support;
mod timeouts;
mod waiting;
mod wire;
