//! The traits that the generator knows: those it acts on, and those that change nothing for an awsJson client.
//!
//! A trait that stands in neither list stops the generator, because code that silently ignores what a model says is
//! worse than no code.

mod access;
mod inert;

pub(crate) use access::{TraitsExt, bool_of, str_of};

use crate::Error;
use crate::parse::Traits;

/// Traits that the generator acts on. `lower` has a use of each.
const SUPPORTED: &[&str] = &[
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "smithy.api#auth",
    "smithy.api#box",
    "smithy.api#clientOptional",
    "smithy.api#default",
    "smithy.api#deprecated",
    "smithy.api#documentation",
    "smithy.api#endpoint",
    "smithy.api#enum",
    "smithy.api#enumValue",
    "smithy.api#error",
    "smithy.api#hostLabel",
    "smithy.api#httpError",
    "smithy.api#idempotencyToken",
    "smithy.api#idempotent",
    "smithy.api#input",
    "smithy.api#length",
    "smithy.api#mixin",
    "smithy.api#optionalAuth",
    "smithy.api#output",
    "smithy.api#paginated",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#readonly",
    "smithy.api#requestCompression",
    "smithy.api#required",
    "smithy.api#retryable",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.api#timestampFormat",
    "smithy.api#title",
    "smithy.api#trait",
    "smithy.api#uniqueItems",
    "smithy.api#unitType",
    "smithy.rules#clientContextParams",
    "smithy.rules#contextParam",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
    "smithy.waiters#waitable",
];

/// Refuses a trait that the generator does not know.
pub(crate) fn check(shape: &str, traits: &Traits) -> Result<(), Error> {
    match traits.keys().find(|name| !is_known(name)) {
        Some(name) => Err(Error::UnknownTrait { shape: shape.into(), name: name.clone() }),
        None => Ok(()),
    }
}

/// Whether the generator knows the trait.
pub(crate) fn is_known(name: &str) -> bool {
    SUPPORTED.binary_search(&name).is_ok() || inert::reason(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_apart_from_the_other() {
        assert!(SUPPORTED.is_sorted());
        for name in SUPPORTED {
            assert!(inert::reason(name).is_none(), "{name}");
        }
    }

    #[test]
    fn every_trait_of_public_models_is_known() {
        for name in include_str!("../tests/public-traits.txt").lines() {
            assert!(is_known(name), "{name}");
        }
        assert!(!is_known("example#invented"));
    }
}
