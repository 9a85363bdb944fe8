//! What can go wrong with the store itself.

use std::path::PathBuf;

/// A failure of the database, not of a request.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The data folder cannot be made or written.
    #[error("cannot make or write the data folder {}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("cannot open the database {}", path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// Another server has the data folder.
    #[error("{} is in use by another proton-local; stop it or choose another data folder", path.display())]
    InUse {
        /// The database.
        path: PathBuf,
    },
    /// The database comes from a newer version.
    #[error("{} has version {found}, newer than the {known} that this proton-local knows; upgrade it", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version that is known here.
        known: i64,
    },
    /// A statement failed.
    #[error("the database failed")]
    Sqlite(#[from] rusqlite::Error),
    /// A stored document cannot be read.
    #[error("the stored {kind} {key} cannot be read")]
    Document {
        /// What it should be.
        kind: &'static str,
        /// Which one.
        key: String,
        /// Why.
        source: serde_json::Error,
    },
    /// A stored file is gone.
    #[error("the stored file {path} is gone")]
    MissingFile {
        /// What it was called.
        path: String,
    },
    /// A document cannot be written.
    #[error("a {kind} cannot be stored")]
    Encode {
        /// What it is.
        kind: &'static str,
        /// Why.
        source: serde_json::Error,
    },
    /// The server is stopping, or a write panicked.
    #[error("the store took no answer to this request: the server is stopping")]
    Stopped,
    /// The commit of a batch failed; nothing of it took effect.
    #[error("the commit failed: {0}")]
    Commit(String),
    /// A write had a bug; it took no effect.
    #[error("a write failed unexpectedly; nothing was changed")]
    Panicked,
}
