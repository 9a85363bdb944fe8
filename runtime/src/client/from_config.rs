//! Clients of any service.

use crate::config::Config;

/// A generated client, for code that makes clients whatever their service.
pub trait FromConfig {
    /// A client with these settings.
    ///
    /// # Panics
    /// A setting that no call could work with.
    fn from_config(config: Config) -> Self;
}
