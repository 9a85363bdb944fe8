//! Finds the members whose values have to be boxed because a type contains itself.
//!
//! Boxed is one member of each circle, the one with the first id: the choice of the official SDK. A circle through a
//! list or map needs no box.

use super::closure::Closure;
use super::graph::{Graph, Node};
use crate::parse::Kind;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Members by the shape that has them: their id and the structure or union that they hold.
type Edges<'a> = BTreeMap<&'a str, Vec<(String, &'a str)>>;

/// Ids of the members to box.
pub(super) fn boxed(graph: Graph<'_>, closure: &Closure<'_>) -> BTreeSet<String> {
    let mut edges = Edges::new();
    for id in closure.structures.iter().chain(&closure.unions).chain(&closure.errors) {
        let Ok(Node::Shape(id, shape)) = graph.get(id, id) else { continue };
        for (name, member) in &shape.members.0 {
            if let Ok(Node::Shape(target, held)) = graph.get(id, &member.target)
                && matches!(held.kind, Kind::Structure | Kind::Union)
            {
                edges.entry(id).or_default().push((format!("{id}${name}"), target));
            }
        }
    }
    let mut boxed = BTreeSet::new();
    let starts: Vec<&str> = edges.keys().copied().collect();
    for start in starts {
        while let Some(member) = circle(&edges, start).into_iter().min() {
            for members in edges.values_mut() {
                members.retain(|(id, _)| *id != member);
            }
            boxed.insert(member);
        }
    }
    boxed
}

/// The members of the shortest circle through the shape; none where there is no circle.
fn circle(edges: &Edges<'_>, start: &str) -> Vec<String> {
    let mut came: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(shape) = queue.pop_front() {
        for (member, target) in edges.get(shape).into_iter().flatten() {
            if *target == start {
                let mut members = vec![member.clone()];
                let mut shape = shape;
                while let Some((before, member)) = came.get(shape).filter(|_| shape != start) {
                    members.push((*member).to_owned());
                    shape = before;
                }
                return members;
            }
            if !came.contains_key(target) {
                came.insert(target, (shape, member));
                queue.push_back(target);
            }
        }
    }
    Vec::new()
}
