//! Where the decoder is, and what it noticed on the way.

use crate::schema::{Kind, Member, Shape};
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

/// Where the decoder is: a chain on the stack, which becomes a path only when somebody has to be told.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    above: Option<&'a Place<'a>>,
    way: Way<'a>,
    /// The shape of what stands here.
    pub(super) shape: &'static Shape,
}

/// The last step to a place.
#[derive(Clone, Copy)]
enum Way<'a> {
    Top,
    Member(&'static str),
    Item(usize),
    Key(&'a str),
}

impl<'a> Place<'a> {
    pub(super) fn top(shape: &'static Shape) -> Self {
        Self { above: None, way: Way::Top, shape }
    }

    pub(super) fn member(&'a self, member: &'static Member) -> Self {
        Self { above: Some(self), way: Way::Member(member.name), shape: member.shape }
    }

    pub(super) fn item(&'a self, index: usize, shape: &'static Shape) -> Self {
        Self { above: Some(self), way: Way::Item(index), shape }
    }

    pub(super) fn key(&'a self, key: &'a str, shape: &'static Shape) -> Self {
        Self { above: Some(self), way: Way::Key(key), shape }
    }

    /// Whether what stands here is part of something sensitive.
    pub(super) fn is_sensitive(&self) -> bool {
        self.shape.sensitive || self.above.is_some_and(Place::is_sensitive)
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = self.above.map(Place::steps).unwrap_or_default();
        match self.way {
            Way::Top => {}
            Way::Member(name) => steps.push(Step::Member(name)),
            Way::Item(index) => steps.push(Step::Item(index)),
            Way::Key(_) if self.above.is_some_and(Place::hides_keys) => steps.push(Step::HiddenKey),
            Way::Key(key) => steps.push(Step::Key(key.to_owned())),
        }
        steps
    }

    fn hides_keys(&self) -> bool {
        let key = match &self.shape.kind {
            Kind::Map(collection) => collection.key,
            _ => None,
        };
        key.is_some_and(|key| key.sensitive) || self.is_sensitive()
    }
}

/// The state of one decode.
pub(super) struct Context {
    pub(super) wire: bool,
    /// Whether the text is a request's, so that `null` in a list or map that holds none counts as missing.
    request: bool,
    /// The innermost place that an error passed through.
    failed: Option<Vec<Step>>,
    missing: Missing,
    pub(super) order: Order,
}

impl Context {
    pub(super) fn new(wire: bool) -> Self {
        Self { wire, request: false, failed: None, missing: Missing::default(), order: Order::default() }
    }

    #[cfg(feature = "server")]
    pub(super) fn of_request() -> Self {
        Self { request: true, ..Self::new(true) }
    }

    /// Keeps where the error came from, if no place below has done so.
    #[cold]
    pub(super) fn at<E>(&mut self, place: &Place<'_>, error: E) -> E {
        self.failed.get_or_insert_with(|| place.steps());
        error
    }

    /// Notes that nothing stands where the model wants a value.
    #[cold]
    pub(super) fn missing(&mut self, place: &Place<'_>) {
        self.missing.total += 1;
        if self.missing.paths.len() < NAMED {
            self.missing.paths.push(place.steps());
        }
    }

    /// Notes a `null` where the model has none.
    pub(super) fn null(&mut self, place: &Place<'_>) {
        if self.request {
            self.missing(place);
        }
    }

    pub(super) fn into_missing(self) -> Missing {
        self.missing
    }

    pub(super) fn into_error(self, source: serde_json::Error) -> DecodeError {
        DecodeError { path: path(&self.failed.unwrap_or_default()), source }
    }
}

/// Which member came after which. A service writes the members of a shape in one order, item after item, so the one
/// that followed last time is a good guess; a wrong one costs a search.
pub(super) struct Order([u8; 32]);

impl Default for Order {
    /// The order of the model.
    fn default() -> Self {
        Self(std::array::from_fn(|index| index as u8))
    }
}

impl Order {
    /// The index of the member that may come next; `place` is 0 at the start, else 1 more than the last one's index.
    pub(super) fn guess(&self, place: usize) -> usize {
        self.0.get(place).map_or(place, |index| usize::from(*index))
    }

    pub(super) fn learn(&mut self, place: usize, index: usize) {
        if let (Some(entry), Ok(index)) = (self.0.get_mut(place), u8::try_from(index)) {
            *entry = index;
        }
    }
}
