//! A budget for retries, so that clients do not multiply the load of a service in trouble.

use aws_smithy_types::retry::ErrorKind;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// What a full bucket holds where nobody says otherwise.
const CAPACITY: f64 = 500.0;
/// What a success without a retry brings back.
const REWARD: f64 = 1.0;

/// Tokens that pay for retries. A retry costs some, a success brings them back; without enough of them a failure is
/// not tried again, however many attempts are left.
///
/// All clients of a [`RetryPartition`](super::RetryPartition) share one. Copies are the same bucket.
#[derive(Clone, Debug)]
pub struct TokenBucket(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: TokenBucketBuilder,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    tokens: f64,
    refilled: Option<SystemTime>,
}

impl TokenBucket {
    /// A full bucket with this many tokens.
    pub fn new(capacity: usize) -> Self {
        Self::builder().capacity(capacity).build()
    }

    /// A bucket from which retries cost nothing.
    pub fn unlimited() -> Self {
        Self::builder().retry_cost(0).timeout_retry_cost(0).throttling_retry_cost(0).build()
    }

    /// Starts with the usual numbers.
    pub fn builder() -> TokenBucketBuilder {
        TokenBucketBuilder::default()
    }

    /// Whether it holds all that it can.
    pub fn is_full(&self) -> bool {
        self.state().tokens >= self.0.settings.capacity
    }

    /// Whether it holds less than one token.
    pub fn is_empty(&self) -> bool {
        self.state().tokens < 1.0
    }

    /// Pays for a retry, with `usual` tokens unless the bucket has prices of its own; `None` where they do not
    /// suffice.
    pub(crate) fn acquire(&self, kind: ErrorKind, usual: u32, now: SystemTime) -> Option<Permit> {
        let settings = &self.0.settings;
        let cost = match kind {
            ErrorKind::TransientError => settings.timeout_retry_cost,
            ErrorKind::ThrottlingError => settings.throttling_retry_cost,
            _ => settings.retry_cost,
        };
        let cost = f64::from(cost.unwrap_or(usual));
        let mut state = self.state();
        let since = state.refilled.replace(now).and_then(|before| now.duration_since(before).ok());
        let refill = since.unwrap_or_default().as_secs_f64() * settings.refill_rate;
        state.tokens = settings.capacity.min(state.tokens + refill);
        if state.tokens < cost {
            return None;
        }
        state.tokens -= cost;
        Some(Permit { bucket: self.clone(), cost })
    }

    /// Rewards a success: with what its last retry cost, or a little where there was none.
    pub(crate) fn reward(&self, permit: Option<Permit>) {
        match (self.0.settings.success_reward, permit) {
            (Some(reward), permit) => {
                permit.into_iter().for_each(Permit::spend);
                self.put_back(reward);
            }
            (None, Some(permit)) => drop(permit),
            (None, None) => self.put_back(REWARD),
        }
    }

