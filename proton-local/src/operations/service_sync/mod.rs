//! Services whose instances come from a repository: which one, and what holds their sync back.

mod blocker;
mod config;
mod ops_file;
mod sync;

pub(crate) use blocker::*;
pub(crate) use config::*;
pub(crate) use sync::{get_service_instance_sync_status, sync};

#[cfg(test)]
mod tests;
