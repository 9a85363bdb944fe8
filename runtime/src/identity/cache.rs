//! Keeping an identity until shortly before it expires.

use crate::timeout::Limit;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCachePartition, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityCache,
    SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::collections::HashMap;
use std::fmt::{Debug, Formatter};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Ways to keep credentials.
#[derive(Debug)]
pub struct IdentityCache;

impl IdentityCache {
    /// Loads credentials when a call needs them, and keeps them until shortly before they expire.
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
}

impl Default for IdentityCacheBuilder {
    fn default() -> Self {
        Self {
            buffer_time: Duration::from_secs(10),
            default_expiration: Duration::from_secs(15 * 60),
            load_timeout: Duration::from_secs(5),
        }
    }
}

impl IdentityCacheBuilder {
    /// How long before they expire credentials are loaded anew. The default is 10 s.
    pub fn buffer_time(mut self, time: Duration) -> Self {
        self.buffer_time = time;
        self
    }

    /// How long credentials are kept whose provider may change them without naming an end. The default is 15 min.
    pub fn default_expiration(mut self, time: Duration) -> Self {
        self.default_expiration = time;
        self
    }

    /// How long loading may take. The default is 5 s.
    pub fn load_timeout(mut self, time: Duration) -> Self {
        self.load_timeout = time;
        self
    }

    /// The cache.
    pub fn build(self) -> SharedIdentityCache {
        SharedIdentityCache::new(Lazy { settings: self, entries: Mutex::default() })
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
    settings: IdentityCacheBuilder,
    entries: Mutex<HashMap<IdentityCachePartition, Arc<Entry>>>,
}

#[derive(Default)]
struct Entry {
    current: Mutex<Option<(Identity, SystemTime)>>,
    /// Held while one call loads what the others wait for.
    loading: tokio::sync::Mutex<()>,
}

impl Entry {
    fn get(&self, now: SystemTime) -> Option<Identity> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|(_, until)| now < *until).map(|(identity, _)| identity.clone())
    }
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
        let entry = {
            let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(entries.entry(resolver.cache_partition()).or_default())
        };
        if let Some(identity) = entry.get(time.now()) {
            return IdentityFuture::ready(Ok(identity));
        }
        IdentityFuture::new(async move {
            let _loading = entry.loading.lock().await;
            if let Some(identity) = entry.get(time.now()) {
                return Ok(identity);
            }
            let identity = self.load(&resolver, components, bag).await?;
            let until = match identity.expiration() {
                Some(expiry) => expiry.checked_sub(self.settings.buffer_time).unwrap_or(expiry),
                None => time.now() + self.settings.default_expiration,
            };
            *entry.current.lock().unwrap_or_else(PoisonError::into_inner) = Some((identity.clone(), until));
            Ok(identity)
        })
    }
}

impl Lazy {
    async fn load(
        &self,
        resolver: &SharedIdentityResolver,
        components: &RuntimeComponents,
        bag: &ConfigBag,
    ) -> Result<Identity, BoxError> {
        let sleep = components.sleep_impl().ok_or("an identity cache needs a sleep")?;
        let limit = Limit::internal(self.settings.load_timeout, "load_timeout of the identity cache");
        match limit.guard(&sleep, resolver.resolve_identity(components, bag)).await {
            Ok(loaded) => loaded,
            Err(late) => resolver.fallback_on_interrupt().ok_or_else(|| late.into()),
        }
    }
}

// By hand: identities are secrets.
impl Debug for Lazy {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lazy").field("settings", &self.settings).finish_non_exhaustive()
    }
}
