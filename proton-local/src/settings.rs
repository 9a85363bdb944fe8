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
    /// The folder that stands in for S3: an object is the file `BUCKET/KEY` below it.
    pub s3_root: Option<PathBuf>,
    /// How many resources an account may have.
    pub quotas: Quotas,
}

/// How many resources an account may have.
#[derive(Clone, Debug)]
pub struct Quotas {
    /// Environment and service templates together.
    pub templates: u64,
    /// Versions of one template.
    pub versions_per_template: u64,
}

impl Default for Quotas {
    fn default() -> Self {
        Self { templates: 1000, versions_per_template: 1000 }
    }
}
