//! The jobs of the store: what is due, and how one ends.

use super::Job;
use crate::caller::Caller;
use crate::fault::Fault;
use crate::store::{Reader, Store, StoreError, Writer};
use std::time::Duration;

/// A job whose time has come.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    /// Its number in the store.
    pub(crate) id: i64,
    /// The account that it works for.
    pub(crate) caller: Caller,
    /// What to do.
    pub(crate) job: Job,
}

impl Due {
    /// Makes the change that ends the job, and removes the job with it. `false` where it was done already.
    ///
    /// # Errors
    /// Those of the closure; the job stays.
    pub(crate) async fn finish(
        &self,
        store: &Store,
        change: impl FnOnce(&mut Writer<'_>) -> Result<(), Fault> + Send + 'static,
    ) -> Result<bool, Fault> {
        let id = self.id;
        let write = move |writer: &mut Writer<'_>| {
            if !writer.remove_job(id)? {
                return Ok(false);
            }
            change(writer).map(|()| true)
        };
        store.write(&self.caller, write).await
    }
}

impl Reader<'_> {
    /// The jobs that are due, the earliest first, and when the next one after them is due (milliseconds since 1970).
    pub(crate) fn due_jobs(&self, limit: usize) -> Result<(Vec<Due>, Option<i64>), StoreError> {
        let mut statement =
            self.connection().prepare_cached("SELECT id, due, caller, body FROM jobs ORDER BY due, id LIMIT ?1")?;
        let rows = statement.query_map([limit as i64], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (id, due, caller, body) = row?;
            if due > self.now_millis() {
                return Ok((found, Some(due)));
            }
            let broken = |source| StoreError::Document { kind: "job", key: id.to_string(), source };
            let caller = serde_json::from_str(&caller).map_err(broken)?;
            found.push(Due { id, caller, job: serde_json::from_str(&body).map_err(broken)? });
        }
        Ok((found, None))
    }
}

impl Writer<'_> {
    /// Has the work done after a while, once this change stands.
    pub(crate) fn enqueue(&mut self, job: &Job, after: Duration) -> Result<(), StoreError> {
        let encode = |source| StoreError::Encode { kind: "job", source };
        let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
        let due = self.now_millis().saturating_add(after);
        let caller = serde_json::to_string(self.caller()).map_err(encode)?;
        let body = serde_json::to_string(job).map_err(encode)?;
        let sql = "INSERT INTO jobs (due, caller, body) VALUES (?1, ?2, ?3)";
        self.connection().prepare_cached(sql)?.execute((due, caller, body))?;
        Ok(())
    }

    /// Puts a job off that could not be done.
    pub(crate) fn postpone_job(&mut self, id: i64, after: Duration) -> Result<(), StoreError> {
        let due = self.now_millis().saturating_add(i64::try_from(after.as_millis()).unwrap_or(i64::MAX));
        self.connection().prepare_cached("UPDATE jobs SET due = ?2 WHERE id = ?1")?.execute((id, due))?;
        Ok(())
    }

    fn remove_job(&mut self, id: i64) -> Result<bool, StoreError> {
        Ok(self.connection().prepare_cached("DELETE FROM jobs WHERE id = ?1")?.execute([id])? == 1)
    }
}
