//! What the tests stand on: a server on a real socket, values made from the model, and every
//! operation, paginator and waiter by its name.

pub mod by_name;
pub mod client;
pub mod model;
pub mod proxy;
pub mod server;
pub mod signature;
pub mod tls;
pub mod weather;

/// The README, whose code is compiled by `cargo test --doc`.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
