//! Services whose instances come from a repository: which one, and what holds their sync back.

mod blocker;
mod config;
mod status;

pub(crate) use blocker::*;
pub(crate) use config::*;
pub(crate) use status::*;

#[cfg(test)]
mod tests;
