//! The adaptive mode: a client that is throttled sends more slowly, and finds back to its old rate along a cubic curve.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Requests a second that are always allowed.
const MIN_FILL_RATE: f64 = 0.5;
const MIN_CAPACITY: f64 = 1.0;
/// How much the newest half second weighs in the measured rate.
const SMOOTH: f64 = 0.8;
/// What throttling leaves of the rate.
const BETA: f64 = 0.7;
/// How steeply the rate rises again.
const SCALE: f64 = 0.4;

/// Limits how many requests a second leave the clients of a [`RetryPartition`](super::RetryPartition), once one of
/// them was throttled. In use where the retry mode is adaptive. Copies are the same limiter.
#[derive(Clone, Debug)]
pub struct ClientRateLimiter(Arc<Mutex<State>>);

/// Rates are requests a second, times are seconds since 1970.
#[derive(Clone, Debug)]
struct State {
    /// Throttling was seen.
    enabled: bool,
    fill_rate: f64,
    max_capacity: f64,
    capacity: f64,
    refilled: Option<f64>,
    measured_rate: f64,
    /// Where the half second began in which requests are counted, and their number.
    counted_since: f64,
    count: u32,
    /// The rate and the time when throttling was last seen.
    max_rate: f64,
    throttled: f64,
}

impl ClientRateLimiter {
    /// A limiter that starts at this time, in seconds since 1970.
    pub fn new(seconds_since_unix_epoch: f64) -> Self {
        let mut builder = Self::builder().tokens_retrieved_per_second(MIN_FILL_RATE);
        builder.0.throttled = seconds_since_unix_epoch;
        builder.0.counted_since = seconds_since_unix_epoch.floor();
        builder.build()
    }

    /// Starts a limiter with rates of its own.
    pub fn builder() -> ClientRateLimiterBuilder {
        ClientRateLimiterBuilder::default()
    }

    pub(crate) fn starting(now: SystemTime) -> Self {
        Self::new(seconds(now))
    }

    /// Takes the tokens for a request, or says when to ask again.
    pub(crate) fn acquire(&self, tokens: f64, now: SystemTime) -> Result<(), Duration> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.enabled {
            return Ok(());
        }
        state.refill(seconds(now));
        let missing = tokens - state.capacity;
        let wait = Duration::try_from_secs_f64(missing / state.fill_rate).unwrap_or_default();
        // A lack too small to wait for would be asked for again without end.
        if !wait.is_zero() {
            return Err(wait);
        }
        state.capacity = (state.capacity - tokens).max(0.0);
        Ok(())
    }

    /// Learns from an answer.
    pub(crate) fn observe(&self, throttled: bool, now: SystemTime) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = seconds(now);
        state.count(now);
        let rate = if throttled { state.throttle(now) } else { state.recovered(now) };
        let rate = rate.min(2.0 * state.measured_rate);
        // Up to now the old rate was in force.
        state.refill(now);
        state.fill_rate = rate.max(MIN_FILL_RATE);
        state.max_capacity = rate.max(MIN_CAPACITY);
        state.capacity = state.capacity.min(state.max_capacity);
    }
}

impl Default for ClientRateLimiter {
    fn default() -> Self {
        Self::builder().build()
    }
}

impl State {
    fn refill(&mut self, now: f64) {
        if let Some(before) = self.refilled.replace(now) {
            self.capacity = self.max_capacity.min(self.capacity + (now - before).max(0.0) * self.fill_rate);
        }
    }

    fn count(&mut self, now: f64) {
        let half_second = (now * 2.0).floor() / 2.0;
        self.count += 1;
        if half_second > self.counted_since {
            let rate = f64::from(self.count) / (half_second - self.counted_since);
            self.measured_rate = rate * SMOOTH + self.measured_rate * (1.0 - SMOOTH);
            self.count = 0;
            self.counted_since = half_second;
        }
    }

    fn throttle(&mut self, now: f64) -> f64 {
        self.max_rate = if self.enabled { self.measured_rate.min(self.fill_rate) } else { self.measured_rate };
        self.throttled = now;
        self.enabled = true;
        self.max_rate * BETA
    }