    fn put_back(&self, tokens: f64) {
        let mut state = self.state();
        state.tokens = self.0.settings.capacity.min(state.tokens + tokens);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for TokenBucket {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// What a retry has paid. It goes back to the bucket when this is dropped, as with a call that its caller gives up.
#[derive(Debug)]
pub(crate) struct Permit {
    bucket: TokenBucket,
    cost: f64,
}

impl Permit {
    /// The retry failed: the tokens are gone.
    pub(crate) fn spend(mut self) {
        self.cost = 0.0;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.bucket.put_back(self.cost);
    }
}

/// Puts a [`TokenBucket`] together. Costs that are not set are those of the retry mode.
#[derive(Clone, Debug)]
pub struct TokenBucketBuilder {
    capacity: f64,
    retry_cost: Option<u32>,
    timeout_retry_cost: Option<u32>,
    throttling_retry_cost: Option<u32>,
    success_reward: Option<f64>,
    refill_rate: f64,
}

impl Default for TokenBucketBuilder {
    fn default() -> Self {
        Self {
            capacity: CAPACITY,
            retry_cost: None,
            timeout_retry_cost: None,
            throttling_retry_cost: None,
            success_reward: None,
            refill_rate: 0.0,
        }
    }
}

impl TokenBucketBuilder {
    /// How many tokens it holds, and starts with. The default is 500.
    pub fn capacity(mut self, tokens: usize) -> Self {
        self.capacity = tokens as f64;
        self
    }

    /// The tokens that a retry costs after an error of the service.
    pub fn retry_cost(mut self, tokens: u32) -> Self {
        self.retry_cost = Some(tokens);
        self
    }

    /// The tokens that a retry costs after a time-out or a broken connection.
    pub fn timeout_retry_cost(mut self, tokens: u32) -> Self {
        self.timeout_retry_cost = Some(tokens);
        self
    }

    /// The tokens that a retry costs after throttling.
    pub fn throttling_retry_cost(mut self, tokens: u32) -> Self {
        self.throttling_retry_cost = Some(tokens);
        self
    }

    /// The tokens that each success brings, in place of what its retry cost.
    pub fn success_reward(mut self, tokens: f32) -> Self {
        self.success_reward = Some(f64::from(tokens)).filter(|tokens| *tokens > 0.0);
        self
    }

    /// The tokens that come back each second. The default is none.
    pub fn refill_rate(mut self, tokens: f32) -> Self {
        self.refill_rate = f64::from(tokens).max(0.0);
        self
    }

    /// The bucket, full.
    pub fn build(self) -> TokenBucket {
        let state = Mutex::new(State { tokens: self.capacity, refilled: None });
        TokenBucket(Arc::new(Inner { settings: self, state }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const NOW: SystemTime = SystemTime::UNIX_EPOCH;

    fn pay(bucket: &TokenBucket, cost: u32) -> bool {
        let permit = bucket.acquire(ErrorKind::ServerError, cost, NOW);
        permit.map(Permit::spend).is_some()
    }

    #[test]
    fn pays_refuses_and_refills_to_the_brim() {
        let bucket = TokenBucket::default();
        assert!((0..35).all(|_| pay(&bucket, 14)));
        assert!(!pay(&bucket, 14), "10 tokens are left");
        assert!(pay(&bucket, 5));
        bucket.reward(None);
        assert!(pay(&bucket, 6));
        assert!(bucket.is_empty() && !pay(&bucket, 1));
        for _ in 0..600 {
            bucket.reward(None);
        }
        assert!(bucket.is_full() && pay(&bucket, 500) && !pay(&bucket, 1));
    }

    #[test]
    fn a_permit_that_is_not_spent_comes_back() {
        let bucket = TokenBucket::new(20);
        let permit = bucket.acquire(ErrorKind::TransientError, 14, NOW);
        assert!(permit.is_some() && !pay(&bucket, 7));
        bucket.reward(permit);
        assert!(bucket.is_full());
        drop(bucket.acquire(ErrorKind::TransientError, 14, NOW));
        assert!(bucket.is_full());
    }

    #[test]
    fn prices_rewards_and_refills_can_be_set() {
        let bucket = TokenBucket::builder().capacity(10).throttling_retry_cost(10).refill_rate(0.5).build();
        let throttled = |now| bucket.acquire(ErrorKind::ThrottlingError, 5, now).map(Permit::spend).is_some();
        assert!(throttled(NOW) && bucket.is_empty());
        assert!(!throttled(NOW + Duration::from_secs(19)));
        assert!(throttled(NOW + Duration::from_secs(20)));

        let bucket = TokenBucket::builder().capacity(10).success_reward(2.5).build();
        let permit = bucket.acquire(ErrorKind::ServerError, 10, NOW);
        bucket.reward(permit);
        assert!(pay(&bucket, 2) && !pay(&bucket, 1));

        let free = TokenBucket::unlimited();
        assert!((0..10_000).all(|_| pay(&free, 14)) && free.is_full());
    }
}
