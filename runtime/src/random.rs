//! The one place that draws random numbers: for idempotency tokens, request ids, and the length of pauses.
//! Nothing here is fit for secrets.

use std::collections::hash_map::RandomState;
use std::fmt::Debug;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];

/// Where a client takes random numbers from.
pub trait RandomSource: Debug + Send + Sync {
    /// 64 bits, each as likely 0 as 1.
    fn next_u64(&self) -> u64;
}

/// A random source that several clients hold.
#[derive(Clone, Debug)]
pub struct SharedRandom(Arc<dyn RandomSource>);

impl SharedRandom {
    /// Shares a source.
    pub fn new(source: impl RandomSource + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// A source that gives the same numbers for the same seed, for tests.
    pub fn seeded(seed: u64) -> Self {
        Self::new(Seeded(AtomicU64::new(seed)))
    }

    /// A number from 0 to just below 1.
    pub fn fraction(&self) -> f64 {
        // 53 bits are what a double holds exactly.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A random UUID of version 4, in lower case.
    pub fn uuid(&self) -> String {
        let high = self.0.next_u64() & 0xffff_ffff_ffff_0fff | 0x4000;
        let low = self.0.next_u64() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000;
        let bits = u128::from(high) << 64 | u128::from(low);
        let mut text = String::with_capacity(36);
        // `format!` takes ten times as long, in each call.
        for place in (0..32).rev() {
            if matches!(place, 23 | 19 | 15 | 11) {
                text.push('-');
            }
            text.push(HEX[(bits >> (4 * place)) as usize & 0xf]);
        }
        text
    }
}

impl Default for SharedRandom {
    fn default() -> Self {
        Self::new(System)
    }
}

impl RandomSource for SharedRandom {
    fn next_u64(&self) -> u64 {
        self.0.next_u64()
    }
}

/// The standard library's keys, which the operating system fills once a thread and which differ from call to call.
#[derive(Debug)]
struct System;

impl RandomSource for System {
    fn next_u64(&self) -> u64 {
        RandomState::new().build_hasher().finish()
    }
}

#[derive(Debug)]
struct Seeded(AtomicU64);

impl RandomSource for Seeded {
    // The SplitMix64 generator.
    fn next_u64(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_have_version_and_variant_and_differ() {
        let random = SharedRandom::default();
        let ids: std::collections::HashSet<_> = (0..1000).map(|_| random.uuid()).collect();
        assert_eq!(ids.len(), 1000);
        for id in &ids {
            assert_eq!(id.len(), 36);
            assert_eq!(&id[14..15], "4");
            assert!("89ab".contains(&id[19..20]), "{id}");
        }
    }

    #[test]
    fn fractions_are_below_one_and_even() {
        let random = SharedRandom::seeded(1);
        let sum: f64 = (0..10_000).map(|_| random.fraction()).inspect(|f| assert!((0.0..1.0).contains(f))).sum();
        assert!((4_800.0..5_200.0).contains(&sum), "{sum}");
    }

    #[test]
    fn seeded_numbers_are_those_of_splitmix64() {
        assert_eq!(Seeded(AtomicU64::new(0)).next_u64(), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn equal_seeds_give_equal_numbers() {
        assert_eq!(SharedRandom::seeded(7).uuid(), SharedRandom::seeded(7).uuid());
        assert_ne!(SharedRandom::seeded(7).uuid(), SharedRandom::seeded(8).uuid());
        // The two numbers of this seed, e220a8397b1dcdaf and 6e789e6aa1b965f4, in order.
        assert_eq!(SharedRandom::seeded(0).uuid(), "e220a839-7b1d-4daf-ae78-9e6aa1b965f4");
    }
}
