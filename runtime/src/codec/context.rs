//! Where the decoder is, and what it noticed on the way.

use std::fmt::{Display, Formatter, Result, Write};

/// How many missing members are named; more are counted.
const NAMED: usize = 16;

/// The required members that a response left out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Missing {
    paths: Vec<String>,
    total: usize,
}

impl Missing {
    /// Whether everything required was there.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The path of the first missing member, such as `services[0].arn`.
    pub fn first(&self) -> Option<&str> {
        self.paths.first().map(String::as_str)
    }
}

impl Display for Missing {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (index, path) in self.paths.iter().enumerate() {
            write!(f, "{}`{path}`", if index == 0 { "" } else { ", " })?;
        }
        match self.total - self.paths.len() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// A response that could not be read.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
}

impl DecodeError {
    /// The member at which reading stopped, such as `services[3].createdAt`; empty at the top.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl Display for DecodeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.path.as_str() {
            "" => write!(f, "the response is not valid: {}", self.source),
            path => write!(f, "the response is not valid at `{path}`: {}", self.source),
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// One step from a value to a value below it.
#[derive(Clone)]
pub(super) enum Step {
    Member(&'static str),
    Item(usize),
    Key(String),
}

/// The state of one decode. A step is left on the path when an error passes through.
pub(super) struct Context {
    pub(super) wire: bool,
    path: Vec<Step>,
    missing: Missing,
}

impl Context {
    pub(super) fn new(wire: bool) -> Self {
        Self { wire, path: Vec::new(), missing: Missing::default() }
    }

    pub(super) fn enter(&mut self, step: Step) {
        self.path.push(step);
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    pub(super) fn missing(&mut self, member: &'static str) {
        self.missing.total += 1;
        if self.missing.paths.len() < NAMED {
            self.path.push(Step::Member(member));
            self.missing.paths.push(self.path());
            self.path.pop();
        }
    }

    pub(super) fn into_missing(self) -> Missing {
        self.missing
    }

    pub(super) fn into_error(self, source: serde_json::Error) -> DecodeError {
        DecodeError { path: self.path(), source }
    }

    fn path(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            let _ = match step {
                Step::Member(name) if text.is_empty() => write!(text, "{name}"),
                Step::Member(name) => write!(text, ".{name}"),
                Step::Item(index) => write!(text, "[{index}]"),
                Step::Key(key) => write!(text, "[{key:?}]"),
            };
        }
        text
    }
}
