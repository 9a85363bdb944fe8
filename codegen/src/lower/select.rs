//! Collects the operations of a service and of its resources, and picks those to generate.

use super::graph::{self, Graph, Node};
use crate::Error;
use crate::ir::Skipped;
use crate::parse::{Kind, Shape, Target};
use crate::traits::TraitsExt;
use std::collections::{BTreeMap, BTreeSet};

/// The operations to generate, and what became of the others.
pub(super) struct Selection<'a> {
    /// Shape ids by name.
    pub(super) operations: BTreeMap<&'a str, &'a str>,
    /// The resources on the way.
    pub(super) resources: BTreeSet<&'a str>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) unselected: usize,
}

pub(super) fn select<'a>(
    graph: Graph<'a>,
    service_id: &'a str,
    service: &'a Shape,
    wanted: &[String],
) -> Result<Selection<'a>, Error> {
    let mut all =
        Selection { operations: BTreeMap::new(), resources: BTreeSet::new(), skipped: Vec::new(), unselected: 0 };
    let mut queue = vec![(service_id, service)];
    while let Some((id, shape)) = queue.pop() {
        for target in operations_of(shape) {
            add(graph, id, target, &mut all.operations)?;
        }
        for target in &shape.resources {
            let (id, resource) = graph.get_as(id, &target.target, Kind::Resource)?;
            if all.resources.insert(id) {
                queue.push((id, resource));
            }
        }
    }
    if !wanted.is_empty() {
        for name in wanted {
            if !all.operations.contains_key(name.as_str()) {
                return Err(Error::UnknownOperation { name: name.clone(), near: near(name, all.operations.keys()) });
            }
        }
        let before = all.operations.len();
        all.operations.retain(|name, _| wanted.iter().any(|wanted| wanted == name));
        all.unselected = before - all.operations.len();
    }
    leave_out_streams(graph, &mut all)?;
    match all.skipped.first().filter(|_| !wanted.is_empty()) {
        Some(Skipped { operation, reason }) => Err(Error::LeftOut { name: operation.clone(), reason: reason.clone() }),
        None => Ok(all),
    }
}

/// Everything that a service or resource names as an operation.
fn operations_of(shape: &Shape) -> impl Iterator<Item = &Target> {
    let lifecycle = [&shape.create, &shape.put, &shape.read, &shape.update, &shape.delete, &shape.list];
    shape.operations.iter().chain(&shape.collection_operations).chain(lifecycle.into_iter().flatten())
}

fn add<'a>(
    graph: Graph<'a>,
    from: &str,
    target: &'a Target,
    operations: &mut BTreeMap<&'a str, &'a str>,
) -> Result<(), Error> {
    let (id, _) = graph.get_as(from, &target.target, Kind::Operation)?;
    match operations.insert(graph::name(id), id) {
        Some(known) if known != id => Err(Error::Collision {
            first: known.into(),
            second: id.into(),
            rust: graph::name(id).into(),
            place: "the client".into(),
            advice: "rename one of the operations",
        }),
        _ => Ok(()),
    }
}

/// Operations that send or receive events are not requests with one answer.
fn leave_out_streams(graph: Graph<'_>, selection: &mut Selection<'_>) -> Result<(), Error> {
    let mut streams = Vec::new();
    for (name, id) in &selection.operations {
        let (_, operation) = graph.get_as(id, id, Kind::Operation)?;
        for (side, target) in [("input", &operation.input), ("output", &operation.output)] {
            let Some(target) = target else { continue };
            let Node::Shape(_, shape) = graph.get(id, &target.target)? else { continue };
            for (member, value) in &shape.members.0 {
                let member_id = format!("{}${member}", target.target);
                if let Node::Shape(_, Shape { kind: Kind::Union, traits, .. }) = graph.get(&member_id, &value.target)?
                    && (traits.has("streaming") || value.traits.has("streaming"))
                {
                    streams.push((*name, format!("member `{member}` of its {side} is an event stream")));
                }
            }
        }
    }
    for (name, reason) in streams {
        if selection.operations.remove(name).is_some() {
            selection.skipped.push(Skipped { operation: name.into(), reason });
        }
    }
    Ok(())
}

/// What the caller may have meant.
fn near<'a>(name: &str, all: impl Iterator<Item = &'a &'a str>) -> String {
    let wanted = name.to_ascii_lowercase();
    let mut scored: Vec<_> = all
        .map(|known| {
            let lower = known.to_ascii_lowercase();
            let contained = !wanted.is_empty() && (lower.contains(&wanted) || wanted.contains(&lower));
            (if contained { 1 } else { distance(&wanted, &lower) }, *known)
        })
        .collect();
    scored.sort_unstable();
    let close: Vec<_> = scored
        .iter()
        .filter(|(far, _)| *far <= 1 + wanted.len() / 4)
        .take(3)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    match close.as_slice() {
        [] => format!("it has {}, such as {}", scored.len(), scored.first().map_or("none", |(_, name)| name)),
        _ => format!("did you mean {}?", close.join(" or ")),
    }
}

/// How many letters have to be changed, added or removed.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.bytes().enumerate() {
        let mut above_left = row[0];
        row[0] = i + 1;
        for (j, b) in other.bytes().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (above_left + usize::from(a != b)).min(above + 1).min(row[j] + 1);
            above_left = above;
        }
    }
    row[other.len()]
}
