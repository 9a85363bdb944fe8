//! Where the decoder is, and what it noticed on the way.

use std::fmt::{Display, Formatter, Result, Write};

/// How many missing members are named; more are counted.
const NAMED: usize = 16;

/// The required members that a response left out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Missing {
    paths: Vec<Vec<Step>>,
    total: usize,
}

impl Missing {
    /// Whether everything required was there.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The path of the first missing member, such as `services[0].arn`.
    pub fn first(&self) -> Option<String> {
        self.paths.first().map(|steps| path(steps))
    }

    /// The way to each missing member.
    #[cfg(feature = "validate")]
    pub(crate) fn steps(&self) -> impl Iterator<Item = &[Step]> {
        self.paths.iter().map(Vec::as_slice)
    }
}

impl Display for Missing {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (index, steps) in self.paths.iter().enumerate() {
            write!(f, "{}`{}`", if index == 0 { "" } else { ", " }, path(steps))?;
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Member(&'static str),
    Item(usize),
    Key(String),
    /// The key is sensitive.
    HiddenKey,
}

/// The steps as a path such as `services[3].tags["team"]`.
pub(crate) fn path(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        let _ = match step {
            Step::Member(name) if text.is_empty() => write!(text, "{name}"),
            Step::Member(name) => write!(text, ".{name}"),
            Step::Item(index) => write!(text, "[{index}]"),
            Step::Key(key) => write!(text, "[{key:?}]"),
            Step::HiddenKey => write!(text, "[*]"),
        };
    }
    text
}

/// The state of one decode. A step is left on the path when an error passes through.
pub(super) struct Context {
    pub(super) wire: bool,
    /// Whether the text is a request's, so that `null` in a list or map that holds none counts as missing.
    request: bool,
    path: Vec<Step>,
    missing: Missing,
}

impl Context {
    pub(super) fn new(wire: bool) -> Self {
        Self { wire, request: false, path: Vec::new(), missing: Missing::default() }
    }

    #[cfg(feature = "server")]
    pub(super) fn of_request() -> Self {
        Self { request: true, ..Self::new(true) }
    }

    pub(super) fn enter(&mut self, step: Step) {
        self.path.push(step);
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    pub(super) fn missing(&mut self, member: &'static str) {
        self.path.push(Step::Member(member));
        self.missing_here();
        self.path.pop();
    }

    /// Notes a `null` where the model has none.
    pub(super) fn null(&mut self) {
        if self.request {
            self.missing_here();
        }
    }

    fn missing_here(&mut self) {
        self.missing.total += 1;
        if self.missing.paths.len() < NAMED {
            self.missing.paths.push(self.path.clone());
        }
    }

    pub(super) fn into_missing(self) -> Missing {
        self.missing
    }

    pub(super) fn into_error(self, source: serde_json::Error) -> DecodeError {
        DecodeError { path: path(&self.path), source }
    }
}
