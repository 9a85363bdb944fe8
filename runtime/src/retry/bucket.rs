//! A budget for retries, so that clients do not multiply the load of a service in trouble.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a full bucket holds.
const CAPACITY: u32 = 500;
/// What a success without a retry brings back.
const REWARD: u32 = 1;

/// The retry tokens of one service in one Region.
#[derive(Debug)]
pub(crate) struct TokenBucket {
    tokens: Mutex<u32>,
}

impl TokenBucket {
    /// The bucket that all clients of the process share for this service and Region.
    pub(crate) fn shared(service: &str, region: &str) -> Arc<Self> {
        static ALL: OnceLock<Mutex<HashMap<String, Arc<TokenBucket>>>> = OnceLock::new();
        let mut all = ALL.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(format!("{service}-{region}")).or_insert_with(|| Arc::new(Self::full())))
    }

    fn full() -> Self {
        Self { tokens: Mutex::new(CAPACITY) }
    }

    /// Pays for a retry; `false` where the tokens do not suffice.
    pub(crate) fn take(&self, cost: u32) -> bool {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        match tokens.checked_sub(cost) {
            Some(rest) => {
                *tokens = rest;
                true
            }
            None => false,
        }
    }

    /// Rewards a success: what its last retry cost, or a little where there was none.
    pub(crate) fn put_back(&self, cost: Option<u32>) {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        *tokens = CAPACITY.min(*tokens + cost.unwrap_or(REWARD));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pays_refuses_and_refills_to_the_brim() {
        let bucket = TokenBucket::full();
        assert!((0..35).all(|_| bucket.take(14)));
        assert!(!bucket.take(14), "10 tokens are left");
        assert!(bucket.take(5));
        bucket.put_back(None);
        assert!(bucket.take(6));
        assert!(!bucket.take(1));
        for _ in 0..100 {
            bucket.put_back(Some(14));
        }
        assert!(bucket.take(CAPACITY));
        assert!(!bucket.take(1));
    }

    #[test]
    fn is_one_for_a_service_and_region() {
        let bucket = TokenBucket::shared("bucket-test", "one");
        assert!(Arc::ptr_eq(&bucket, &TokenBucket::shared("bucket-test", "one")));
        assert!(!Arc::ptr_eq(&bucket, &TokenBucket::shared("bucket-test", "two")));
    }
}
