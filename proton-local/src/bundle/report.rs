//! What is wrong with a bundle, and where.

use super::yaml::{Place, YamlError};
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The file, as the bundle calls it.
    pub(crate) file: String,
    /// Where in the file; none where it is about the whole.
    pub(crate) at: Option<Place>,
    /// What is wrong.
    pub(crate) reason: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

impl Fault {
    /// About a whole file, or one that is missing.
    pub(crate) fn whole(file: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { file: file.into(), at: None, reason: reason.into(), hint: None }
    }

    /// About a place in a file.
    pub(crate) fn at(file: impl Into<String>, at: Place, reason: impl Into<String>) -> Self {
        Self { file: file.into(), at: Some(at), reason: reason.into(), hint: None }
    }

    /// Says what to do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// About text that is not YAML.
    pub(crate) fn yaml(file: &str, error: YamlError) -> Self {
        Self::at(file, error.at, format!("not YAML: {}", error.reason))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "{}:{at}: {}", self.file, self.reason)?,
            None => write!(f, "{}: {}", self.file, self.reason)?,
        }
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}
