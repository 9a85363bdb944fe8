//! How long to sleep between two polls, as Smithy's waiter specification says.

use super::options::{MAX_DELAY, WaitOptions};
use super::table::Waiter;
use std::time::Duration;

/// Keeps a delay of zero from becoming a busy loop.
const SHORTEST: Duration = Duration::from_millis(1);

#[derive(Debug)]
pub(super) struct Backoff {
    min: Duration,
    max: Duration,
    max_wait: Duration,
}

impl Backoff {
    pub(super) fn new(waiter: &Waiter, options: &WaitOptions, max_wait: Duration) -> Self {
        let min = options.min_delay.unwrap_or(waiter.min_delay).max(SHORTEST);
        let max = options.max_delay.unwrap_or(waiter.max_delay.min(MAX_DELAY)).max(min);
        Self { min, max, max_wait }
    }

    /// The sleep after the given poll (the first is 1), or `None` where time is up.
    ///
    /// `random` lies in `0..1`. Where no full delay would fit behind the sleep it is stretched to
    /// the end, so that the last poll comes then and not a moment before.
    pub(super) fn delay(&self, poll: u32, elapsed: Duration, random: f64) -> Option<Duration> {
        let remaining = self.max_wait.checked_sub(elapsed).filter(|remaining| !remaining.is_zero())?;
        let factor = 2u32.checked_pow(poll.saturating_sub(1)).unwrap_or(u32::MAX);
        let ceiling = self.min.saturating_mul(factor).min(self.max);
        let spread = ceiling - self.min;
        // More seconds than a `Duration` holds, after rounding, mean the whole spread.
        let share = Duration::try_from_secs_f64(spread.as_secs_f64() * random.clamp(0.0, 1.0)).unwrap_or(spread);
        let delay = self.min.saturating_add(share);
        Some(if remaining.saturating_sub(delay) <= self.min { remaining } else { delay })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backoff(min: u64, max: u64, max_wait: u64) -> Backoff {
        let seconds = Duration::from_secs;
        Backoff { min: seconds(min), max: seconds(max), max_wait: seconds(max_wait) }
    }

    fn delays(backoff: &Backoff, random: f64) -> Vec<u64> {
        let mut elapsed = Duration::ZERO;
        let mut delays = Vec::new();
        while let Some(delay) = backoff.delay(delays.len() as u32 + 1, elapsed, random) {
            elapsed += delay;
            delays.push(delay.as_secs());
        }
        delays
    }

    #[test]
    fn ceilings_double_up_to_the_longest() {
        assert_eq!(delays(&backoff(2, 120, 600), 1.0), [2, 4, 8, 16, 32, 64, 120, 120, 120, 114]);
        assert_eq!(delays(&backoff(5, 4999, 3600), 1.0), [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1045]);
    }

    #[test]
    fn the_least_luck_polls_at_the_shortest_delay() {
        assert_eq!(delays(&backoff(5, 120, 27), 0.0), [5, 5, 5, 5, 7]);
    }

    #[test]
    fn time_that_is_up_ends_the_wait() {
        assert_eq!(backoff(5, 120, 0).delay(1, Duration::ZERO, 0.5), None);
        assert_eq!(backoff(5, 120, 10).delay(1, Duration::from_secs(11), 0.5), None);
    }

    #[test]
    fn extreme_numbers_do_not_overflow() {
        let endless = Backoff { min: SHORTEST, max: Duration::MAX, max_wait: Duration::MAX };
        assert!(endless.delay(u32::MAX, Duration::ZERO, 1.0).is_some());
        let slow = Backoff { min: Duration::MAX, ..endless };
        assert!(slow.delay(1, Duration::from_secs(1), 1.0).is_some());
        assert!(backoff(5, 120, u64::MAX).delay(u32::MAX, Duration::ZERO, f64::NAN).is_some());
    }
}