    fn recovered(&self, now: f64) -> f64 {
        let window = (self.max_rate * (1.0 - BETA) / SCALE).cbrt();
        SCALE * (now - self.throttled - window).powi(3) + self.max_rate
    }
}

fn seconds(time: SystemTime) -> f64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

/// Puts a [`ClientRateLimiter`] together.
#[derive(Clone, Debug)]
pub struct ClientRateLimiterBuilder(State);

impl Default for ClientRateLimiterBuilder {
    fn default() -> Self {
        Self(State {
            enabled: false,
            fill_rate: 0.0,
            max_capacity: f64::MAX,
            capacity: 0.0,
            refilled: None,
            measured_rate: 0.0,
            counted_since: 0.0,
            count: 0,
            max_rate: 0.0,
            throttled: 0.0,
        })
    }
}

impl ClientRateLimiterBuilder {
    /// How many requests a second are allowed at first.
    pub fn token_refill_rate(mut self, rate: f64) -> Self {
        self.0.fill_rate = rate;
        self
    }

    /// How many requests may be sent at once after a pause.
    pub fn maximum_bucket_capacity(mut self, capacity: f64) -> Self {
        self.0.max_capacity = capacity;
        self
    }

    /// How many requests may be sent at once at first.
    pub fn current_bucket_capacity(mut self, capacity: f64) -> Self {
        self.0.capacity = capacity;
        self
    }

    /// How many requests a second the limiter takes for measured before it has measured any.
    pub fn tokens_retrieved_per_second(mut self, rate: f64) -> Self {
        self.0.measured_rate = rate;
        self
    }

    /// The limiter.
    pub fn build(self) -> ClientRateLimiter {
        ClientRateLimiter(Arc::new(Mutex::new(self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
    }

    /// The published values of the algorithm: time, whether throttled, measured rate, allowed rate.
    #[test]
    fn rates_follow_the_published_curve() {
        let limiter = ClientRateLimiter::default();
        for (millis, throttled, measured, allowed) in [
            (200, false, 0.0, 0.5),
            (400, false, 0.0, 0.5),
            (600, false, 4.8, 0.5),
            (800, false, 4.8, 0.5),
            (1000, false, 4.16, 0.5),
            (1200, false, 4.16, 0.6912),
            (1400, false, 4.16, 1.0976),
            (1600, false, 5.632, 1.6384),
            (1800, false, 5.632, 2.3328),
            (2000, true, 4.3264, 3.02848),
            (2200, false, 4.3264, 3.486_639),
            (2400, false, 4.3264, 3.821_874),
            (2600, false, 5.66528, 4.053_386),
            (2800, false, 5.66528, 4.200_373),
            (3000, false, 4.333_056, 4.282_037),
            (3200, true, 4.333_056, 2.997_426),
            (3400, false, 4.333_056, 3.452_226),
        ] {
            limiter.observe(throttled, at(millis));
            let state = limiter.0.lock().expect("no panic under the lock").clone();
            assert!((state.measured_rate - measured).abs() < 1e-6, "{millis}: measured {}", state.measured_rate);
            assert!((state.fill_rate - allowed).abs() < 1e-6, "{millis}: allowed {}", state.fill_rate);
        }
    }

    #[test]
    fn nobody_waits_before_throttling_was_seen() {
        let limiter = ClientRateLimiter::new(0.0);
        assert!((0..1000).all(|_| limiter.acquire(1.0, at(0)).is_ok()));
    }

    #[test]
    fn who_was_throttled_waits_and_may_then_send() {
        let limiter = ClientRateLimiter::new(0.0);
        for _ in 0..10 {
            limiter.observe(false, at(1000));
        }
        limiter.observe(true, at(1500));
        let wait = limiter.acquire(1.0, at(1500)).expect_err("nothing is left");
        assert!(limiter.acquire(1.0, at(1500) + wait / 2).is_err());
        assert_eq!(limiter.acquire(1.0, at(1501) + wait), Ok(()));
        assert!(limiter.acquire(1.0, at(1501) + wait).is_err(), "the token is taken");
    }
}
