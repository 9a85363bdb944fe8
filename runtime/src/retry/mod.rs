//! Whether a failed attempt is tried again, and when.

mod bucket;
mod classify;
mod limiter;
mod partition;
mod skew;
mod strategy;

pub use bucket::{TokenBucket, TokenBucketBuilder};
pub use limiter::{ClientRateLimiter, ClientRateLimiterBuilder};
pub use partition::{RetryPartition, RetryPartitionBuilder};

pub(crate) use bucket::Permit;
pub(crate) use classify::{Symptoms, Verdict, classify, is_throttling};
pub(crate) use partition::Limits;
pub(crate) use skew::Skew;
pub(crate) use strategy::Strategy;
