//! The database's tables, version by version.

use super::StoreError;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Each step brings the tables from one version to the next; a step that was released is never changed.
const STEPS: &[&str] = &["
    -- One document a resource. `sort` orders lists; `key` finds one.
    CREATE TABLE records (
        account TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, sort TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (account, kind, key)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX records_in_order ON records (account, kind, sort);

    -- How many records of a kind there are: each create asks, for its quota.
    CREATE TABLE counts (
        account TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (account, kind)
    ) WITHOUT ROWID;
    CREATE TRIGGER record_added AFTER INSERT ON records BEGIN
        INSERT INTO counts (account, kind, count) VALUES (new.account, new.kind, 1)
            ON CONFLICT DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER record_removed AFTER DELETE ON records BEGIN
        UPDATE counts SET count = count - 1 WHERE account = old.account AND kind = old.kind;
    END;

    -- What lists filter by: all records of a kind whose index `name` has `value`, in order.
    CREATE TABLE indexes (
        account TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, sort TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (account, kind, name, value, sort)
    ) WITHOUT ROWID;
    CREATE INDEX indexes_of_record ON indexes (account, kind, key);

    -- Work in flight, done when it is due and removed in the same commit as its effect.
    CREATE TABLE jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, caller TEXT NOT NULL, body TEXT NOT NULL
    );
    CREATE INDEX jobs_in_order ON jobs (due, id);

    -- Client tokens: which request they came with and what it made.
    CREATE TABLE tokens (
        account TEXT NOT NULL, operation TEXT NOT NULL, token TEXT NOT NULL, fingerprint TEXT NOT NULL,
        resource TEXT NOT NULL, expires INTEGER NOT NULL,
        PRIMARY KEY (account, operation, token)
    ) WITHOUT ROWID;
    CREATE INDEX tokens_by_end ON tokens (expires);

    -- Template bundles and rendered templates, under the hash of their content.
    CREATE TABLE files (hash TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;

    CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"];

/// Brings the tables up to date.
///
/// # Errors
/// A database of a newer version, or one that another process writes.
pub(super) fn run(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let busy = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            StoreError::InUse { path: path.to_owned() }
        }
        _ => error.into(),
    };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(busy)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = STEPS.len() as i64;
    let Some(steps) = usize::try_from(found).ok().and_then(|found| STEPS.get(found..)) else {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    };
    for step in steps {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit().map_err(busy)
}
