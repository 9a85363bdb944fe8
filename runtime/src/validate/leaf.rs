//! The constraints of one value, without what is below it.

use super::{Constraint, Unit, pattern};
use crate::codec::View;
use crate::schema::{Collection, Kind, Number, Shape};
use crate::value::{List, Node};
use std::cmp::Ordering;
use std::collections::HashSet;

/// Text longer than this is not matched against a pattern where it is too long anyway.
const MATCHED: usize = 16 * 1024;

/// Gives `report` each constraint of the shape that the value does not meet.
pub(super) fn check(node: &Node<'_>, shape: &'static Shape, report: &mut dyn FnMut(Constraint)) {
    let constraints = &shape.constraints;
    let mut too_long = false;
    if let Some((min, max)) = constraints.length
        && let Some((length, unit)) = length(node)
    {
        too_long = length > max;
        if too_long {
            report(Constraint::MaxLength(max, unit));
        }
        if length < min {
            report(Constraint::MinLength(min, unit));
        }
    }
    if let (Some(pattern), Node::String(text)) = (constraints.pattern, node)
        && !(too_long && text.len() > MATCHED)
        && !pattern::matches(pattern, text)
    {
        report(Constraint::Pattern(pattern));
    }
    if let Some((min, max)) = constraints.range
        && let Some(number) = number(node)
    {
        if let Some(min) = min.filter(|min| !matches!(compare(number, *min), Some(Ordering::Greater | Ordering::Equal)))
        {
            report(Constraint::Minimum(min));
        }
        if let Some(max) = max.filter(|max| !matches!(compare(number, *max), Some(Ordering::Less | Ordering::Equal))) {
            report(Constraint::Maximum(max));
        }
    }
    match (&shape.kind, node) {
        (Kind::Enum(values), Node::String(text)) if !values.contains(text) => report(Constraint::Enum(values)),
        (Kind::IntEnum(values), Node::Integer(number)) if !values.iter().any(|value| i64::from(*value) == *number) => {
            report(Constraint::IntEnum(values));
        }
        (Kind::List(collection), Node::List(list)) if constraints.unique_items && equal_items(*list, collection) => {
            report(Constraint::UniqueItems);
        }
        _ => {}
    }
}

/// How long a value is, and in what.
fn length(node: &Node<'_>) -> Option<(u64, Unit)> {
    let (length, unit) = match node {
        Node::String(text) => (text.chars().count(), Unit::Characters),
        Node::Blob(bytes) => (bytes.len(), Unit::Bytes),
        Node::List(list) => (list.len(), Unit::Items),
        Node::Map(map) => (map.entries().len(), Unit::Entries),
        _ => return None,
    };
    Some((u64::try_from(length).unwrap_or(u64::MAX), unit))
}

fn number(node: &Node<'_>) -> Option<Number> {
    match node {
        Node::Integer(number) => Some(Number::Integer(*number)),
        Node::Float(number) => Some(Number::Float(f64::from(*number))),
        Node::Double(number) => Some(Number::Float(*number)),
        Node::Number(digits) => digits.parse().map(Number::Integer).or_else(|_| digits.parse().map(Number::Float)).ok(),
        _ => None,
    }
}

/// `None` where one of them is not a number.
fn compare(left: Number, right: Number) -> Option<Ordering> {
    let float = |number| match number {
        Number::Integer(number) => number as f64,
        Number::Float(number) => number,
    };
    match (left, right) {
        (Number::Integer(left), Number::Integer(right)) => Some(left.cmp(&right)),
        (left, right) => float(left).partial_cmp(&float(right)),
    }
}

/// Whether two items are the same on the wire.
fn equal_items(list: &dyn List, collection: &'static Collection) -> bool {
    let mut seen = HashSet::new();
    (0..list.len()).filter_map(|index| list.item(index)).any(|item| {
        let view = View { node: item.node(), shape: collection.value, wire: true };
        serde_json::to_string(&view).is_ok_and(|text| !seen.insert(text))
    })
}
