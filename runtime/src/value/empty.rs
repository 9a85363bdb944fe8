//! The value that a response's missing required member takes.

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::collections::HashMap;
use std::str::FromStr;

/// What stands in for a required value that a service left out: empty text, zero, 1970, no items.
///
/// This is not `Default`: an enum or a structure with required members has no value that a caller
/// should get without asking.
pub trait Empty {
    /// The stand-in.
    fn empty() -> Self;
}

macro_rules! empty_is_default {
    ($($type:ty),*) => {
        $(impl Empty for $type {
            #[inline]
            fn empty() -> Self {
                Self::default()
            }
        })*
    };
}

empty_is_default!(bool, i8, i16, i32, i64, f32, f64, String);

impl Empty for Blob {
    fn empty() -> Self {
        Self::new(Vec::new())
    }
}

impl Empty for DateTime {
    fn empty() -> Self {
        Self::from_secs(0)
    }
}

impl Empty for Document {
    fn empty() -> Self {
        Self::Null
    }
}

impl Empty for BigInteger {
    fn empty() -> Self {
        Self::default()
    }
}

impl Empty for BigDecimal {
    fn empty() -> Self {
        Self::from_str("0").unwrap_or_default()
    }
}

impl<T> Empty for Option<T> {
    #[inline]
    fn empty() -> Self {
        None
    }
}

impl<T> Empty for Vec<T> {
    #[inline]
    fn empty() -> Self {
        Self::new()
    }
}

impl<K, V> Empty for HashMap<K, V> {
    #[inline]
    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Empty> Empty for Box<T> {
    fn empty() -> Self {
        Self::new(T::empty())
    }
}
