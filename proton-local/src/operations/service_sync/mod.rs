//! Services whose instances come from a repository: which one, and what holds their sync back.

mod blocker;
mod config;

pub(crate) use blocker::*;
pub(crate) use config::*;

#[cfg(test)]
mod tests;
