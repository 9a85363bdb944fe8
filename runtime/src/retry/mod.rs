//! Whether a failed attempt is tried again, and when.

mod bucket;
mod classify;
mod skew;
mod strategy;

pub(crate) use bucket::TokenBucket;
pub(crate) use classify::{Symptoms, Verdict, classify, is_throttling};
pub(crate) use skew::Skew;
pub(crate) use strategy::Strategy;
