//! What all calls of a client share.

use super::target::{self, Target};
use crate::clock;
use crate::config::{Builder, Config, SharedRandom};
use crate::endpoint::Params;
use crate::error::ConfigError;
use crate::http::Transport;
use crate::identity::{Chain, IdentityCache, Keys};
use crate::intercept;
use crate::metrics::Metrics;
use crate::operation::Service;
use crate::random::RandomSource;
use crate::retry::{Limits, RetryPartition, Skew, Strategy};
use crate::sleep;
use crate::timeout::{Limit, TimedOut, Timeouts};
use crate::user_agent::UserAgent;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache, SharedIdentityResolver};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::fmt::{Debug, Formatter};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// A client of one service. Copies are cheap and share everything.
#[derive(Clone)]
pub struct Handle(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) config: Config,
    pub(super) service: &'static Service,
    pub(super) timeouts: Timeouts,
    pub(super) strategy: Strategy,
    pub(super) limits: Limits,
    pub(super) transport: Transport,
    pub(super) components: RuntimeComponents,
    /// `None` where requests go unsigned.
    pub(super) identity: Option<SharedIdentityResolver>,
    /// How the user agent names the place that they come from.
    credentials_place: Option<&'static str>,
    pub(super) cache: SharedIdentityCache,
    pub(super) time: SharedTimeSource,
    pub(super) sleep: SharedAsyncSleep,
    pub(super) random: SharedRandom,
    pub(super) user_agent: UserAgent,
    pub(super) metrics: Metrics,
    /// Why no call can be sent, whatever its input.
    pub(super) misconfigured: Option<ConfigError>,
    pub(super) skew: Arc<Skew>,
    /// The last endpoint and what it was chosen by.
    pub(super) target: Mutex<Option<(Params, Arc<Target>)>>,
    /// Whether the process is a Lambda function, whose trace id goes along.
    pub(super) lambda: bool,
}

impl Handle {
    /// A client of the service. What is missing or wrong in its settings shows at the first call.
    ///
    /// # Errors
    /// No HTTP client, or one that cannot be made: certificates that are none.
    pub fn new(config: Config, service: &'static Service) -> Result<Self, ConfigError> {
        Self::build(config, service, None)
    }

    /// A client of the service, if it has all that a call needs.
    ///
    /// # Errors
    /// Those of [`new`](Self::new), an endpoint URL that is none, a retry configuration without attempts, and a Region
    /// or credentials that are missing and that no resolver or scheme of the program's makes up for.
    pub fn checked(config: Config, service: &'static Service) -> Result<Self, ConfigError> {
        let handle = Self::new(config, service)?;
        if let Some(error) = &handle.0.misconfigured {
            return Err(error.clone());
        }
        let config = &handle.0.config;
        let own_scheme = config.auth_scheme_resolver.is_some() || !config.auth_schemes.is_empty();
        let signs = handle.0.identity.is_some() && !own_scheme;
        let located = config.region.is_some() || config.endpoint_resolver.is_some();
        if !located && (config.endpoint_url.is_none() || signs) {
            return Err(ConfigError::MissingRegion);
        }
        if signs {
            config.credentials_place()?;
        }
        Ok(handle)
    }

    /// A client that can call at once: a Region that only the instance knows is asked for, credentials are fetched.
    ///
    /// # Errors
    /// Those of [`checked`](Self::checked), and credentials that cannot be fetched.
    pub async fn ready(mut config: Config, service: &'static Service) -> Result<Self, ConfigError> {
        if let (None, Some(Chain { chain, .. })) = (&config.region, &config.chain) {
            config.region = chain.instance_region().await?;
        }
        let handle = Self::checked(config, service)?;
        let Inner { identity, cache, components, config, .. } = &*handle.0;
        if let Some(resolver) = identity {
            let loaded = cache.resolve_cached_identity(resolver.clone(), components, &ConfigBag::base()).await;
            match loaded.map_err(|error| ConfigError::of_credentials(&*error)) {
                Err(ConfigError::MissingCredentials { .. }) if config.allow_no_auth => {}
                loaded => drop(loaded?),
            }
        }
        Ok(handle)
    }

