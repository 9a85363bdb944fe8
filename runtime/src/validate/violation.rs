//! A constraint that does not hold: where, which, and the value that it meets.

use super::Constraint;
use crate::codec::Step;
use std::error::Error;
use std::fmt::{Display, Formatter, Result as FmtResult};

/// A constraint that a value does not meet.
///
/// `Display` is for whoever made the value: `` `tags[3].key` must have at most 128 characters: "aaaa…" ``. Values that
/// the model marks as sensitive are left out, also from `Debug`.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    steps: Vec<Step>,
    constraint: Constraint,
    value: Shown,
}

/// What an error shows of a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// There is none.
    Absent,
    /// Nothing: it is sensitive.
    Hidden,
    /// Text, shortened.
    Text(String),
    /// A number, or how much a value holds.
    Summary(String),
}

/// All constraints that a structure does not meet, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidationError {
    violations: Vec<Violation>,
}

impl Violation {
    /// A required member without a value.
    pub(super) fn required(steps: Vec<Step>) -> Self {
        Self { steps, constraint: Constraint::Required, value: Shown::Absent }
    }

    /// A constraint that a value does not meet.
    pub(super) fn new(steps: Vec<Step>, constraint: Constraint, value: Shown) -> Self {
        Self { steps, constraint, value }
    }

    /// Where the value is, such as `tags[3].key`. Items count from 0; map keys are quoted, and hidden where sensitive.
    pub fn path(&self) -> String {
        crate::codec::path(&self.steps)
    }

    /// What does not hold.
    pub fn constraint(&self) -> &Constraint {
        &self.constraint
    }

    /// The value, shortened; for a list, map or blob what it holds in numbers. `None` where there is none, and where
    /// it is sensitive.
    pub fn value(&self) -> Option<&str> {
        match &self.value {
            Shown::Text(value) | Shown::Summary(value) => Some(value),
            Shown::Absent | Shown::Hidden => None,
        }
    }

    /// Whether the value is hidden because the model marks it as sensitive.
    pub fn is_sensitive(&self) -> bool {
        self.value == Shown::Hidden
    }

    /// What an AWS service writes of it:
    /// `Value 'x' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2`.
    pub fn service_message(&self) -> String {
        let value = match &self.value {
            Shown::Text(value) | Shown::Summary(value) => format!("Value '{value}'"),
            Shown::Hidden => "Value".to_owned(),
            Shown::Absent => "Value null".to_owned(),
        };
        let place = service_path(&self.steps);
        format!("{value} at '{place}' failed to satisfy constraint: {}", self.constraint.service_message())
    }

    #[cfg(feature = "validate")]
    pub(super) fn is_at_or_below(&self, other: &Self) -> bool {
        self.steps.starts_with(&other.steps)
    }
}

/// A path as AWS services write it: items are members that count from 1.
fn service_path(steps: &[Step]) -> String {
    let steps = steps.iter().map(|step| match step {
        Step::Member(name) => (*name).to_owned(),
        Step::Item(index) => format!("{}.member", index + 1),
        Step::Key(key) => key.clone(),
        Step::HiddenKey => "*".to_owned(),
    });
    steps.collect::<Vec<_>>().join(".")
}

impl Display for Violation {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        let Self { constraint, value, .. } = self;
        let path = self.path();
        match (constraint, value) {
            (Constraint::Required, _) => write!(f, "`{path}` is required and has no value"),
            (_, Shown::Text(value)) => write!(f, "`{path}` must {constraint}: {value:?}"),
            (_, Shown::Summary(value)) => write!(f, "`{path}` must {constraint}: {value}"),
            (_, Shown::Absent | Shown::Hidden) => write!(f, "`{path}` must {constraint}"),
        }
    }
}

impl ValidationError {
    pub(crate) fn of(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self { violations }) }
    }

    /// The violations, in the order of the model.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The violations, taken out.
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// What an AWS service writes of them: `2 validation errors detected: …; …`.
    pub fn service_message(&self) -> String {
        let all: Vec<_> = self.violations.iter().map(Violation::service_message).collect();
        let plural = if all.len() == 1 { "" } else { "s" };
        format!("{} validation error{plural} detected: {}", all.len(), all.join("; "))
    }
}

impl Display for ValidationError {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        for (index, violation) in self.violations.iter().enumerate() {
            write!(f, "{}{violation}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl Error for ValidationError {}
