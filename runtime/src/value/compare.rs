//! Equality and hash of every generated structure and union.

use super::{Node, Structure, Value};
use std::hash::{Hash, Hasher};

/// Whether two values are the same all the way down. A number that is not one equals nothing.
pub fn equal(left: &dyn Value, right: &dyn Value) -> bool {
    match (left.node(), right.node()) {
        (Node::Absent, Node::Absent) => true,
        (Node::Boolean(left), Node::Boolean(right)) => left == right,
        (Node::Integer(left), Node::Integer(right)) => left == right,
        (Node::Float(left), Node::Float(right)) => left == right,
        (Node::Double(left), Node::Double(right)) => left == right,
        (Node::Number(left), Node::Number(right)) => left == right,
        (Node::String(left), Node::String(right)) => left == right,
        (Node::Blob(left), Node::Blob(right)) => left == right,
        (Node::Timestamp(left), Node::Timestamp(right)) => left == right,
        (Node::Document(left), Node::Document(right)) => left == right,
        (Node::List(left), Node::List(right)) => {
            left.len() == right.len() && (0..left.len()).all(|index| both(left.item(index), right.item(index)))
        }
        (Node::Map(left), Node::Map(right)) => {
            let (left, right) = (left.entries(), right.entries());
            left.len() == right.len()
                && left.iter().zip(&right).all(|(left, right)| left.0 == right.0 && equal(left.1, right.1))
        }
        (Node::Structure(left), Node::Structure(right)) => {
            indexes(left).all(|index| both(left.member(index), right.member(index)))
        }
        (Node::Union(left), Node::Union(right)) => match (left.variant(), right.variant()) {
            (Ok(left), Ok(right)) => left.0 == right.0 && equal(left.1, right.1),
            (Err(left), Err(right)) => left == right,
            _ => false,
        },
        _ => false,
    }
}

/// Feeds a value to a hasher, all the way down; equal values feed the same.
pub fn hash(value: &dyn Value, mut state: &mut dyn Hasher) {
    // `&mut dyn Hasher` is a `Hasher`, so what implements `Hash` takes a reference to it.
    let state = &mut state;
    match value.node() {
        Node::Absent => 0_u8.hash(state),
        Node::Boolean(value) => value.hash(state),
        Node::Integer(value) => value.hash(state),
        Node::Float(value) => value.to_bits().hash(state),
        Node::Double(value) => value.to_bits().hash(state),
        Node::Number(value) | Node::String(value) => value.hash(state),
        Node::Blob(value) => value.hash(state),
        Node::Timestamp(value) => value.hash(state),
        // Two documents may be equal in many ways of writing; that there is one says enough.
        Node::Document(_) => 1_u8.hash(state),
        Node::List(list) => {
            list.len().hash(state);
            (0..list.len()).filter_map(|index| list.item(index)).for_each(|item| hash(item, *state));
        }
        Node::Map(map) => {
            let entries = map.entries();
            entries.len().hash(state);
            for (key, value) in entries {
                key.hash(state);
                hash(value, *state);
            }
        }
        Node::Structure(structure) => {
            indexes(structure).filter_map(|index| structure.member(index)).for_each(|member| hash(member, *state));
        }
        Node::Union(union) => match union.variant() {
            Ok((index, value)) => {
                index.hash(state);
                hash(value, *state);
            }
            Err(unknown) => unknown.hash(state),
        },
    }
}

fn both(left: Option<&dyn Value>, right: Option<&dyn Value>) -> bool {
    left.zip(right).is_some_and(|(left, right)| equal(left, right))
}

fn indexes(structure: &dyn Structure) -> std::ops::Range<usize> {
    0..structure.shape().members().len()
}

#[cfg(test)]
mod tests {
    use crate::path::fixture::{Job, Part};
    use std::collections::HashMap;
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

    fn part(state: &str) -> Part {
        Part::builder().state(state).codes("1").codes("2").build()
    }

    #[test]
    fn values_are_equal_all_the_way_down() {
        let job = |state: &str| Job::builder().ready(true).parts(part(state)).named("a", part("b")).build();
        assert_eq!(job("done"), job("done"));
        assert_ne!(job("done"), job("failed"));
        assert_ne!(job("done"), Job::builder().ready(true).parts(part("done")).build());
        assert_ne!(Part::builder().build(), Part::builder().state("").build());
    }

    #[test]
    fn equal_values_hash_alike_and_lists_do_not_run_together() {
        let hasher = BuildHasherDefault::<DefaultHasher>::new();
        assert_eq!(hasher.hash_one(part("done")), hasher.hash_one(part("done")));
        let split = |state: &str, code: &str| Part::builder().state(state).codes(code).build();
        assert_ne!(hasher.hash_one(split("ab", "c")), hasher.hash_one(split("a", "bc")));
        let mut known = HashMap::new();
        known.insert(part("done"), 1);
        assert_eq!(known.get(&part("done")), Some(&1));
    }
}
