//! Which constraint it is, in the words of a client and in those of a service.

use crate::schema::Number;
use std::fmt::{Display, Formatter, Result};

/// A constraint of the model that does not hold.
///
/// `Display` goes on after "must": `have at most 100 characters`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// A value is required and there is none.
    Required,
    /// At least this many.
    MinLength(u64, Unit),
    /// At most this many.
    MaxLength(u64, Unit),
    /// The regular expression matches somewhere in the text.
    Pattern(&'static str),
    /// A number not below this.
    Minimum(Number),
    /// A number not above this.
    Maximum(Number),
    /// One of these texts. A newer service may know more of them.
    Enum(&'static [&'static str]),
    /// One of these numbers. A newer service may know more of them.
    IntEnum(&'static [i32]),
    /// No two equal items.
    UniqueItems,
    /// One member, of those that the model names. A newer service may know more of them.
    Union,
}

/// What a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points of a text.
    Characters,
    /// Bytes of a blob.
    Bytes,
    /// Items of a list.
    Items,
    /// Entries of a map.
    Entries,
}

impl Display for Constraint {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Required => f.write_str("have a value"),
            Self::MinLength(min, unit) => write!(f, "have at least {min} {}", unit.of(*min)),
            Self::MaxLength(max, unit) => write!(f, "have at most {max} {}", unit.of(*max)),
            Self::Pattern(pattern) => write!(f, "match `{pattern}`"),
            Self::Minimum(min) => write!(f, "be at least {min}"),
            Self::Maximum(max) => write!(f, "be at most {max}"),
            Self::Enum(values) => write!(f, "be one of {}", values.join(", ")),
            Self::IntEnum(values) => write!(f, "be one of {}", joined(values)),
            Self::UniqueItems => f.write_str("have no two equal items"),
            Self::Union => f.write_str("have exactly one member that the model names"),
        }
    }
}

impl Constraint {
    /// What AWS services write: `Member must have length less than or equal to 100`.
    pub fn service_message(&self) -> String {
        match self {
            Self::Required => "Member must not be null".to_owned(),
            Self::MinLength(min, _) => format!("Member must have length greater than or equal to {min}"),
            Self::MaxLength(max, _) => format!("Member must have length less than or equal to {max}"),
            Self::Pattern(pattern) => format!("Member must satisfy regular expression pattern: {pattern}"),
            Self::Minimum(min) => format!("Member must have value greater than or equal to {min}"),
            Self::Maximum(max) => format!("Member must have value less than or equal to {max}"),
            Self::Enum(values) => format!("Member must satisfy enum value set: [{}]", values.join(", ")),
            Self::IntEnum(values) => format!("Member must satisfy enum value set: [{}]", joined(values)),
            Self::UniqueItems => "Member must have unique values".to_owned(),
            Self::Union => "Member must have exactly one member set".to_owned(),
        }
    }
}

impl Unit {
    /// So many, in words.
    pub(super) fn count(self, count: usize) -> String {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        format!("{count} {}", self.of(count))
    }

    fn of(self, count: u64) -> &'static str {
        match (self, count) {
            (Self::Characters, 1) => "character",
            (Self::Characters, _) => "characters",
            (Self::Bytes, 1) => "byte",
            (Self::Bytes, _) => "bytes",
            (Self::Items, 1) => "item",
            (Self::Items, _) => "items",
            (Self::Entries, 1) => "entry",
            (Self::Entries, _) => "entries",
        }
    }
}

fn joined(numbers: &[i32]) -> String {
    numbers.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")
}
