//! Regular expressions of the model, each compiled once for the process.
//!
//! regex-lite matches in time linear in the text whatever the pattern, so that a service can check what strangers send.
//! It knows neither look-around nor Unicode classes: the generator leaves such patterns out of the tables and says so in
//! the documentation. Other than ECMA 262, `\s` is ASCII here, as with the services themselves.

use regex_lite::Regex;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Whether the expression matches somewhere in the text. One that cannot be compiled matches all.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

fn compiled(pattern: &'static str) -> Option<Regex> {
    static CACHE: RwLock<Option<HashMap<&'static str, Option<Regex>>>> = RwLock::new(None);
    let known = CACHE.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = known.as_ref().and_then(|cache| cache.get(pattern)) {
        return regex.clone();
    }
    drop(known);
    let regex = Regex::new(pattern)
        .inspect_err(|error| tracing::warn!(pattern, %error, "a pattern of the model is not checked"))
        .ok();
    let mut cache = CACHE.write().unwrap_or_else(PoisonError::into_inner);
    cache.get_or_insert_default().insert(pattern, regex.clone());
    regex
}
