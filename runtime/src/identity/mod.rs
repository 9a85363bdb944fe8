//! Who signs: credentials, loaded once and kept while they are valid.

mod cache;
mod environment;

pub use cache::{IdentityCache, IdentityCacheBuilder};
pub(crate) use environment::Environment;
