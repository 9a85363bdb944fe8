//! The one thread that writes: it takes what waits, runs each write in a savepoint, commits once, then answers all.

use super::{Reader, Shared, StoreError, Writer};
use crate::caller::Caller;
use crate::fault::Fault;
use rusqlite::{Connection, TransactionBehavior};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::oneshot;

/// How many writes share one commit at most.
const BATCH: usize = 128;

/// What waits to be written. Dropping it ends the thread after the last write.
#[derive(Debug)]
pub(super) struct Queue(Option<Sender<Box<dyn Task>>>, Option<std::thread::JoinHandle<()>>);

/// A write, and whom to tell.
trait Task: Send {
    /// Makes the change; `false` takes it back.
    fn run(&mut self, connection: &Connection, shared: &Shared) -> bool;

    /// Tells what came of it, once it is certain.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

impl Queue {
    pub(super) fn start(connection: Connection, shared: Arc<Shared>) -> Self {
        let (sender, receiver) = channel();
        let thread = std::thread::Builder::new().name("proton-local-writer".to_owned());
        let thread = thread.spawn(move || drain(connection, &shared, &receiver));
        // Without its thread the queue is closed, and each write says so.
        Self(Some(sender), thread.ok())
    }

    /// Has a change made; one whose result is not to be kept is taken back.
    pub(super) async fn write<T, F>(&self, caller: Caller, write: F, keep: fn(&T) -> bool) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Writer<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(Write { caller, write: Some(write), keep, result: None, reply });
        let sender = self.0.as_ref().ok_or(StoreError::Stopped)?;
        sender.send(task).map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        drop(self.0.take());
        if let Some(thread) = self.1.take() {
            let _ = thread.join();
        }
    }
}

fn drain(mut connection: Connection, shared: &Shared, waiting: &Receiver<Box<dyn Task>>) {
    while let Ok(first) = waiting.recv() {
        let mut tasks: Vec<_> = std::iter::once(first).chain(waiting.try_iter().take(BATCH - 1)).collect();
        let committed = commit(&mut connection, shared, &mut tasks).map_err(|error| error.to_string());
        if let Err(error) = &committed {
            tracing::error!(error, writes = tasks.len(), "a commit failed");
        }
        shared.work.notify_one();
        for task in tasks {
            task.answer(committed.clone());
        }
    }
}

fn commit(connection: &mut Connection, shared: &Shared, tasks: &mut [Box<dyn Task>]) -> rusqlite::Result<()> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut changed = false;
    for task in tasks {
        let savepoint = transaction.savepoint()?;
        if task.run(&savepoint, shared) {
            savepoint.commit()?;
            changed = true;
        } else {
            savepoint.finish()?;
        }
    }
    // What was taken back would be written out all the same.
    if changed { transaction.commit() } else { transaction.rollback() }
}

struct Write<T, F> {
    caller: Caller,
    write: Option<F>,
    keep: fn(&T) -> bool,
    result: Option<Result<T, Fault>>,
    reply: oneshot::Sender<Result<T, Fault>>,
}

impl<T, F> Task for Write<T, F>
where
    T: Send,
    F: FnOnce(&mut Writer<'_>) -> Result<T, Fault> + Send,
{
    fn run(&mut self, connection: &Connection, shared: &Shared) -> bool {
        let Some(write) = self.write.take() else { return false };
        let mut writer = Writer(Reader::new(connection, &self.caller, shared));
        // A bug in one write must not take the server with it: the savepoint takes its changes back.
        let result = catch_unwind(AssertUnwindSafe(|| write(&mut writer)));
        let result = self.result.insert(result.unwrap_or_else(|_| Err(StoreError::Panicked.into())));
        result.as_ref().is_ok_and(self.keep)
    }

    fn answer(self: Box<Self>, committed: Result<(), String>) {
        let result = match (self.result, committed) {
            (Some(Err(fault)), _) => Err(fault),
            (_, Err(error)) => Err(StoreError::Commit(error).into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Stopped.into()),
        };
        // Who asked may have gone.
        let _ = self.reply.send(result);
    }
}
