//! Template bundles and rendered templates, kept once under the hash of their content.

use super::{Reader, StoreError, Writer};
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

impl Reader<'_> {
    /// A file that was stored.
    pub(crate) fn file(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT content FROM files WHERE hash = ?1")?;
        Ok(statement.query_row([hash], |row| row.get(0)).optional()?)
    }

    /// How many bytes a file has that was stored.
    pub(crate) fn file_length(&self, hash: &str) -> Result<Option<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT length(content) FROM files WHERE hash = ?1")?;
        Ok(statement.query_row([hash], |row| row.get(0)).optional()?)
    }
}

impl Writer<'_> {
    /// Stores a file; the hash finds it again.
    pub(crate) fn put_file(&mut self, content: &[u8]) -> Result<String, StoreError> {
        let hash = hash(content);
        let sql = "INSERT OR IGNORE INTO files (hash, content) VALUES (?1, ?2)";
        self.connection.prepare_cached(sql)?.execute((&hash, content))?;
        Ok(hash)
    }
}

/// SHA-256 in lower case hex.
pub(crate) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}
