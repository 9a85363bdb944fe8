//! Views of lists and maps.

use super::{Empty, List, Map, Node, Slot, Value};
use std::collections::HashMap;
use std::hash::Hash;

impl<T: Value + Empty> Value for Vec<T> {
    fn node(&self) -> Node<'_> {
        Node::List(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Value + Empty> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        self.get(index).map(|item| item as &dyn Value)
    }

    fn push(&mut self) -> &mut dyn Value {
        let index = self.len();
        self.push(T::empty());
        &mut self[index]
    }
}

impl<K, V> Value for HashMap<K, V>
where
    K: AsRef<str> + for<'a> From<&'a str> + Eq + Hash + Send + Sync,
    V: Value + Empty,
{
    fn node(&self) -> Node<'_> {
        Node::Map(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

impl<K, V> Map for HashMap<K, V>
where
    K: AsRef<str> + for<'a> From<&'a str> + Eq + Hash + Send + Sync,
    V: Value + Empty,
{
    fn entries(&self) -> Vec<(&str, &dyn Value)> {
        let mut entries: Vec<_> = self.iter().map(|(key, value)| (key.as_ref(), value as &dyn Value)).collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        entries
    }

    fn insert(&mut self, key: &str) -> &mut dyn Value {
        self.entry(K::from(key)).insert_entry(V::empty()).into_mut()
    }
}
