//! The jobs of the store: what is due, and how one ends.

use super::Job;
use crate::caller::Caller;
use crate::fault::Fault;
use crate::store::{Reader, Store, StoreError, Writer};
use std::sync::PoisonError;
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
        self.finish_or_put_off(store, Duration::ZERO, |writer| change(writer).map(|()| true)).await
    }

    /// The same, where the change may turn out to be none (`false`): then nothing is written, and the job is done again
    /// after a while.
    ///
    /// # Errors
    /// Those of the closure; the job stays.
    pub(crate) async fn finish_or_put_off(
        &self,
        store: &Store,
        after: Duration,
        change: impl FnOnce(&mut Writer<'_>) -> Result<bool, Fault> + Send + 'static,
    ) -> Result<bool, Fault> {
        let id = self.id;
        let write = move |writer: &mut Writer<'_>| Ok((writer.remove_job(id)? && change(writer)?).then_some(()));
        let done = store.write_if_some(&self.caller, write).await?.is_some();
        store.put_off(id, (!done).then_some(after));
        Ok(done)
    }
}

impl Store {
    /// Has a job wait for a while, or forgets that it did.
    fn put_off(&self, id: i64, after: Option<Duration>) {
        let shared = self.shared();
        let mut put_off = shared.put_off.lock().unwrap_or_else(PoisonError::into_inner);
        match after {
            Some(after) => put_off.insert(id, later(shared.clock.millis(), after)),
            None => put_off.remove(&id),
        };
    }
}

/// A moment in milliseconds since 1970, and one after it.
fn later(moment: i64, after: Duration) -> i64 {
    moment.saturating_add(i64::try_from(after.as_millis()).unwrap_or(i64::MAX))
}

impl Reader<'_> {
    /// The jobs that are due, the earliest first, and when the next one after them is due (milliseconds since 1970).
    pub(crate) fn due_jobs(&self, limit: usize) -> Result<(Vec<Due>, Option<i64>), StoreError> {
        let put_off = self.shared().put_off.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut statement =
            self.connection().prepare_cached("SELECT id, due, caller, body FROM jobs ORDER BY due, id LIMIT ?1")?;
        let rows = statement.query_map([(limit + put_off.len()) as i64], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        })?;
        let (mut found, mut again, mut next) = (Vec::new(), Vec::new(), None::<i64>);
        for row in rows {
            let (id, stored, caller, body) = row?;
            let due = put_off.get(&id).map_or(stored, |again| stored.max(*again));
            if due > self.now_millis() {
                next = Some(next.map_or(due, |next| next.min(due)));
                // Those that were put off are stored as due; all others come in order.
                if stored > self.now_millis() {
                    break;
                }
                continue;
            }
            let broken = |source| StoreError::Document { kind: "job", key: id.to_string(), source };
            let caller = serde_json::from_str(&caller).map_err(broken)?;
            let due = Due { id, caller, job: serde_json::from_str(&body).map_err(broken)? };
            if put_off.contains_key(&id) { again.push(due) } else { found.push(due) }
        }
        // Those that were put off wait for others more often than others for them.
        found.append(&mut again);
        Ok((found, next))
    }
}

impl Writer<'_> {
    /// Has the work done after a while, once this change stands.
    pub(crate) fn enqueue(&mut self, job: &Job, after: Duration) -> Result<(), StoreError> {
        let encode = |source| StoreError::Encode { kind: "job", source };
        let due = later(self.now_millis(), after);
        let caller = serde_json::to_string(self.caller()).map_err(encode)?;
        let body = serde_json::to_string(job).map_err(encode)?;
        let sql = "INSERT INTO jobs (due, caller, body) VALUES (?1, ?2, ?3)";
        self.connection().prepare_cached(sql)?.execute((due, caller, body))?;
        Ok(())
    }

    /// Puts a job off that could not be done.
    pub(crate) fn postpone_job(&mut self, id: i64, after: Duration) -> Result<(), StoreError> {
        let due = later(self.now_millis(), after);
        self.connection().prepare_cached("UPDATE jobs SET due = ?2 WHERE id = ?1")?.execute((id, due))?;
        Ok(())
    }

    fn remove_job(&mut self, id: i64) -> Result<bool, StoreError> {
        Ok(self.connection().prepare_cached("DELETE FROM jobs WHERE id = ?1")?.execute([id])? == 1)
    }
}
