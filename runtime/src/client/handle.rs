//! What all calls of a client share.

use super::target::{self, Target};
use crate::clock;
use crate::config::{Builder, Config, SharedRandom};
use crate::endpoint::Params;
use crate::error::ConfigError;
use crate::http::Transport;
use crate::identity::{Environment, IdentityCache};
use crate::intercept;
use crate::metrics::Metrics;
use crate::operation::Service;
use crate::random::RandomSource;
use crate::retry::{Limits, RetryPartition, Skew, Strategy};
use crate::sleep;
use crate::timeout::Timeouts;
use crate::user_agent::UserAgent;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::identity::{SharedIdentityCache, SharedIdentityResolver};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
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
    pub(super) cache: SharedIdentityCache,
    pub(super) time: SharedTimeSource,
    pub(super) sleep: SharedAsyncSleep,
    pub(super) random: SharedRandom,
    pub(super) user_agent: UserAgent,
    pub(super) metrics: Metrics,
    pub(super) skew: Arc<Skew>,
    /// The last endpoint and what it was chosen by.
    pub(super) target: Mutex<Option<(Params, Arc<Target>)>>,
    /// Whether the process is a Lambda function, whose trace id goes along.
    pub(super) lambda: bool,
}

impl Handle {
    /// A client of the service. A Region or credentials that are missing show at the first call.
    ///
    /// # Errors
    /// An endpoint URL that is none, no HTTP client, or a retry configuration without attempts.
    pub fn new(config: Config, service: &'static Service) -> Result<Self, ConfigError> {
        Self::build(config, service, None)
    }

    /// A client of the service, if it has all that a call needs.
    ///
    /// # Errors
    /// Those of [`new`](Self::new), and a Region or credentials that are missing.
    pub fn checked(config: Config, service: &'static Service) -> Result<Self, ConfigError> {
        let handle = Self::new(config, service)?;
        let config = &handle.0.config;
        if config.region.is_none() && (config.endpoint_url.is_none() || handle.0.identity.is_some()) {
            return Err(ConfigError::MissingRegion);
        }
        if config.credentials_provider.is_none() && !config.allow_no_auth && Environment::load().is_none() {
            return Err(ConfigError::MissingCredentials);
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
        self.overridden_by(change(Builder::default()))
    }

    pub(super) fn overridden_by(&self, over: Builder) -> Result<Self, ConfigError> {
        let new_credentials = over.config.credentials_provider.is_some();
        let config = self.0.config.overridden_by(over);
        Self::build(config, self.0.service, Some((&self.0, new_credentials)))
    }

    fn build(mut config: Config, service: &'static Service, base: Option<(&Inner, bool)>) -> Result<Self, ConfigError> {
        config.resolve_endpoint_url(service.id);
        config.signing_name = Some(service.signing_name);
        if let Some(url) = &config.endpoint_url {
            target::check_url(url)?;
        }
        if cfg!(all(target_family = "wasm", target_os = "unknown")) {
            check_bare(&config)?;
        }
        let strategy = Strategy::new(config.retry_config.as_ref());
        if strategy.max_attempts == 0 {
            return Err(ConfigError::NoAttempts);
        }
        let time = config.time_source.clone().unwrap_or_else(clock::system_clock);
        let sleep = config.sleep_impl.clone().unwrap_or_else(sleep::tokio_sleep);
        let same_credentials = base.filter(|(_, new_credentials)| !new_credentials).map(|(inner, _)| inner);
        let cache = match (&config.identity_cache, same_credentials) {
            (Some(cache), _) => cache.clone(),
            (None, Some(base)) => base.cache.clone(),
            (None, None) => IdentityCache::lazy().build(),
        };
        let from_environment = config.credentials_provider.is_none();
        let resolver = match (&config.credentials_provider, same_credentials.and_then(|base| base.identity.clone())) {
            (_, Some(resolver)) => resolver,
            (Some(provider), None) => SharedIdentityResolver::new(provider.clone()),
            (None, None) => SharedIdentityResolver::new(SharedCredentialsProvider::new(Environment)),
        };
        let unsigned = from_environment && config.allow_no_auth && Environment::load().is_none();
        let components = intercept::components(&config, &time, &sleep, &resolver, &cache)
            .map_err(|error| ConfigError::Other(error.to_string()))?;
        let timeouts = Timeouts::new(config.timeout_config.as_ref());
        let base = base.map(|(inner, _)| inner);
        let transport = Transport::new(&config, &timeouts, &components, base.map(|inner| &inner.transport))?;
        let partition = config.retry_partition.clone().unwrap_or_else(|| {
            RetryPartition::of_service(service.id, config.region.as_ref().map(|region| region.as_ref()))
        });
        let same_place =
            |inner: &&Inner| inner.config.endpoint_url == config.endpoint_url && inner.config.region == config.region;
        Ok(Self(Arc::new(Inner {
            limits: partition.limits(time.now()),
            user_agent: UserAgent::new(&config, service, from_environment && !unsigned),
            skew: base.filter(same_place).map(|inner| Arc::clone(&inner.skew)).unwrap_or_default(),
            metrics: Metrics::new(service),
            random: config.random.clone().unwrap_or_default(),
            lambda: std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_some(),
            identity: (!unsigned).then_some(resolver),
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
