//! Keeping identities, and renewing them before anybody has to wait for it.

mod entry;

use crate::random::{RandomSource, SharedRandom};
use crate::sleep::has_tokio;
use crate::timeout::Limit;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCachePartition, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityCache,
    SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use entry::{Entry, Look};
use std::collections::HashMap;
use std::fmt::{Debug, Formatter};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tracing::Instrument;

/// Ways to keep credentials.
#[derive(Debug)]
pub struct IdentityCache;

impl IdentityCache {
    /// Loads credentials when a call needs them, and renews them in the background while they are still valid.
    ///
    /// Calls that need credentials at the same time share one load. A failing load is no failure of a call as long as
    /// the credentials at hand are valid; it is tried again after a pause that grows from 1 s to 1 min.
    ///
    /// ```
    /// use smithy_runtime::config::{Config, IdentityCache};
    /// use std::time::Duration;
    ///
    /// let cache = IdentityCache::lazy().refresh_ahead(Duration::from_secs(120)).build();
    /// let config = Config::builder().identity_cache(cache).build();
    /// ```
    pub fn lazy() -> IdentityCacheBuilder {
        IdentityCacheBuilder::default()
    }

    /// Loads credentials for each attempt.
    pub fn no_cache() -> SharedIdentityCache {
        SharedIdentityCache::new(NoCache)
    }
}

/// Puts a lazy cache together.
#[derive(Clone, Debug)]
pub struct IdentityCacheBuilder {
    buffer_time: Duration,
    default_expiration: Duration,
    load_timeout: Duration,
    max_partitions: usize,
    refresh_ahead: Duration,
    random: SharedRandom,
}

impl Default for IdentityCacheBuilder {
    fn default() -> Self {
        Self {
            buffer_time: Duration::from_secs(10),
            default_expiration: Duration::from_secs(15 * 60),
            load_timeout: Duration::from_millis(21_600),
            max_partitions: 64,
            refresh_ahead: Duration::from_secs(5 * 60),
            random: SharedRandom::default(),
        }
    }
}

impl IdentityCacheBuilder {
    /// How long before they expire calls wait for new credentials: a request on its way must not outlive them. The
    /// default is 10 s.
    pub fn buffer_time(mut self, time: Duration) -> Self {
        self.buffer_time = time;
        self
    }

    /// How long credentials are kept whose provider may change them without naming an end. The default is 15 min.
    pub fn default_expiration(mut self, time: Duration) -> Self {
        self.default_expiration = time;
        self
    }

    /// How long loading may take. The default is 21.6 s: three attempts with 6.2 s each, and the pauses between.
    pub fn load_timeout(mut self, time: Duration) -> Self {
        self.load_timeout = time;
        self
    }

    /// How many providers' credentials are kept; the least recently used give way. The default is 64.
    pub fn max_partitions(mut self, count: usize) -> Self {
        self.max_partitions = count;
        self
    }

    /// How long before they expire credentials are renewed in the background, where tokio runs. The default is 5 min,
    /// and never more than half of their life. Up to half of that time goes by before, at random, so that a fleet
    /// that started at once does not renew at once.
    pub fn refresh_ahead(mut self, time: Duration) -> Self {
        self.refresh_ahead = time;
        self
    }

    /// Where random numbers come from. A client's own cache takes those of its configuration.
    pub fn random(mut self, random: impl RandomSource + 'static) -> Self {
        self.random = SharedRandom::new(random);
        self
    }

    /// The cache.
    pub fn build(self) -> SharedIdentityCache {
        SharedIdentityCache::new(Lazy { settings: Arc::new(self), entries: Mutex::default() })
    }
}

#[derive(Debug)]
struct NoCache;

impl ResolveCachedIdentity for NoCache {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        bag: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move { resolver.resolve_identity(components, bag).await })
    }
}

struct Lazy {
    settings: Arc<IdentityCacheBuilder>,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    by_partition: HashMap<IdentityCachePartition, (Arc<Entry>, u64)>,
    uses: u64,
}

impl ResolveCachedIdentity for Lazy {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        bag: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        let Some(time) = components.time_source() else {
            return IdentityFuture::ready(Err("an identity cache needs a time source".into()));
        };
        let entry = self.entry(resolver.cache_partition());
        let found = entry.look(time.now());
        if let Look::Fresh(identity) = found {
            return IdentityFuture::ready(Ok(identity));
        }
        let settings = Arc::clone(&self.settings);
        let load = Load { entry, settings, resolver, components: components.clone(), time };
        if let Look::Ageing(identity) = found {
            load.in_background();
            return IdentityFuture::ready(Ok(identity));
        }
        IdentityFuture::new(load.or_join(bag))
    }
}

impl Lazy {
    /// The entry of a resolver, made where there is none.
    fn entry(&self, partition: IdentityCachePartition) -> Arc<Entry> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let Entries { by_partition, uses } = &mut *entries;
        *uses += 1;
        if !by_partition.contains_key(&partition) && by_partition.len() >= self.settings.max_partitions.max(1) {
            let oldest = by_partition.iter().min_by_key(|(_, (_, used))| *used).map(|(partition, _)| *partition);
            oldest.map(|oldest| by_partition.remove(&oldest));
        }
        let (entry, used) = by_partition.entry(partition).or_default();
        *used = *uses;
        Arc::clone(entry)
    }
}

// By hand: identities are secrets.
impl Debug for Lazy {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lazy").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Everything that loading takes, so that it can outlive the call that starts it.
struct Load {
    entry: Arc<Entry>,
    settings: Arc<IdentityCacheBuilder>,
    resolver: SharedIdentityResolver,
    components: RuntimeComponents,
    time: SharedTimeSource,
}

impl Load {
    /// Loads, unless somebody does already. Without tokio it is left to the first call that needs it.
    fn in_background(self) {
        if !has_tokio() {
            return;
        }
        if let Ok(alone) = Arc::clone(&self.entry.loading).try_lock_owned() {
            tokio::spawn(async move {
                // No call: what a call would add for a provider of its own kind is not there.
                let _ = self.load(&ConfigBag::base()).await;
                drop(alone);
            });
        }
    }

    /// Loads, or waits for the one who does.
    async fn or_join(self, bag: &ConfigBag) -> Result<Identity, BoxError> {
        let before = self.entry.loads();
        let _alone = self.entry.loading.lock().await;
        match self.entry.outcome_since(before, self.time.now()) {
            Some(outcome) => outcome,
            None => self.load(bag).await,
        }
    }

    /// The new identity; where there is none, the old one as long as it is valid.
    async fn load(&self, bag: &ConfigBag) -> Result<Identity, BoxError> {
        let loaded = self.fetch(bag).instrument(tracing::debug_span!("lazy_load_identity")).await;
        let now = self.time.now();
        match loaded {
            Ok(identity) => {
                self.entry.keep(&identity, now, &self.settings);
                Ok(identity)
            }
            Err(error) => self.entry.fail(error, now),
        }
    }

    async fn fetch(&self, bag: &ConfigBag) -> Result<Identity, BoxError> {
        let sleep = self.components.sleep_impl().ok_or("an identity cache needs a sleep")?;
        let limit = Limit::internal(
            self.settings.load_timeout,
            "load_timeout for credentials",
            "`IdentityCache::lazy().load_timeout(..)`",
        );
        match limit.guard(&sleep, self.resolver.resolve_identity(&self.components, bag)).await {
            Ok(loaded) => loaded,
            Err(late) => self.resolver.fallback_on_interrupt().ok_or_else(|| late.into()),
        }
    }
}
