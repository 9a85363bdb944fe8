//! One change of the store, whole or not at all.

use super::{Reader, Record, StoreError};
use crate::fault::Fault;
use std::ops::Deref;

/// Changes what an account has. Reads see the changes before it.
#[derive(Debug)]
pub(crate) struct Writer<'a>(pub(super) Reader<'a>);

impl<'a> Deref for Writer<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.0
    }
}

impl Writer<'_> {
    /// The same change, made by another account.
    pub(crate) fn as_account<'b>(&'b mut self, caller: &'b crate::caller::Caller) -> Writer<'b> {
        Writer(self.0.as_account(caller))
    }

    /// Stores a record, new or changed.
    pub(crate) fn put<R: Record>(&mut self, record: &R) -> Result<(), StoreError> {
        let body = serde_json::to_string(record).map_err(|source| StoreError::Encode { kind: R::KIND, source })?;
        let (account, key, sort) = (&self.scope, record.key(), record.sort());
        let sql = "INSERT INTO records (account, kind, key, sort, body) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET sort = ?4, body = ?5";
        self.connection.prepare_cached(sql)?.execute((account, R::KIND, &key, &sort, body))?;
        self.forget_indexes::<R>(&key)?;
        for (name, value) in record.indexes() {
            let sql = "INSERT INTO indexes (account, kind, name, value, sort, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            self.connection.prepare_cached(sql)?.execute((account, R::KIND, name, value, &sort, &key))?;
        }
        Ok(())
    }

    /// Removes a record, if it is there.
    pub(crate) fn delete<R: Record>(&mut self, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM records WHERE account = ?1 AND kind = ?2 AND key = ?3";
        self.connection.prepare_cached(sql)?.execute((&self.scope, R::KIND, key))?;
        self.forget_indexes::<R>(key)
    }

    fn forget_indexes<R: Record>(&self, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM indexes WHERE account = ?1 AND kind = ?2 AND key = ?3";
        self.connection.prepare_cached(sql)?.execute((&self.scope, R::KIND, key))?;
        Ok(())
    }

    /// Makes a change that is taken back where it fails, while those around it stand.
    pub(crate) fn attempt<T>(&mut self, change: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        let connection = self.connection;
        let run = |sql| connection.execute_batch(sql).map_err(StoreError::from);
        run("SAVEPOINT attempt")?;
        let result = change(self);
        if result.is_err() {
            run("ROLLBACK TO attempt")?;
        }
        run("RELEASE attempt")?;
        result
    }

    /// A fresh version 4 UUID.
    pub(crate) fn new_id(&self) -> String {
        self.shared.random.uuid()
    }

    /// Refuses one more record of a kind where there are `limit` of them.
    pub(crate) fn check_quota<R: Record>(&self, limit: u64, things: &str) -> Result<(), Fault> {
        if self.count::<R>()? >= limit { Err(Fault::quota(things, limit)) } else { Ok(()) }
    }
}
