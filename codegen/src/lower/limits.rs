//! Constraint traits as data, and in words at the end of a member's documentation.

use crate::Error;
use crate::docs::{code, wrap};
use crate::ir::{Constraints, Leaf, Literal, Number, UncheckedPattern};
use crate::parse::Traits;
use crate::traits::{TraitsExt, bool_of};
use serde::Deserialize;

#[derive(Deserialize)]
struct Length {
    min: Option<u64>,
    max: Option<u64>,
}

#[derive(Deserialize)]
struct Range {
    min: Option<serde_json::Value>,
    max: Option<serde_json::Value>,
}

/// The constraints among the traits.
pub(super) fn constraints(shape: &str, traits: &Traits) -> Result<Constraints, Error> {
    let length: Option<Length> = traits.read(shape, "smithy.api#length")?;
    let range: Option<Range> = traits.read(shape, "smithy.api#range")?;
    let number = |value: Option<serde_json::Value>| value.map(|value| number(shape, &value)).transpose();
    let range = match range {
        Some(range) => Some((number(range.min)?, number(range.max)?)),
        None => None,
    };
    let unique = traits.api("uniqueItems").filter(|value| value.is_boolean());
    let unique = unique.map(|value| bool_of(shape, "smithy.api#uniqueItems", value)).transpose()?;
    Ok(Constraints {
        length: length.map(|length| (length.min.unwrap_or(0), length.max.unwrap_or(u64::MAX))),
        pattern: traits.text(shape, "pattern")?.map(Into::into),
        range: range.filter(|(min, max)| min.is_some() || max.is_some()),
        unique_items: unique.unwrap_or_else(|| traits.has("uniqueItems")),
    })
}

/// Takes the patterns out of the table that the runtime's engine cannot match, and names them.
pub(super) fn drop_unchecked(leaves: &mut [Leaf]) -> Vec<UncheckedPattern> {
    let mut dropped = Vec::new();
    for leaf in leaves {
        if let Some(pattern) = leaf.constraints.pattern.take_if(|pattern| !is_checked(pattern)) {
            dropped.push(UncheckedPattern { shape: leaf.shape_id.clone(), pattern });
        }
    }
    dropped
}

/// Whether the runtime can match the pattern: look-around, Unicode classes and surrogates are beyond it.
fn is_checked(pattern: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok()
}

/// A bound, which big numbers may give as text.
fn number(shape: &str, value: &serde_json::Value) -> Result<Number, Error> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let parsed = text.parse().map(Number::Integer).or_else(|_| text.parse().map(Number::Float));
    parsed.map_err(|_| Error::bad_trait(shape, "smithy.api#range", format!("`{text}` is no number")))
}

/// What a length counts.
#[derive(Clone, Copy)]
pub(super) enum Counted {
    Characters,
    Bytes,
    Items,
    Entries,
}

/// The constraints in words, such as `1 to 100 characters`.
pub(super) fn words(constraints: &Constraints, counted: Counted) -> Vec<String> {
    let mut words = Vec::new();
    if let Some((min, max)) = constraints.length {
        let (one, many) = match counted {
            Counted::Characters => ("character", "characters"),
            Counted::Bytes => ("byte", "bytes"),
            Counted::Items => ("item", "items"),
            Counted::Entries => ("entry", "entries"),
        };
        let unit = |n: u64| if n == 1 { one } else { many };
        match (min, max) {
            (0, u64::MAX) => {}
            (min, u64::MAX) => words.push(format!("at least {min} {}", unit(min))),
            (0, max) => words.push(format!("at most {max} {}", unit(max))),
            (min, max) if min == max => words.push(format!("exactly {min} {}", unit(min))),
            (min, max) => words.push(format!("{min} to {max} {}", unit(max))),
        }
    }
    if let Some(range) = constraints.range {
        match range {
            (Some(min), Some(max)) => words.push(format!("{} to {}", show(min), show(max))),
            (Some(min), None) => words.push(format!("at least {}", show(min))),
            (None, Some(max)) => words.push(format!("at most {}", show(max))),
            (None, None) => {}
        }
    }
    if let Some(pattern) = &constraints.pattern {
        let note = if is_checked(pattern) { "" } else { " (which the client cannot check)" };
        words.push(format!("matches {}{note}", code(pattern)));
    }
    if constraints.unique_items {
        words.push("no two items are equal".into());
    }
    words
}

fn show(number: Number) -> String {
    match number {
        Number::Integer(number) => number.to_string(),
        Number::Float(number) => number.to_string(),
    }
}

/// A default in words; `None` where it says nothing, as an empty list does.
pub(super) fn default_words(literal: &Literal) -> Option<String> {
    let text = match literal {
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) if value.is_infinite() => format!("{}Infinity", if *value < 0.0 { "-" } else { "" }),
        Literal::Float(value) => value.to_string(),
        Literal::String(value) | Literal::Enum(value) | Literal::Number(value) => code(value),
        Literal::Document(value) => code(&value.to_string()),
        Literal::Timestamp(seconds, _) => format!("{seconds} seconds after 1970"),
        Literal::Blob(_) | Literal::EmptyList | Literal::EmptyMap => "empty".into(),
    };
    (!text.is_empty()).then(|| format!("{text} by default"))
}

/// The last paragraph of a member's documentation.
pub(super) fn paragraph(docs: &mut Vec<String>, words: &[String]) {
    if words.is_empty() {
        return;
    }
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.extend(wrap(format!("Limits: {}.", words.join("; "))));
}
