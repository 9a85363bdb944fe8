//! Which clients share a retry budget and a rate limit.

use super::{ClientRateLimiter, TokenBucket};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{Display, Formatter};
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

/// The clients that share a [`TokenBucket`] and a [`ClientRateLimiter`].
///
/// Partitions with the same name share them in the whole process; a client without a partition of its own is in
/// that of its service and Region, such as `kms-us-east-1`. A custom partition has its own, which its copies
/// share.
///
/// ```
/// use smithy_runtime::config::Config;
/// use smithy_runtime::config::retry::{RetryPartition, TokenBucket};
///
/// let partition = RetryPartition::custom("nightly").token_bucket(TokenBucket::new(50)).build();
/// let config = Config::builder().retry_partition(partition);
/// ```
#[derive(Clone, Debug)]
pub struct RetryPartition {
    name: Cow<'static, str>,
    own: Option<Limits>,
}

/// What a partition shares.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) bucket: TokenBucket,
    pub(crate) limiter: ClientRateLimiter,
}

impl RetryPartition {
    /// The partition with this name.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), own: None }
    }

    /// Starts a partition with a bucket and a limiter of its own.
    pub fn custom(name: impl Into<Cow<'static, str>>) -> RetryPartitionBuilder {
        RetryPartitionBuilder { name: name.into(), bucket: TokenBucket::default(), limiter: None }
    }

    /// The partition of clients that have set none.
    pub(crate) fn of_service(id: &str, region: Option<&str>) -> Self {
        let service = id.to_lowercase().replace(' ', "");
        Self::new(match region {
            Some(region) => format!("{service}-{region}"),
            None => service,
        })
    }

    pub(crate) fn limits(&self, now: SystemTime) -> Limits {
        static SHARED: OnceLock<Mutex<HashMap<String, Limits>>> = OnceLock::new();
        if let Some(own) = &self.own {
            return own.clone();
        }
        let mut shared = SHARED.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limits) = shared.get(&*self.name) {
            return limits.clone();
        }
        let limits = Limits { bucket: TokenBucket::default(), limiter: ClientRateLimiter::starting(now) };
        shared.insert(self.name.clone().into_owned(), limits.clone());
        limits
    }
}

impl PartialEq for RetryPartition {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.own.is_some() == other.own.is_some()
    }
}

impl Eq for RetryPartition {}

impl Hash for RetryPartition {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.own.is_some().hash(state);
        self.name.hash(state);
    }
}

impl Display for RetryPartition {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

/// Puts a custom [`RetryPartition`] together.
#[derive(Clone, Debug)]
pub struct RetryPartitionBuilder {
    name: Cow<'static, str>,
    bucket: TokenBucket,
    limiter: Option<ClientRateLimiter>,
}

impl RetryPartitionBuilder {
    /// The retry budget. The default is a bucket of 500 tokens.
    pub fn token_bucket(mut self, bucket: TokenBucket) -> Self {
        self.bucket = bucket;
        self
    }

    /// The rate limit of the adaptive mode.
    pub fn client_rate_limiter(mut self, limiter: ClientRateLimiter) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// The partition.
    pub fn build(self) -> RetryPartition {
        let limits = Limits { bucket: self.bucket, limiter: self.limiter.unwrap_or_default() };
        RetryPartition { name: self.name, own: Some(limits) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::retry::ErrorKind;

    fn is_shared(one: &RetryPartition, other: &RetryPartition) -> bool {
        let now = SystemTime::UNIX_EPOCH;
        let permit = one.limits(now).bucket.acquire(ErrorKind::ServerError, 500, now);
        permit.is_some() && other.limits(now).bucket.is_empty()
    }

    #[test]
    fn a_name_is_shared_and_a_custom_partition_is_not() {
        let named = RetryPartition::of_service("Partition Test", Some("one"));
        assert_eq!(named.to_string(), "partitiontest-one");
        assert!(is_shared(&named, &RetryPartition::new("partitiontest-one")));
        assert!(!is_shared(&named, &RetryPartition::new("partitiontest-two")));
        let custom = RetryPartition::custom("partitiontest-one").build();
        assert!(!is_shared(&custom, &named) && is_shared(&custom, &custom.clone()));
        assert_ne!(custom, named);
    }
}
