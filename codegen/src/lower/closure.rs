//! Everything that the selected operations reach, with each trait on the way checked.

use super::graph::{Graph, Node};
use super::select::Selection;
use crate::parse::{Kind, Member, Model, Shape};
use crate::traits::{self, TraitsExt};
use crate::{Error, ir};
use std::collections::BTreeSet;

/// Ids of what is reached. Inputs and outputs are in `visited` only, unless something else refers to them.
#[derive(Default)]
pub(super) struct Closure<'a> {
    pub(super) visited: BTreeSet<&'a str>,
    pub(super) structures: BTreeSet<&'a str>,
    pub(super) unions: BTreeSet<&'a str>,
    /// Enums of text.
    pub(super) enums: BTreeSet<&'a str>,
    pub(super) errors: BTreeSet<&'a str>,
    /// Errors that an operation or the service names.
    pub(super) thrown: BTreeSet<&'a str>,
}

pub(super) fn walk<'a>(
    graph: Graph<'a>,
    service_id: &'a str,
    service: &'a Shape,
    selection: &Selection<'a>,
) -> Result<Closure<'a>, Error> {
    let mut closure = Closure::default();
    traits::check(service_id, &service.traits)?;
    closure.visited.insert(service_id);
    for id in &selection.resources {
        let (id, resource) = graph.get_as(id, id, Kind::Resource)?;
        traits::check(id, &resource.traits)?;
        closure.visited.insert(id);
    }
    let mut queue = Vec::new();
    for target in service.errors.iter().filter(|_| !selection.operations.is_empty()) {
        closure.thrown.insert(error(graph, service_id, &target.target)?);
        queue.push((service_id.to_owned(), target.target.as_str()));
    }
    for id in selection.operations.values() {
        let (id, operation) = graph.get_as(id, id, Kind::Operation)?;
        traits::check(id, &operation.traits)?;
        closure.visited.insert(id);
        for target in [&operation.input, &operation.output].into_iter().flatten() {
            if !matches!(graph.get(id, &target.target)?, Node::Unit) {
                let (id, shape) = graph.get_as(id, &target.target, Kind::Structure)?;
                closure.visited.insert(id);
                members(id, shape, &mut queue)?;
            }
        }
        for target in &operation.errors {
            closure.thrown.insert(error(graph, id, &target.target)?);
            queue.push((id.to_owned(), &target.target));
        }
    }
    while let Some((from, to)) = queue.pop() {
        if let Node::Shape(id, shape) = graph.get(&from, to)? {
            closure.visit(&from, id, shape, &mut queue)?;
        }
    }
    Ok(closure)
}

fn error<'a>(graph: Graph<'a>, from: &str, target: &str) -> Result<&'a str, Error> {
    let (id, shape) = graph.get_as(from, target, Kind::Structure)?;
    if shape.traits.has("error") {
        return Ok(id);
    }
    Err(Error::shape(id, format!("is named as an error by `{from}` but has no `smithy.api#error`"), "add that trait"))
}

/// The members of any shape go onto the queue.
fn members<'a>(id: &'a str, shape: &'a Shape, queue: &mut Vec<(String, &'a str)>) -> Result<(), Error> {
    traits::check(id, &shape.traits)?;
    let named = shape.members.0.iter().map(|(name, member)| (name.as_str(), member));
    let unnamed: [(&str, &Option<Member>); 3] =
        [("member", &shape.member), ("key", &shape.key), ("value", &shape.value)];
    for (name, member) in named.chain(unnamed.into_iter().filter_map(|(name, member)| Some((name, member.as_ref()?)))) {
        let member_id = format!("{id}${name}");
        traits::check(&member_id, &member.traits)?;
        queue.push((member_id, &member.target));
    }
    Ok(())
}

impl<'a> Closure<'a> {
    fn visit(
        &mut self,
        from: &str,
        id: &'a str,
        shape: &'a Shape,
        queue: &mut Vec<(String, &'a str)>,
    ) -> Result<(), Error> {
        let new = match shape.kind {
            Kind::Structure if shape.traits.has("error") => self.errors.insert(id),
            Kind::Structure => self.structures.insert(id),
            Kind::Union => self.unions.insert(id),
            Kind::Enum => self.enums.insert(id),
            Kind::String if shape.traits.has("enum") => self.enums.insert(id),
            Kind::Apply | Kind::Operation | Kind::Resource | Kind::Service => {
                let (from, to, found) = (from.into(), id.into(), shape.kind.describe());
                return Err(Error::WrongKind { from, to, found, expected: "data" });
            }
            _ => !self.visited.contains(id),
        };
        self.visited.insert(id);
        if !new {
            return Ok(());
        }
        // The members of an enum are its values: they lead nowhere.
        match shape.kind {
            Kind::Enum | Kind::IntEnum => members(id, shape, &mut Vec::new()),
            _ => members(id, shape, queue),
        }
    }

    /// Counts what is generated and lists what is not.
    pub(super) fn report(&self, model: &Model, selection: &Selection<'_>) -> ir::Report {
        let mut report = ir::Report {
            operations: selection.operations.len(),
            shapes: self.visited.len(),
            skipped: selection.skipped.clone(),
            unselected: selection.unselected,
            ..ir::Report::default()
        };
        for (id, shape) in &model.shapes {
            if self.visited.contains(id.as_str()) {
                *report.kinds.entry(shape.kind.name().into()).or_default() += 1;
            } else if !shape.traits.has("trait") && !shape.traits.has("mixin") {
                report.unreachable.push(id.clone());
            }
        }
        report
    }
}
