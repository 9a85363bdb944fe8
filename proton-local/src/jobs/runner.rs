//! Takes jobs up when they are due.

use super::Due;
use crate::engine::Engine;
use crate::fault::Fault;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::{AbortHandle, JoinSet};

/// How many jobs run side by side.
const WIDTH: usize = 32;
/// How long a job waits that failed for the server's own reasons.
const RETRY: Duration = Duration::from_secs(2);

/// The task that runs jobs; it ends when this is dropped, and stored jobs stay for the next start.
#[derive(Debug)]
pub(crate) struct Runner(AbortHandle);

impl Runner {
    /// Starts to take up what is due.
    pub(crate) fn start(engine: Arc<Engine>) -> Self {
        Self(tokio::spawn(run(engine)).abort_handle())
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn run(engine: Arc<Engine>) {
    let running = Arc::new(Mutex::new(HashSet::new()));
    let mut tasks = JoinSet::new();
    loop {
        let pause = match take(&engine, &running, &mut tasks).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "cannot read what is due");
                Some(RETRY)
            }
        };
        let sleep = engine.clock().sleep.clone();
        let until_due = async move {
            match pause {
                Some(pause) => {
                    aws_smithy_async::rt::sleep::AsyncSleep::sleep(&sleep, pause).await;
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = engine.store().shared().work.notified() => {}
            () = until_due => {}
            Some(_) = tasks.join_next() => {}
        }
    }
}

/// Starts what is due; says how long the next job has.
async fn take(
    engine: &Arc<Engine>,
    running: &Arc<Mutex<HashSet<i64>>>,
    tasks: &mut JoinSet<()>,
) -> Result<Option<Duration>, Fault> {
    let busy = running.lock().unwrap_or_else(PoisonError::into_inner).len();
    // A full house looks again when one of it ends.
    if busy >= WIDTH {
        return Ok(None);
    }
    let limit = WIDTH + busy;
    let read = move |reader: &crate::store::Reader<'_>| {
        let (due, next) = reader.due_jobs(limit)?;
        let wait = next.map(|next| Duration::from_millis((next - reader.now_millis()).max(1).unsigned_abs()));
        Ok((due, wait))
    };
    let (due, wait) = engine.store().read(engine.operator(), read).await?;
    for due in due {
        let id = due.id;
        if running.lock().unwrap_or_else(PoisonError::into_inner).len() >= WIDTH {
            return Ok(None);
        }
        if running.lock().unwrap_or_else(PoisonError::into_inner).insert(id) {
            let (engine, running) = (Arc::clone(engine), Arc::clone(running));
            tasks.spawn(async move {
                work(&engine, &due).await;
                running.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
            });
        }
    }
    Ok(wait)
}

async fn work(engine: &Engine, due: &Due) {
    if let Err(fault) = due.job.run(engine, due).await {
        tracing::error!(job = due.id, error = %proton_sdk::error::DisplayErrorContext(&fault), "a job failed; it is tried again");
        let id = due.id;
        let _ = engine.store().write(&due.caller, move |writer| Ok(writer.postpone_job(id, RETRY)?)).await;
    }
}
