//! One moment of the store, seen by one account.

use super::{Page, Paging, Record, Shared, StoreError};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::settings::Settings;
use aws_smithy_types::DateTime;
use rusqlite::{Connection, OptionalExtension, Params, Row};

/// Reads what an account has.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(super) connection: &'a Connection,
    pub(super) caller: &'a Caller,
    pub(super) shared: &'a Shared,
    /// Whose records these are: an account's in a region.
    pub(super) scope: String,
    now: i64,
}

impl<'a> Reader<'a> {
    pub(super) fn new(connection: &'a Connection, caller: &'a Caller, shared: &'a Shared) -> Self {
        Self { connection, caller, shared, scope: scope(caller), now: shared.clock.millis() }
    }

    /// The database, for what the store's other modules keep in tables of their own.
    pub(crate) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// What is at hand beside the database.
    pub(crate) fn shared(&self) -> &'a Shared {
        self.shared
    }

    /// Who asks.
    pub(crate) fn caller(&self) -> &'a Caller {
        self.caller
    }

    /// The ARN of one of the caller's resources, such as `service/web`.
    pub(crate) fn arn(&self, resource: &str) -> String {
        self.caller.arn(resource)
    }

    /// What the server was told when it started.
    pub(crate) fn settings(&self) -> &'a Settings {
        &self.shared.settings
    }

    /// The moment of the request, in whole milliseconds as the wire carries it.
    pub(crate) fn now(&self) -> DateTime {
        DateTime::from_millis(self.now)
    }

    /// The same in milliseconds since 1970.
    pub(crate) fn now_millis(&self) -> i64 {
        self.now
    }

    /// The same store seen by another account.
    pub(crate) fn as_account<'b>(&'b self, caller: &'b Caller) -> Reader<'b> {
        Reader { connection: self.connection, caller, shared: self.shared, scope: scope(caller), now: self.now }
    }

    /// One record.
    pub(crate) fn get<R: Record>(&self, key: &str) -> Result<Option<R>, StoreError> {
        let sql = "SELECT key, sort, body FROM records WHERE account = ?1 AND kind = ?2 AND key = ?3";
        let found = self.one(sql, (&self.scope, R::KIND, key))?;
        found.map(read).transpose()
    }

    /// One record; its absence is [`Fault::NotFound`] about the resource, such as `service/web`.
    pub(crate) fn require<R: Record>(&self, key: &str, resource: &str) -> Result<R, Fault> {
        self.get(key)?.ok_or_else(|| Fault::not_found(R::KIND, &self.arn(resource)))
    }

    /// Whether there is such a record.
    pub(crate) fn has<R: Record>(&self, key: &str) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM records WHERE account = ?1 AND kind = ?2 AND key = ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.exists((&self.scope, R::KIND, key))?)
    }

    /// How many records of a kind there are.
    pub(crate) fn count<R: Record>(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count FROM counts WHERE account = ?1 AND kind = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let count: Option<i64> = statement.query_row((&self.scope, R::KIND), |row| row.get(0)).optional()?;
        let count = count.unwrap_or_default();
        Ok(count.unsigned_abs())
    }

    /// How many records of a kind an index has under a value.
    pub(crate) fn count_by<R: Record>(&self, index: &str, value: &str) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM indexes WHERE account = ?1 AND kind = ?2 AND name = ?3 AND value = ?4";
        let mut statement = self.connection.prepare_cached(sql)?;
        let count: i64 = statement.query_row((&self.scope, R::KIND, index, value), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The key of the first record that an index has under a value, for a kind that only its name is known of.
    pub(crate) fn first_by(&self, kind: &str, index: &str, value: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT key FROM indexes WHERE account = ?1 AND kind = ?2 AND name = ?3 AND value = ?4
            ORDER BY sort LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row((&self.scope, kind, index, value), |row| row.get(0)).optional()?)
    }

    /// All values that an index has, each with the key of a record.
    pub(crate) fn entries<R: Record>(&self, index: &str) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "SELECT value, key FROM indexes WHERE account = ?1 AND kind = ?2 AND name = ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map((&self.scope, R::KIND, index), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All records of a kind, in order.
    pub(crate) fn all<R: Record>(&self) -> Result<Vec<R>, StoreError> {
        let sql = "SELECT key, sort, body FROM records WHERE account = ?1 AND kind = ?2 ORDER BY sort";
        let found = self.many(sql, (&self.scope, R::KIND))?;
        found.into_iter().map(read).collect()
    }

    /// All records of a kind that an index has under a value, in order.
    pub(crate) fn all_by<R: Record>(&self, index: &str, value: &str) -> Result<Vec<R>, StoreError> {
        let sql = "SELECT r.key, r.sort, r.body FROM indexes i JOIN records r
            ON r.account = i.account AND r.kind = i.kind AND r.key = i.key
            WHERE i.account = ?1 AND i.kind = ?2 AND i.name = ?3 AND i.value = ?4 ORDER BY i.sort";
        let found = self.many(sql, (&self.scope, R::KIND, index, value))?;
        found.into_iter().map(read).collect()
    }

    /// One page of the records of a kind that `keep` keeps, in order.
    pub(crate) fn page<R: Record>(&self, paging: &Paging, keep: impl Fn(&R) -> bool) -> Result<Page<R>, Fault> {
        let sql = "SELECT key, sort, body FROM records
            WHERE account = ?1 AND kind = ?2 AND sort > ?3 ORDER BY sort LIMIT ?4";
        self.fill(paging, keep, |after, limit| self.many(sql, (&self.scope, R::KIND, after, limit)))
    }

    /// One page of the records of a kind that an index has under a value and `keep` keeps, in order.
    pub(crate) fn page_by<R: Record>(
        &self,
        index: &str,
        value: &str,
        paging: &Paging,
        keep: impl Fn(&R) -> bool,
    ) -> Result<Page<R>, Fault> {
        let sql = "SELECT r.key, r.sort, r.body FROM indexes i JOIN records r
            ON r.account = i.account AND r.kind = i.kind AND r.key = i.key
            WHERE i.account = ?1 AND i.kind = ?2 AND i.name = ?3 AND i.value = ?4 AND i.sort > ?5
            ORDER BY i.sort LIMIT ?6";
        self.fill(paging, keep, |after, limit| self.many(sql, (&self.scope, R::KIND, index, value, after, limit)))
    }

    fn fill<R: Record>(
        &self,
        paging: &Paging,
        keep: impl Fn(&R) -> bool,
        mut more: impl FnMut(&str, i64) -> Result<Vec<Found>, StoreError>,
    ) -> Result<Page<R>, Fault> {
        let (mut cursor, mut end) = (paging.after.clone(), String::new());
        let mut items = Vec::new();
        // One past the page tells whether there is another.
        let batch = paging.limit + 1;
        loop {
            let found = more(&cursor, batch as i64)?;
            let exhausted = found.len() < batch;
            for found in found {
                cursor.clone_from(&found.sort);
                let record = read(found)?;
                if !keep(&record) {
                    continue;
                }
                if items.len() == paging.limit {
                    return Ok(Page { items, next: Some(paging.token(self, &end)) });
                }
                end.clone_from(&cursor);
                items.push(record);
            }
            if exhausted {
                return Ok(Page { items, next: None });
            }
        }
    }

    fn one(&self, sql: &str, params: impl Params) -> Result<Option<Found>, StoreError> {
        Ok(self.connection.prepare_cached(sql)?.query_row(params, Found::read).optional()?)
    }

    fn many(&self, sql: &str, params: impl Params) -> Result<Vec<Found>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, Found::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn scope(caller: &Caller) -> String {
    format!("{}/{}", caller.account, caller.region)
}

struct Found {
    key: String,
    sort: String,
    body: String,
}

impl Found {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { key: row.get(0)?, sort: row.get(1)?, body: row.get(2)? })
    }
}

fn read<R: Record>(found: Found) -> Result<R, StoreError> {
    serde_json::from_str(&found.body).map_err(|source| StoreError::Document { kind: R::KIND, key: found.key, source })
}
