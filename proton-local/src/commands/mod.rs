//! The commands, a module each.

mod logs;
pub(crate) mod seed;
pub(crate) mod serve;

/// What a command ends with.
pub(crate) type Done = Result<(), Box<dyn std::error::Error>>;
