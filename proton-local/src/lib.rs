//! A self-hosted AWS Proton endpoint.

pub mod caller;
mod clock;
mod deploy;
mod engine;
mod fault;
mod jobs;
mod operations;
mod provision;
mod random;
mod records;
pub mod settings;
mod store;
