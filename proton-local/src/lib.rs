//! A self-hosted AWS Proton endpoint: the API of the service that ended on 7 October 2026, for the SDK, the AWS CLI and
//! any program that was written against it.
//!
//! [`ProtonLocal`] is a server within a program, such as a test; `proton-local serve` is one of its own.

#![cfg_attr(test, allow(clippy::unwrap_used))] // a test ends where something is not as it should be

mod arn;
mod auth;
mod bundle;
pub mod bundle_cli;
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
