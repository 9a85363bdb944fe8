//! `${Proton::CURRENT_VAL}`: the value that is stored already.

use super::{SpecError, error};
use crate::bundle::yaml::{self, Node, Place, Value};

/// Stands for the value that is stored already.
const CURRENT: &str = "${Proton::CURRENT_VAL}";
/// Why a value cannot be kept.
pub(super) const NOTHING: &str = "no value is stored that could be kept";

/// The text of a spec with each `${Proton::CURRENT_VAL}` replaced by what is stored; all else of it stays as it is.
///
/// Instances are found by name, wherever they stand.
///
/// # Errors
/// Text that is not YAML; a place where nothing is stored.
pub(crate) fn resolve_current(spec: &str, previous: &str) -> Result<String, SpecError> {
    if !spec.contains(CURRENT) {
        return Ok(spec.to_owned());
    }
    let root = yaml::parse(spec);
    let root = root.map_err(|source| error("spec", source.at, &format!("it is not YAML: {}", source.reason)))?;
    let previous = yaml::parse(previous).ok();
    let mut values = Vec::new();
    collect(&root, previous.as_ref(), String::new(), &mut values)?;
    values.sort_by_key(|value| value.start);
    let mut text = String::with_capacity(spec.len());
    let mut rest = spec;
    let mut position = 0;
    for Kept { start, path, at, value } in values {
        if start < position {
            continue; // An alias repeats what stands elsewhere.
        }
        let (before, word) = split(rest, start - position);
        let written = [format!("\"{CURRENT}\""), format!("'{CURRENT}'"), CURRENT.to_owned()];
        let found = written.iter().find(|written| word.starts_with(*written));
        let found = found.ok_or_else(|| error(&path, at, "write it on one line, as \"${Proton::CURRENT_VAL}\""))?;
        text.push_str(before);
        text.push_str(&value);
        rest = &word[found.len()..];
        position = start + found.len();
    }
    text.push_str(rest);
    Ok(text)
}

/// Splits a text after so many characters.
fn split(text: &str, characters: usize) -> (&str, &str) {
    let index = text.char_indices().nth(characters).map_or(text.len(), |(index, _)| index);
    text.split_at(index)
}

/// Where values below a node are to be kept: paths such as `.port`.
pub(super) fn places(node: &Node) -> Vec<(String, Place)> {
    let below = |step: String, inner: &Node| {
        let inner = places(inner).into_iter();
        inner.map(move |(path, at)| (format!("{step}{path}"), at)).collect::<Vec<_>>()
    };
    match &node.value {
        Value::Text(text) if text == CURRENT => vec![(String::new(), node.at)],
        Value::Map(entries) => entries.iter().flat_map(|(key, inner)| below(format!(".{}", key.text), inner)).collect(),
        Value::List(items) => {
            items.iter().enumerate().flat_map(|(at, inner)| below(format!("[{at}]"), inner)).collect()
        }
        _ => Vec::new(),
    }
}

/// A value that takes the place of its word.
struct Kept {
    start: usize,
    path: String,
    at: Place,
    value: String,
}

fn collect(node: &Node, stored: Option<&Node>, path: String, values: &mut Vec<Kept>) -> Result<(), SpecError> {
    if node.text() == Some(CURRENT) {
        let stored = stored.filter(|stored| stored.text() != Some(CURRENT));
        let stored = stored.ok_or_else(|| error(&path, node.at, NOTHING))?;
        // JSON is YAML, and stays on its line.
        values.push(Kept { start: node.start, path, at: node.at, value: stored.to_json().to_string() });
        return Ok(());
    }
    match &node.value {
        Value::Map(entries) => {
            for (key, inner) in entries {
                let path = if path.is_empty() { key.text.clone() } else { format!("{path}.{}", key.text) };
                collect(inner, stored.and_then(|stored| stored.get(&key.text)), path, values)?;
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let stored = stored.and_then(|stored| same(item, index, stored.items()));
                collect(item, stored, format!("{path}[{index}]"), values)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The stored item that an item stands for: the one of its name, or else the one at its place.
fn same<'a>(item: &Node, index: usize, stored: &'a [Node]) -> Option<&'a Node> {
    match item.get("name").map(Node::to_json) {
        Some(name) => stored.iter().find(|stored| stored.get("name").map(Node::to_json).as_ref() == Some(&name)),
        None => stored.get(index),
    }
}
