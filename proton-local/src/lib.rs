//! A self-hosted AWS Proton endpoint.

pub mod caller;
mod clock;
mod engine;
mod fault;
mod jobs;
mod random;
pub mod settings;
mod store;
