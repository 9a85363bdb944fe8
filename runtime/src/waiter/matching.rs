//! Deciding what a poll means.

use super::table::{Acceptor, Expected, Matcher, Waiter};
use crate::path::{Found, Scalar};
use crate::value::Structure;
use aws_smithy_types::error::ErrorMetadata;
use std::fmt::{Display, Formatter};

/// What the service answered to one poll.
pub(super) struct Answer<'a> {
    pub(super) input: &'a dyn Structure,
    pub(super) result: Result<&'a dyn Structure, &'a ErrorMetadata>,
}

/// What ended a wait or keeps it going: `service.status is CREATE_FAILED`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Observed {
    subject: String,
    /// The status, or the error's code.
    pub(super) value: String,
}

impl Display for Observed {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is {}", self.subject, self.value)
    }
}

impl Waiter {
    /// The first acceptor that matches.
    pub(super) fn accept(&self, answer: &Answer<'_>) -> Option<&'static Acceptor> {
        self.acceptors.iter().find(|acceptor| acceptor.matcher.matches(answer))
    }

    /// The state that the resource is in, where the model lets it be shown.
    pub(super) fn observe(&self, answer: &Answer<'_>) -> Option<Observed> {
        let output = answer.result.ok()?;
        self.acceptors.iter().find_map(|acceptor| match &acceptor.matcher {
            Matcher::Output { path, expected: Expected::Text(_) } if !path.is_sensitive(output.shape()) => {
                let value = path.find(output).text()?.to_owned();
                Some(Observed { subject: path.to_string(), value })
            }
            _ => None,
        })
    }
}

impl Acceptor {
    /// What matched, in words; the expected value comes from the model and is no secret.
    pub(super) fn matched(&self, answer: &Answer<'_>) -> Observed {
        let observed = |subject: String, value: &str| Observed { subject, value: value.to_owned() };
        match &self.matcher {
            Matcher::Success(_) | Matcher::ErrorType(_) => match answer.result {
                Ok(_) => observed("the answer".to_owned(), "a success"),
                Err(error) => observed("the answer".to_owned(), error.code().unwrap_or("an error")),
            },
            Matcher::Output { path, expected } | Matcher::InputOutput { path, expected } => match expected {
                Expected::Text(text) => observed(path.to_string(), text),
                Expected::Boolean(value) => observed(path.to_string(), if *value { "true" } else { "false" }),
                Expected::All(text) => observed(format!("all of {path}"), text),
                Expected::Any(text) => observed(format!("one of {path}"), text),
            },
        }
    }

    /// The resource's own message, or the error's.
    pub(super) fn reason_in(&self, answer: &Answer<'_>) -> Option<String> {
        let text = match answer.result {
            Ok(output) => self.reason?.find(output).texts().collect::<Vec<_>>().join("; "),
            Err(error) => error.message()?.to_owned(),
        };
        // One line, whatever a deployment wrote into its message.
        let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let text = words.collect::<Vec<_>>().join(" ");
        Some(text).filter(|text| !text.is_empty())
    }
}

impl Matcher {
    fn matches(&self, answer: &Answer<'_>) -> bool {
        match (self, answer.result) {
            (Self::Success(success), result) => *success == result.is_ok(),
            (Self::ErrorType(name), Err(error)) => error.code().is_some_and(|code| bare(code) == bare(name)),
            (Self::Output { path, expected }, Ok(output)) => expected.equals(&path.find(output)),
            (Self::InputOutput { path, expected }, Ok(output)) => {
                expected.equals(&path.find_in_call(answer.input, output))
            }
            _ => false,
        }
    }
}

impl Expected {
    fn equals(&self, found: &Found<'_>) -> bool {
        let is = |scalar: &Scalar<'_>, text: &str| matches!(scalar, Scalar::Text(found) if found == text);
        match (self, found) {
            (Self::Text(text), found) => found.text() == Some(text),
            (Self::Boolean(value), found) => found.boolean() == Some(*value),
            (Self::All(text), Found::Many(items)) => !items.is_empty() && items.iter().all(|item| is(item, text)),
            (Self::Any(text), Found::Many(items)) => items.iter().any(|item| is(item, text)),
            _ => false,
        }
    }
}

fn bare(name: &str) -> &str {
    name.rsplit_once('#').map_or(name, |(_, name)| name)
}
