//! A self-hosted AWS Proton endpoint.

#![cfg_attr(test, allow(clippy::unwrap_used))] // a test ends where something is not as it should be

mod arn;
mod auth;
mod bundle;
pub mod caller;
mod clock;
mod demo;
mod deploy;
mod engine;
mod fault;
mod http;
mod injection;
mod jobs;
mod local;
mod metrics;
mod operations;
mod provision;
mod random;
mod records;
pub mod seed;
mod service;
pub mod settings;
mod store;
#[cfg(test)]
mod testkit;

pub use local::{Builder, ProtonLocal, StartError};
