//! What unit tests of operations stand on: a store in a temporary folder, time that moves only when told, jobs run by hand.
//!
//! ```text
//! let kit = Kit::new();
//! kit.write(create_service_template, CreateServiceTemplateInput::builder().name("web").build()?)?;
//! kit.advance(Duration::from_secs(60));
//! kit.run_due_jobs();
//! let found = kit.read(get_service_template, GetServiceTemplateInput::builder().name("web").build()?)?;
//! ```

pub(crate) mod bundles;
mod shop;

use crate::caller::Caller;
use crate::clock::Clock;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::jobs::Due;
use crate::random::Random;
use crate::settings::{Settings, Storage};
use crate::store::{Reader, Store, Writer};
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// The account that a kit acts as until told otherwise.
pub(crate) const ACCOUNT: &str = "111111111111";

/// One server's inside, seen by one account.
#[derive(Clone, Debug)]
pub(crate) struct Kit {
    engine: Arc<Engine>,
    caller: Caller,
    clock: Manual,
    folder: Arc<tempfile::TempDir>,
}

impl Kit {
    /// An empty store at the start of 2026, and a random source that repeats itself.
    pub(crate) fn new() -> Self {
        Self::with(Settings::default())
    }

    /// The same under other settings; where it keeps its data and finds objects and repositories is the kit's own.
    pub(crate) fn with(settings: Settings) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let clock = Manual(Arc::new(AtomicI64::new(1_767_225_600_000)));
        let caller = Caller::new(ACCOUNT, "us-east-1");
        let storage = Storage::Directory(folder.path().join("data"));
        let (s3_root, repositories) = (folder.path().join("s3"), folder.path().join("repositories"));
        let settings = Settings { storage, s3_root: Some(s3_root), repositories: Some(repositories), ..settings };
        Self { engine: open(settings, &clock), caller, clock, folder }
    }

    /// The same server, called by another account.
    pub(crate) fn as_account(&self, account: &str) -> Self {
        let caller = Caller { account: account.to_owned(), ..self.caller.clone() };
        Self { caller, ..self.clone() }
    }

    /// Stops the server and starts it again on what it stored. No clone of the kit may be left.
    pub(crate) fn restart(self) -> Self {
        self.restart_with(|_| {})
    }

    /// The same with other settings.
    pub(crate) fn restart_with(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.engine.settings().clone();
        change(&mut settings);
        let Self { engine, caller, clock, folder } = self;
        drop(Arc::into_inner(engine).expect("no other clone of the kit"));
        Self { engine: open(settings, &clock), caller, clock, folder }
    }

    /// What the server's parts work with.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Who calls.
    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }

    /// A folder that lasts as long as the kit.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The ARN of one of the account's resources, such as `service/web`.
    pub(crate) fn arn(&self, resource: &str) -> String {
        self.caller.arn(resource)
    }

    /// Milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.clock.0.load(Ordering::SeqCst)
    }

    /// Lets time pass; what falls due waits for [`Kit::run_due_jobs`].
    pub(crate) fn advance(&self, time: Duration) {
        self.clock.0.fetch_add(i64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// Calls an operation that reads.
    pub(crate) fn read<I, O>(
        &self,
        operation: impl FnOnce(&Reader<'_>, I) -> Result<O, Fault>,
        input: I,
    ) -> Result<O, Fault> {
        self.engine.store().read_here(&self.caller, |reader| operation(reader, input))
    }

    /// Calls an operation that writes.
    pub(crate) fn write<I: Send + 'static, O: Send + 'static>(
        &self,
        operation: impl FnOnce(&mut Writer<'_>, I) -> Result<O, Fault> + Send + 'static,
        input: I,
    ) -> Result<O, Fault> {
        run(self.engine.store().write(&self.caller, move |writer| operation(writer, input)))
    }

    /// Runs what is due now, and what that makes due now; says how many jobs ran.
    pub(crate) fn run_due_jobs(&self) -> usize {
        let mut done = 0;
        loop {
            let (due, _) = self.due();
            if due.is_empty() {
                return done;
            }
            done += due.len();
            for due in due {
                run(due.job.run(&self.engine, &due)).unwrap();
            }
        }
    }

    /// Runs jobs and moves time to the next one until none is left, ten minutes at most: syncs come again for ever.
    pub(crate) fn settle(&self) {
        let end = self.now() + 10 * 60 * 1000;
        self.run_due_jobs();
        while let (_, Some(next)) = self.due()
            && next <= end
        {
            self.clock.0.fetch_max(next, Ordering::SeqCst);
            self.run_due_jobs();
        }
    }

    /// Runs the next job alone, moving time to it; `false` where none is left.
    pub(crate) fn run_next_job(&self) -> bool {
        if let (due, Some(next)) = self.due()
            && due.is_empty()
        {
            self.clock.0.fetch_max(next, Ordering::SeqCst);
        }
        let Some(due) = self.due().0.into_iter().next() else { return false };
        run(due.job.run(&self.engine, &due)).unwrap();
        true
    }

    fn due(&self) -> (Vec<Due>, Option<i64>) {
        self.engine.store().read_here(self.engine.operator(), |reader| Ok(reader.due_jobs(1000)?)).unwrap()
    }
}

fn open(settings: Settings, clock: &Manual) -> Arc<Engine> {
    let time = SharedTimeSource::new(clock.clone());
    let clock = Clock { time, sleep: SharedAsyncSleep::new(clock.clone()) };
    Arc::new(Engine::new(Store::open(settings, clock, Random::seeded(7)).unwrap()))
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// Time that moves only when told; sleeping moves it.
#[derive(Clone, Debug)]
struct Manual(Arc<AtomicI64>);

impl TimeSource for Manual {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(self.0.load(Ordering::SeqCst).unsigned_abs())
    }
}

impl AsyncSleep for Manual {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.fetch_add(i64::try_from(duration.as_millis()).unwrap_or_default(), Ordering::SeqCst);
        Sleep::new(std::future::ready(()))
    }
}
