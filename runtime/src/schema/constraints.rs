//! The values that a shape admits, as the model states them.

/// Constraint traits of a shape. A trait on a member is kept on a shape of the member's own.
#[derive(Debug)]
pub struct Constraints {
    /// Shortest and longest length, both admitted (`smithy.api#length`).
    pub length: Option<(u64, u64)>,
    /// A regular expression that text matches somewhere (`smithy.api#pattern`).
    pub pattern: Option<&'static str>,
    /// Lowest and highest number, both admitted (`smithy.api#range`).
    pub range: Option<(Option<Number>, Option<Number>)>,
    /// Whether all items of a list differ (`smithy.api#uniqueItems`).
    pub unique_items: bool,
}

/// A bound of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}

impl Constraints {
    /// Admits every value.
    pub const NONE: Self = Self { length: None, pattern: None, range: None, unique_items: false };
}
