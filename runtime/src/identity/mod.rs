//! Who signs: where credentials come from, and how long they are kept.

mod blocking;
mod cache;
mod chain;
#[cfg(feature = "http-client")]
mod container;
mod document;
#[cfg(feature = "http-client")]
mod fetch;
mod keys;
#[cfg(feature = "http-client")]
mod metadata;
#[cfg(feature = "aws-config")]
mod official;
mod process;
mod profile;

pub use cache::{IdentityCache, IdentityCacheBuilder};
pub(crate) use chain::Chain;
pub use chain::CredentialsChain;
pub(crate) use keys::Keys;
