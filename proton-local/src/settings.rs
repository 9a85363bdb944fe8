//! What a server is told when it starts.

use std::path::PathBuf;

/// Where a server keeps what it was told.
#[derive(Clone, Debug, Default)]
pub enum Storage {
    /// In a folder, across restarts.
    Directory(PathBuf),
    /// Nowhere: what was stored ends with the server.
    #[default]
    Ephemeral,
}

/// How a server runs.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where it keeps what it was told.
    pub storage: Storage,
}