    /// A copy with the values that `change` sets on an empty builder in place of its own. Interceptors and retry
    /// classifiers are added.
    ///
    /// The copy shares the connection pool and the credentials, except those that it changes.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    pub fn with_config(&self, change: impl FnOnce(Builder) -> Builder) -> Result<Self, ConfigError> {
        self.overridden_by(vec![change(Builder::default())])
    }

    /// This client, or a copy where something is laid over its configuration.
    pub(super) fn settled(self, layers: Vec<Builder>) -> Result<Self, ConfigError> {
        if layers.is_empty() { Ok(self) } else { self.overridden_by(layers) }
    }

    /// A copy with what each of the builders sets, one laid over the other.
    fn overridden_by(&self, layers: Vec<Builder>) -> Result<Self, ConfigError> {
        let mut config = self.0.config.clone();
        let (mut new_credentials, mut new_cache) = (false, false);
        let mut misconfigured = None;
        for over in layers {
            new_credentials |= over.config.credentials_provider.is_some() || over.config.chain.is_some();
            new_cache |= over.config.identity_cache.is_some();
            misconfigured = config.lay_over(over, self.0.service.id).err().or(misconfigured);
        }
        if new_credentials && !new_cache {
            // They would push those of other calls out of the client's cache.
            config.identity_cache = None;
        }
        let mut copy = Self::build(config, self.0.service, Some((&self.0, new_credentials)))?;
        if let (Some(error), Some(inner)) = (misconfigured, Arc::get_mut(&mut copy.0)) {
            inner.misconfigured = Some(error);
        }
        Ok(copy)
    }

    fn build(mut config: Config, service: &'static Service, base: Option<(&Inner, bool)>) -> Result<Self, ConfigError> {
        let endpoint = config.resolve_endpoint_url(service.id);
        let endpoint = endpoint.and_then(|()| config.endpoint_url.as_deref().map(target::check_url).transpose());
        config.signing_name = Some(service.signing_name);
        if cfg!(all(target_family = "wasm", target_os = "unknown")) {
            check_bare(&config)?;
        }
        let strategy = Strategy::new(config.retry_config.as_ref());
        let attempts = if strategy.max_attempts == 0 { Err(ConfigError::NoAttempts) } else { Ok(()) };
        config.hand_to_chain();
        let time = config.time_source.clone().unwrap_or_else(clock::system_clock);
        let sleep = config.sleep_impl.clone().unwrap_or_else(sleep::tokio_sleep);
        let random = config.random.clone().unwrap_or_default();
        let same_credentials = base.filter(|(_, new_credentials)| !new_credentials).map(|(inner, _)| inner);
        let same_credentials = same_credentials.filter(|base| base.identity.is_some());
        let cache = match (&config.identity_cache, same_credentials) {
            (Some(cache), _) => cache.clone(),
            (None, Some(base)) => base.cache.clone(),
            (None, None) => IdentityCache::lazy().random(random.clone()).build(),
        };
        let resolver = match (config.credentials_provider(), same_credentials.and_then(|base| base.identity.clone())) {
            (_, Some(resolver)) => resolver,
            (Some(provider), None) => SharedIdentityResolver::new(provider),
            (None, None) => {
                let keys = Keys(config.environment.clone());
                SharedIdentityResolver::new(SharedCredentialsProvider::new(keys))
            }
        };
        let place = match same_credentials {
            Some(base) if !config.allow_no_auth => Ok(base.credentials_place),
            _ => config.credentials_place(),
        };
        let unsigned = config.allow_no_auth && matches!(place, Err(ConfigError::MissingCredentials { .. }));
        let credentials_place = place.ok().flatten();
        let components = intercept::components(&config, &time, &sleep, &resolver, &cache)
            .map_err(|error| ConfigError::Other(error.to_string()))?;
        let timeouts = Timeouts::new(config.timeout_config.as_ref());
        let base = base.map(|(inner, _)| inner);
        let pool = base.filter(|inner| inner.config.ca_bundle == config.ca_bundle).map(|inner| &inner.transport);
        let transport = Transport::new(&config, &timeouts, &components, pool)?;
        let partition = config.retry_partition.clone().unwrap_or_else(|| {
            RetryPartition::of_service(service.id, config.region.as_ref().map(|region| region.as_ref()))
        });
        let same_place =
            |inner: &&Inner| inner.config.endpoint_url == config.endpoint_url && inner.config.region == config.region;
        Ok(Self(Arc::new(Inner {
            limits: partition.limits(time.now()),
            user_agent: UserAgent::new(&config, service, credentials_place),
            skew: base.filter(same_place).map(|inner| Arc::clone(&inner.skew)).unwrap_or_default(),
            metrics: Metrics::new(service),
            misconfigured: endpoint.err().or(attempts.err()),
            random,
            lambda: matches!(config.environment.variable("AWS_LAMBDA_FUNCTION_NAME"), Ok(Some(_))),
            identity: (!unsigned).then_some(resolver),
            credentials_place,
            target: Mutex::default(),
            service,
            timeouts,
            strategy,
            transport,
            components,
            cache,
            time,
            sleep,
            config,
        })))
    }

    /// The configuration, with the endpoint URL of the service settled.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The service that is called.
    pub fn service(&self) -> &'static Service {
        self.0.service
    }

    /// Waits, as the configuration says.
    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send + use<> {
        self.0.sleep.sleep(duration)
    }

    /// The step, if it ends within the limit.
    pub(crate) async fn within<F: Future>(&self, limit: Limit, step: F) -> Result<F::Output, TimedOut> {
        limit.guard(&self.0.sleep, step).await
    }

    /// The time, as the configuration says.
    pub fn now(&self) -> SystemTime {
        self.0.time.now()
    }

    /// A number from 0 to just below 1, as the configuration says.
    pub fn random(&self) -> f64 {
        self.0.random.fraction()
    }

    /// 64 random bits, as the configuration says.
    pub fn random_bits(&self) -> u64 {
        self.0.random.next_u64()
    }
}

/// What a platform without clock, timer and random numbers has to be given: reading its clock would end the program, and
/// its tokens would not be random.
fn check_bare(config: &Config) -> Result<(), ConfigError> {
    let set = [
        ("time_source", config.time_source.is_some()),
        ("sleep_impl", config.sleep_impl.is_some()),
        ("random", config.random.is_some()),
    ];
    match set.into_iter().find(|(_, is_set)| !is_set) {
        Some((name, _)) => Err(ConfigError::Other(format!("this platform needs `Config::builder().{name}(..)`"))),
        None => Ok(()),
    }
}

impl Debug for Handle {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handle").field("service", &self.0.service.id).field("config", &self.0.config).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_platform_says_what_it_lacks() {
        let missing = |config: Builder| check_bare(&config.build()).expect_err("something lacks").to_string();
        assert!(missing(Config::builder()).contains("time_source(..)"));
        let clock = Config::builder().time_source(clock::system_clock());
        assert!(missing(clock.clone()).contains("sleep_impl(..)"));
        let timer = clock.sleep_impl(sleep::tokio_sleep());
        assert!(missing(timer.clone()).contains("random(..)"));
        assert!(check_bare(&timer.random(SharedRandom::seeded(1)).build()).is_ok());
    }
}
