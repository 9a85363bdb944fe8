//! A self-hosted AWS Proton endpoint.

mod auth;
pub mod caller;
mod clock;
mod engine;
mod fault;
mod http;
mod injection;
mod jobs;
mod metrics;
mod random;
pub mod settings;
mod store;
