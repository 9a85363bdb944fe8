//! Waiters: what to look for after each poll, and where the service says why.

use super::graph::{Graph, Node};
use super::path;
use crate::ir::{Acceptor, Comparator, Expr, Matcher, Path, Waiter, WaiterState};
use crate::parse::{Kind, Shape};
use crate::traits::TraitsExt;
use crate::{Error, docs, names};
use serde::Deserialize;
use std::collections::BTreeMap;

const NAME: &str = "smithy.waiters#waitable";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Waitable {
    #[serde(default)]
    documentation: String,
    acceptors: Vec<AcceptorTrait>,
    #[serde(default = "two")]
    min_delay: u64,
    #[serde(default = "two_minutes")]
    max_delay: u64,
    #[serde(default)]
    deprecated: bool,
}

fn two() -> u64 {
    2
}

fn two_minutes() -> u64 {
    120
}

#[derive(Deserialize)]
struct AcceptorTrait {
    state: State,
    matcher: MatcherTrait,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum State {
    Success,
    Failure,
    Retry,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum MatcherTrait {
    Success(bool),
    ErrorType(String),
    Output(PathMatcher),
    InputOutput(PathMatcher),
}

#[derive(Deserialize)]
struct PathMatcher {
    path: String,
    expected: String,
    comparator: String,
}

/// The waiters of an operation, by name.
pub(super) fn lower(graph: Graph<'_>, id: &str, shape: &Shape) -> Result<Vec<Waiter>, Error> {
    let waiters: BTreeMap<String, Waitable> = shape.traits.read(id, NAME)?.unwrap_or_default();
    let mut result = Vec::with_capacity(waiters.len());
    for (name, waitable) in waiters {
        let what = format!("waiter `{name}` of `{id}`");
        let acceptors =
            waitable.acceptors.into_iter().map(|acceptor| lower_acceptor(graph, id, &what, shape, acceptor));
        result.push(Waiter {
            snake: names::snake(&name),
            rust_name: names::type_name(&name),
            docs: docs::lines(&waitable.documentation),
            min_delay: waitable.min_delay,
            max_delay: waitable.max_delay.max(waitable.min_delay),
            deprecated: waitable.deprecated.then(String::new),
            acceptors: acceptors.collect::<Result<_, _>>()?,
            name,
        });
    }
    Ok(result)
}

fn lower_acceptor(
    graph: Graph<'_>,
    id: &str,
    what: &str,
    shape: &Shape,
    acceptor: AcceptorTrait,
) -> Result<Acceptor, Error> {
    let target = |target: &Option<crate::parse::Target>| -> String {
        target.as_ref().map_or("smithy.api#Unit".into(), |target| target.target.clone())
    };
    let (input, output) = (target(&shape.input), target(&shape.output));
    let mut reason = None;
    let matcher = match acceptor.matcher {
        MatcherTrait::Success(success) => Matcher::Success(success),
        MatcherTrait::ErrorType(error) => Matcher::ErrorType(super::graph::name(&error).into()),
        MatcherTrait::Output(of) => {
            let path = path::of_structure(graph, what, &output, &of.path)?;
            reason = find_reason(graph, what, &output, &path);
            Matcher::Output { path, comparator: comparator(id, &of.comparator)?, expected: of.expected }
        }
        MatcherTrait::InputOutput(of) => {
            let path = path::of_call(graph, what, (&input, &output), &of.path)?;
            Matcher::InputOutput { path, comparator: comparator(id, &of.comparator)?, expected: of.expected }
        }
    };
    let state = match acceptor.state {
        State::Success => WaiterState::Success,
        State::Failure => WaiterState::Failure,
        State::Retry => WaiterState::Retry,
    };
    Ok(Acceptor { state, matcher, reason })
}

fn comparator(id: &str, name: &str) -> Result<Comparator, Error> {
    match name {
        "stringEquals" => Ok(Comparator::StringEquals),
        "booleanEquals" => Ok(Comparator::BooleanEquals),
        "allStringEquals" => Ok(Comparator::AllStringEquals),
        "anyStringEquals" => Ok(Comparator::AnyStringEquals),
        other => Err(Error::bad_trait(id, NAME, format!("`{other}` is no comparator"))),
    }
}

/// The text beside the member that a path of plain fields ends at, and that explains it: `statusMessage` beside
/// `status`.
fn find_reason(graph: Graph<'_>, what: &str, output: &str, path: &Path) -> Option<Path> {
    let fields = fields(&path.expr)?;
    let (last, above) = fields.split_last()?;
    let mut id = output.to_owned();
    for name in above {
        let (_, structure) = graph.get_as(what, &id, Kind::Structure).ok()?;
        id.clone_from(&structure.members.0.iter().find(|(known, _)| known == name)?.1.target);
    }
    let (_, structure) = graph.get_as(what, &id, Kind::Structure).ok()?;
    let is_text = |name: &str| {
        let member = structure.members.0.iter().find(|(known, _)| known == name).map(|(_, member)| member);
        match member.map(|member| graph.get(what, &member.target)) {
            Some(Ok(Node::Prelude(prelude))) => prelude == crate::ir::Prelude::String,
            Some(Ok(Node::Shape(_, shape))) => shape.kind == Kind::String && !shape.traits.has("enum"),
            _ => false,
        }
    };
    let upper = last.starts_with(|c: char| c.is_ascii_uppercase());
    let general =
        ["statusMessage", "statusReason", "failureMessage", "failureReason", "reason"].map(|name| match upper {
            true => name[..1].to_ascii_uppercase() + &name[1..],
            false => name.to_owned(),
        });
    let own = ["Message", "Reason", "Details"].map(|suffix| format!("{last}{suffix}"));
    let name = own.into_iter().chain(general).find(|name| is_text(name))?;
    let text: Vec<&str> = above.iter().map(String::as_str).chain([name.as_str()]).collect();
    path::of_structure(graph, what, output, &text.join(".")).ok()
}

/// The names of a path that is nothing but fields of structures.
fn fields(expr: &Expr) -> Option<Vec<String>> {
    match expr {
        Expr::Current => Some(Vec::new()),
        Expr::Field { of, name, index: Some(_) } => {
            let mut fields = fields(of)?;
            fields.push(name.clone());
            Some(fields)
        }
        _ => None,
    }
}
