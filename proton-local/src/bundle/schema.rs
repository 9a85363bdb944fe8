//! `schema.yaml`: the inputs that a template takes, as a part of OpenAPI 3.0's Schema Object.

mod format;
mod read;
mod validate;

pub(crate) use read::read;
pub(crate) use validate::{Invalid, with_defaults};

use format::Format;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The input types of a template.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schema {
    /// What an environment's spec may set.
    pub(crate) environment: Option<Type>,
    /// What an instance's spec may set.
    pub(crate) service: Option<Type>,
    /// What a pipeline's spec may set.
    pub(crate) pipeline: Option<Type>,
}

/// Which values a property takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Type {
    pub(crate) kind: Kind,
    pub(crate) default: Option<Json>,
    pub(crate) allowed: Option<Vec<Json>>,
    pub(crate) pattern: Option<String>,
    pub(crate) length: (Option<u64>, Option<u64>),
    pub(crate) items: (Option<u64>, Option<u64>),
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    /// Whether the minimum or the maximum itself is out.
    pub(crate) exclusive: (bool, bool),
    pub(crate) format: Option<Format>,
}

/// What a value is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Kind {
    /// Text.
    #[default]
    String,
    /// Any number.
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// Values of one type.
    Array(Box<Type>),
    /// Named values; any names where none are declared.
    Object {
        /// The names that are declared.
        properties: BTreeMap<String, Type>,
        /// Those that must be set.
        required: Vec<String>,
        /// Whether other names are taken too.
        open: bool,
    },
}

impl Kind {
    /// The name that schemas use, with its article for messages.
    pub(crate) fn named(&self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Number => "a number",
            Self::Integer => "an integer",
            Self::Boolean => "a boolean",
            Self::Array(_) => "an array",
            Self::Object { .. } => "an object",
        }
    }
}
