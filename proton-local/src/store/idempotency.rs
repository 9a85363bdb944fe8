//! What makes a repeated request harmless: client tokens and fingerprints of parameters.

use super::{Reader, StoreError, Writer, files};
use crate::fault::Fault;
use rusqlite::OptionalExtension;
use serde::Serialize;

/// How long a client token is remembered.
const TOKEN_LIFE_MILLIS: i64 = 8 * 60 * 60 * 1000;

/// The fingerprint of a request's parameters; leave the token out of them.
pub(crate) fn fingerprint(parameters: &impl Serialize) -> Result<String, StoreError> {
    let encode = |source| StoreError::Encode { kind: "request", source };
    Ok(files::hash(&serde_json::to_vec(parameters).map_err(encode)?))
}

impl Reader<'_> {
    /// What the token made, if it came with this operation and these parameters in the last eight hours.
    ///
    /// # Errors
    /// The token came with other parameters.
    pub(crate) fn made_by_token(
        &self,
        operation: &str,
        token: &str,
        fingerprint: &str,
    ) -> Result<Option<String>, Fault> {
        let sql = "SELECT fingerprint, resource FROM tokens
            WHERE account = ?1 AND operation = ?2 AND token = ?3 AND expires > ?4";
        let mut statement = self.connection.prepare_cached(sql).map_err(StoreError::from)?;
        let params = (&self.scope, operation, token, self.now_millis());
        let found = statement.query_row(params, |row| Ok((row.get::<_, String>(0)?, row.get(1)?)));
        match found.optional().map_err(StoreError::from)? {
            Some((known, _)) if known != fingerprint => Err(Fault::mismatch()),
            found => Ok(found.map(|(_, resource)| resource)),
        }
    }
}

impl Writer<'_> {
    /// Remembers what the token made.
    pub(crate) fn remember_token(
        &mut self,
        operation: &str,
        token: &str,
        fingerprint: &str,
        resource: &str,
    ) -> Result<(), StoreError> {
        let now = self.now_millis();
        self.connection.prepare_cached("DELETE FROM tokens WHERE expires <= ?1")?.execute([now])?;
        let sql = "INSERT OR REPLACE INTO tokens (account, operation, token, fingerprint, resource, expires)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let expires = now + TOKEN_LIFE_MILLIS;
        let params = (&self.scope, operation, token, fingerprint, resource, expires);
        self.connection.prepare_cached(sql)?.execute(params)?;
        Ok(())
    }

    /// Forgets the tokens that made a resource, once it is gone.
    pub(crate) fn forget_tokens(&mut self, operation: &str, resource: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM tokens WHERE account = ?1 AND operation = ?2 AND resource = ?3";
        self.connection.prepare_cached(sql)?.execute((&self.scope, operation, resource))?;
        Ok(())
    }
}
