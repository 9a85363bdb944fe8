//! The numbers of the standard and the adaptive retry mode.

use super::{Limits, Verdict};
use crate::random::SharedRandom;
use aws_smithy_types::retry::{ErrorKind, ReconnectMode, RetryConfig, RetryMode, RetrySpec};
use std::time::{Duration, SystemTime};

/// How much longer than the computed pause a service may ask to wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often and when to try again.
#[derive(Clone, Debug)]
pub(crate) struct Strategy {
    pub(crate) max_attempts: u32,
    max: Duration,
    throttled: Duration,
    other: Duration,
    newer: bool,
    adaptive: bool,
    /// Whether a connection is given up after a transient error.
    pub(crate) reconnects: bool,
}

impl Strategy {
    /// Version 2.1 of the standard mode. Version 2.0 where the configuration says so, by its version or by a first
    /// pause of its own.
    pub(crate) fn new(config: Option<&RetryConfig>) -> Self {
        let standard = RetryConfig::standard();
        let config = config.unwrap_or(&standard);
        let asked = config.retry_spec();
        let spec = match asked {
            Some(spec) => spec.clone(),
            None if config.initial_backoff() != standard.initial_backoff() => RetrySpec::v2_0(),
            None => RetrySpec::v2_1(),
        };
        let newer = spec.is_at_least(RetrySpec::V2_1);
        // Who asks for version 2.1 asks for connections that stay.
        let reuses = config.reconnect_mode() == ReconnectMode::ReuseAllConnections || asked.is_some() && newer;
        Self {
            max_attempts: config.max_attempts(),
            max: config.max_backoff(),
            throttled: config.initial_backoff(),
            other: if newer { spec.non_throttling_initial_backoff() } else { config.initial_backoff() },
            newer,
            adaptive: config.mode() == RetryMode::Adaptive,
            reconnects: !reuses,
        }
    }

    /// How long to wait for leave to send, in the adaptive mode. Version 2.0 asks for retries in [`pause`](Self::pause).
    pub(crate) fn wait(&self, retry: u32, limits: &Limits, now: SystemTime) -> Option<Duration> {
        if !self.adaptive || retry > 0 && !self.newer {
            return None;
        }
        limits.limiter.acquire(1.0, now).err()
    }

    /// Learns from an answer, in the adaptive mode.
    pub(crate) fn observe(&self, verdict: Option<&Verdict>, limits: &Limits, now: SystemTime) {
        if self.adaptive {
            let throttled = verdict.is_some_and(|verdict| verdict.kind == ErrorKind::ThrottlingError);
            limits.limiter.observe(throttled, now);
        }
    }

    /// The tokens that a retry costs.
    pub(crate) fn cost(&self, kind: ErrorKind) -> u32 {
        match (self.newer, kind) {
            (true, ErrorKind::ThrottlingError) => 5,
            (true, _) => 14,
            (false, ErrorKind::TransientError) => 10,
            (false, _) => 5,
        }
    }

    /// The pause before the retry with this number, the first being 1.
    pub(crate) fn pause(
        &self,
        retry: u32,
        verdict: &Verdict,
        random: &SharedRandom,
        limits: &Limits,
        now: SystemTime,
    ) -> Duration {
        if self.adaptive && !self.newer {
            let tokens = if verdict.kind == ErrorKind::ThrottlingError { 10.0 } else { 5.0 };
            if let Err(wait) = limits.limiter.acquire(tokens, now) {
                return wait.min(self.max);
            }
        }
        self.backoff(retry, verdict, random)
    }

    fn backoff(&self, retry: u32, verdict: &Verdict, random: &SharedRandom) -> Duration {
        let first = if verdict.kind == ErrorKind::ThrottlingError { self.throttled } else { self.other };
        let longest = first.saturating_mul(1_u32.checked_shl(retry - 1).unwrap_or(u32::MAX)).min(self.max);
        let pause = longest.mul_f64(random.fraction());
        match verdict.retry_after {
            None => pause,
            Some(asked) if self.newer => asked.clamp(pause, pause + PATIENCE),
            Some(asked) => asked.min(self.max),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(kind: ErrorKind, retry_after: Option<u64>) -> Verdict {
        Verdict { kind, retry_after: retry_after.map(Duration::from_millis), reason: "test" }
    }

    fn longest(strategy: &Strategy, retry: u32, kind: ErrorKind) -> Duration {
        let random = SharedRandom::seeded(1);
        (0..2000).map(|_| strategy.backoff(retry, &verdict(kind, None), &random)).max().unwrap_or_default()
    }

    #[test]
    fn pauses_double_up_to_the_limit() {
        let strategy = Strategy::new(None);
        for (retry, millis) in [(1, 50), (2, 100), (3, 200), (9, 12_800), (10, 20_000), (40, 20_000), (400, 20_000)] {
            let pause = longest(&strategy, retry, ErrorKind::TransientError).as_millis();
            assert!((millis * 97 / 100..=millis).contains(&pause), "{retry}: {pause}");
        }
        let pause = longest(&strategy, 1, ErrorKind::ThrottlingError).as_millis();
        assert!((970..=1000).contains(&pause), "{pause}");
    }

    #[test]
    fn the_older_version_starts_with_a_second() {
        let config = RetryConfig::standard().with_retry_spec(RetrySpec::v2_0());
        let pause = longest(&Strategy::new(Some(&config)), 1, ErrorKind::TransientError).as_millis();
        assert!((970..=1000).contains(&pause), "{pause}");
        let config = RetryConfig::standard().with_initial_backoff(Duration::from_millis(10));
        let strategy = Strategy::new(Some(&config));
        assert!(longest(&strategy, 1, ErrorKind::TransientError).as_millis() <= 10);
        assert_eq!(strategy.cost(ErrorKind::TransientError), 10);
    }

    #[test]
    fn a_service_may_ask_for_five_seconds_more() {
        let strategy = Strategy::new(None);
        let pause =
            |asked| strategy.backoff(1, &verdict(ErrorKind::ServerError, Some(asked)), &SharedRandom::seeded(3));
        let computed = strategy.backoff(1, &verdict(ErrorKind::ServerError, None), &SharedRandom::seeded(3));
        assert_eq!(pause(0), computed);
        assert_eq!(pause(2000), Duration::from_secs(2));
        assert_eq!(pause(60_000), computed + PATIENCE);
    }
}
