//! A server within a program: for tests, and what `proton-local serve` runs.

use crate::clock::{Clock, within};
use crate::engine::Engine;
use crate::http::{Front, serve};
use crate::jobs::Runner;
use crate::random::Random;
use crate::service::Service;
use crate::settings::{Account, Settings, SettingsError, Storage};
use crate::store::{Store, StoreError};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use proton_sdk::Client;
use proton_sdk::config::{Config, Credentials, Region};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// How long jobs have to let go of the store once the server stops.
const LAST_WORK: Duration = Duration::from_secs(5);

/// A running server. It stops when it is dropped; what it stored in a folder stays.
///
/// ```
/// use proton_local::ProtonLocal;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let proton = ProtonLocal::start().await?;
/// let client = proton.client();
/// client.create_environment_template().name("network").send().await?;
/// assert_eq!(client.list_environment_templates().send().await?.templates().len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct ProtonLocal {
    address: SocketAddr,
    region: String,
    /// The key that [`ProtonLocal::client`] signs with.
    account: Account,
    /// Dropped, it tells the server to stop.
    _stop: oneshot::Sender<()>,
    task: Option<JoinHandle<()>>,
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Settings that make no sense.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The address is taken, not this machine's, or not for everybody.
    #[error("cannot listen on {address}; is another server running there?")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The store cannot be opened.
    #[error("cannot open the store")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// How a server is to run, before it does.
#[derive(Debug)]
pub struct Builder {
    settings: Settings,
    clock: Clock,
    seed: Option<u64>,
}

impl ProtonLocal {
    /// Starts on a free port of 127.0.0.1 with an empty store that ends with it, open to everybody on this machine.
    ///
    /// # Errors
    /// No port is free, or no temporary folder can be made.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Starts otherwise.
    pub fn builder() -> Builder {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Builder { settings: Settings { listen, ..Settings::default() }, clock: Clock::system(), seed: None }
    }

    /// Where clients find it, such as `http://127.0.0.1:41234`.
    pub fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of the server, which signs with the first of its keys; an open server takes it for 123456789012.
    pub fn client(&self) -> Client {
        let Account { access_key_id, secret_access_key, .. } = &self.account;
        let credentials = Credentials::new(access_key_id, secret_access_key, None, None, "proton-local");
        let config = Config::builder().endpoint_url(self.endpoint_url()).region(Region::new(self.region.clone()));
        Client::from_conf(config.credentials_provider(credentials).build())
    }

    /// Takes no more requests, waits until those in flight are answered (ten seconds at most) and closes the store, whose
    /// folder can be opened again then.
    pub async fn stop(mut self) {
        let task = self.task.take();
        drop(self);
        if let Some(task) = task {
            // A server that ended before has nothing to wait for.
            let _ = task.await;
        }
    }
}

impl Drop for ProtonLocal {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

impl Builder {
    /// Takes all settings at once, the address too.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// How many times faster than real time building is simulated.
    #[must_use]
    pub fn speed(mut self, speed: f64) -> Self {
        self.settings.simulation.speed = speed;
        self
    }

    /// Keeps what is stored in a folder.
    #[must_use]
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.storage = Storage::Directory(folder.into());
        self
    }

    /// The folder that stands in for S3: bucket `b` and key `k` are the file `b/k` in it.
    #[must_use]
    pub fn s3_root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.s3_root = Some(folder.into());
        self
    }

    /// Who may call, and with which keys; everybody where there are none.
    #[must_use]
    pub fn accounts(mut self, accounts: impl IntoIterator<Item = Account>) -> Self {
        self.settings.accounts = accounts.into_iter().collect();
        self
    }

    /// Where time comes from, and how the server waits, such as a clock that a test moves.
    #[must_use]
    pub fn clock(mut self, time: SharedTimeSource, sleep: SharedAsyncSleep) -> Self {
        self.clock = Clock { time, sleep };
        self
    }

    /// Makes ids, and which requests fail by injected faults, the same in each run.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Starts the server; it answers once this returns.
    ///
    /// # Errors
    /// Settings that make no sense, an address that is taken, a store that cannot be opened.
    pub async fn start(self) -> Result<ProtonLocal, StartError> {
        let Self { settings, clock, seed } = self;
        settings.check()?;
        // Ids and faults each have numbers of their own, so that one does not change the other.
        let random = |stream: u64| seed.map_or_else(Random::new, |seed| Random::seeded(seed ^ stream));
        let listener = TcpListener::bind(settings.listen).await;
        let listening = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) =
            listening.map_err(|source| StartError::Listen { address: settings.listen, source })?;
        let store = Store::open(settings.clone(), clock, random(0));
        let store = store.map_err(|error: StoreError| StartError::Store(error.into()))?;
        let closed = store.closed();
        let seen = store.clone();
        let engine = Arc::new(Engine::new(store));
        let runner = Runner::start(Arc::clone(&engine));
        let protocol = proton_sdk::server::protocol();
        let front = Arc::new(Front::new(protocol, Service::new(engine), seen, random(u64::MAX)));
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            let stopped = async move {
                // Told or left alone, it stops.
                let _ = stopped.await;
            };
            serve(listener, front, stopped).await;
            drop(runner);
            if within(LAST_WORK, closed).await.is_none() {
                tracing::warn!("work is still under way; it is taken up when the server starts again");
            }
        });
        let anybody = || Account::new("123456789012", "123456789012", "none");
        let account = settings.accounts.first().cloned().unwrap_or_else(anybody);
        let region = settings.region;
        Ok(ProtonLocal { address, region, account, _stop: stop, task: Some(task) })
    }
}
