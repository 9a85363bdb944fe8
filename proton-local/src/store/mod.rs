//! What the server remembers: JSON documents in an embedded SQLite database.
//!
//! One thread writes, many read. A write is a closure over a [`Writer`]; those that wait together share one commit, and
//! none is answered before that commit stands. A read is a closure over a [`Reader`], which sees one moment of the store.

mod commit;
mod error;
mod files;
mod idempotency;
mod migrations;
mod page;
mod reader;
mod record;
mod writer;

pub(crate) use error::StoreError;
pub(crate) use files::hash;
pub(crate) use idempotency::fingerprint;
pub(crate) use page::{Page, Paging};
pub(crate) use reader::Reader;
pub(crate) use record::{Index, Record};
pub(crate) use writer::Writer;

use crate::caller::Caller;
use crate::clock::Clock;
use crate::fault::Fault;
use crate::random::Random;
use crate::settings::{Settings, Storage};
use commit::Queue;
use rusqlite::{Connection, OpenFlags};
use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The store of one server; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    shared: Arc<Shared>,
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    queue: Queue,
    /// Held as long as the store is open: only one process may write to a data folder.
    _lock: Option<File>,
    /// The folder of an ephemeral store, removed with it, after the connections.
    _folder: Option<tempfile::TempDir>,
    /// Dropped last, it tells whoever waits that the store is closed.
    open: tokio::sync::watch::Sender<()>,
}

/// What readers and writers have at hand beside the database.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    /// Seals paging tokens; kept in the store, so that tokens outlive a restart.
    page_key: [u8; 64],
    /// When jobs that changed nothing are due again, by their numbers (milliseconds since 1970). This is no change that
    /// a restart must remember: it looks at once.
    pub(crate) put_off: Mutex<HashMap<i64, i64>>,
    /// Told when a commit may have brought work that is due.
    pub(crate) work: tokio::sync::Notify,
}

impl Store {
    /// Opens the store that the settings name, bringing its tables up to date.
    ///
    /// # Errors
    /// A folder that cannot be made, a database that another process holds or a newer version wrote.
    pub(crate) fn open(settings: Settings, clock: Clock, random: Random) -> Result<Self, StoreError> {
        let (folder, path, lock) = match &settings.storage {
            Storage::Directory(folder) => {
                let made = std::fs::create_dir_all(folder);
                made.map_err(|source| StoreError::Folder { folder: folder.clone(), source })?;
                let path = folder.join("proton.sqlite");
                let lock = lock(folder, &path)?;
                (None, path, Some(lock))
            }
            Storage::Ephemeral => {
                let folder = tempfile::Builder::new().prefix("proton-local-").tempdir();
                let folder = folder.map_err(|source| StoreError::Folder { folder: std::env::temp_dir(), source })?;
                let path = folder.path().join("proton.sqlite");
                (Some(folder), path, None)
            }
        };
        let mut connection = connect(&path, OpenFlags::default())?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // An acknowledged write survives the machine's fall, not only the process's; an ephemeral one has nothing to lose.
        connection.pragma_update(None, "synchronous", if folder.is_some() { "OFF" } else { "FULL" })?;
        migrations::run(&mut connection, &path)?;
        let page_key = page::key(&connection, &random)?;
        let work = tokio::sync::Notify::new();
        let shared = Arc::new(Shared { settings, clock, random, page_key, put_off: Mutex::default(), work });
        let queue = Queue::start(connection, Arc::clone(&shared));
        let (open, _) = tokio::sync::watch::channel(());
        Ok(Self(Arc::new(Inner { shared, path, idle: Mutex::default(), queue, _lock: lock, _folder: folder, open })))
    }

    /// Ends once nobody holds the store, so that its folder can be opened again.
    pub(crate) fn closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut open = self.0.open.subscribe();
        async move { while open.changed().await.is_ok() {} }
    }

    /// What readers and writers have at hand.
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0.shared
    }

    /// Runs a read on a thread that may block.
    ///
    /// # Errors
    /// Those of the closure.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        caller: &Caller,
        read: impl FnOnce(&Reader<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (store, caller) = (self.clone(), caller.clone());
        let done = tokio::task::spawn_blocking(move || store.read_here(&caller, read)).await;
        done.map_err(|_| StoreError::Stopped)?
    }

    /// Runs a read on this thread.
    ///
    /// # Errors
    /// Those of the closure.
    pub(crate) fn read_here<T>(
        &self,
        caller: &Caller,
        read: impl FnOnce(&Reader<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => connect(&self.0.path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?,
        };
        let result = {
            let moment = connection.transaction().map_err(StoreError::from)?;
            read(&Reader::new(&moment, caller, &self.0.shared))
        };
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        result
    }

    /// Runs a write on the writing thread; it takes effect whole or, on an error, not at all.
    ///
    /// # Errors
    /// Those of the closure, and of the commit.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        caller: &Caller,
        write: impl FnOnce(&mut Writer<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        self.0.queue.write(caller.clone(), write, |_| true).await
    }

    /// The same, where `None` says that there was nothing to change: then nothing is.
    ///
    /// # Errors
    /// Those of the closure, and of the commit.
    pub(crate) async fn write_if_some<T: Send + 'static>(
        &self,
        caller: &Caller,
        write: impl FnOnce(&mut Writer<'_>) -> Result<Option<T>, Fault> + Send + 'static,
    ) -> Result<Option<T>, Fault> {
        self.0.queue.write(caller.clone(), write, Option::is_some).await
    }
}

/// Keeps other processes out of a data folder until the file is dropped, also by a kill.
fn lock(folder: &Path, database: &Path) -> Result<File, StoreError> {
    let failed = |source| StoreError::Folder { folder: folder.to_owned(), source };
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("lock")).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: database.to_owned() }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|source| StoreError::Open { path: path.to_owned(), source })?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[cfg(test)]
mod tests;
