//! YAML as a tree that knows its lines.
//!
//! Built from the parser's events rather than by a loader, so that depth and the growth of aliases are bounded: specs and
//! bundles come from anybody.

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use serde_json::Number;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt;

/// How deep a document may nest.
const DEPTH: usize = 64;
/// How many nodes a document may have once its aliases are followed.
const NODES: usize = 100_000;

/// A value and where it begins.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) value: Value,
    /// Where it begins.
    pub(crate) at: Place,
    /// Its tag, such as `!Ref`, without the core schema's.
    pub(crate) tag: Option<String>,
    /// How many characters of the text stand before it.
    pub(crate) start: usize,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// Text.
    Text(String),
    /// Values in order.
    List(Vec<Node>),
    /// Values under text keys, in the order of the document.
    Map(Vec<(Key, Node)>),
}

/// A key and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Its text.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) at: Place,
}

/// A place in a file, counted from one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The line.
    pub(crate) line: usize,
    /// The column, in characters.
    pub(crate) column: usize,
}

/// Text that is not YAML, or more of it than is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {}: {reason}", at.line)]
pub(crate) struct YamlError {
    /// Where.
    pub(crate) at: Place,
    /// Why.
    pub(crate) reason: String,
}

/// Reads the one document of a text; an empty text is [`Value::Null`].
///
/// # Errors
/// Text that is not YAML, has several documents, nests too deep, grows too large, repeats a key, or has a key that is not
/// text.
pub(crate) fn parse(text: &str) -> Result<Node, YamlError> {
    let mut documents = parse_all(text)?;
    match documents.len() {
        0 => Ok(Node { value: Value::Null, at: Place { line: 1, column: 1 }, tag: None, start: 0 }),
        1 => Ok(documents.remove(0)),
        _ => Err(YamlError { at: documents[1].at, reason: "a second document; one is expected".into() }),
    }
}

fn parse_all(text: &str) -> Result<Vec<Node>, YamlError> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| YamlError { at: place(*error.marker()), reason: error.info().to_owned() })?;
        builder.take(event, span)?;
    }
    Ok(builder.documents)
}

impl Node {
    /// The member of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name.text == key).map(|(_, node)| node)
    }

    /// The members of a map; none for another value.
    pub(crate) fn entries(&self) -> &[(Key, Self)] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none for another value.
    pub(crate) fn items(&self) -> &[Self] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The text of a text.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// What kind of value it is, for messages: the value itself may be secret.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Boolean(_) => "a boolean",
            Value::Number(number) if number.is_f64() => "a number",
            Value::Number(_) => "an integer",
            Value::Text(_) => "a string",
            Value::List(_) => "an array",
            Value::Map(_) => "an object",
        }
    }

    /// How many lists and maps are in one another.
    fn depth(&self) -> usize {
        match &self.value {
            Value::List(items) => 1 + items.iter().map(Self::depth).max().unwrap_or_default(),
            Value::Map(entries) => 1 + entries.iter().map(|(_, node)| node.depth()).max().unwrap_or_default(),
            _ => 0,
        }
    }

    /// The same as JSON.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Boolean(value) => (*value).into(),
            Value::Number(value) => value.clone().into(),
            Value::Text(value) => value.clone().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => entries
                .iter()
                .map(|(key, node)| (key.text.clone(), node.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A list or map that is still open.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<Key>,
    keys: HashSet<String>,
}

#[derive(Default)]
struct Builder {
    documents: Vec<Node>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, (Node, usize)>,
    nodes: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        let at = place(span.start);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let node = scalar(text, style, tag.as_deref(), at);
                self.close(Node { start: span.start.index(), ..node }, anchor)
            }
            Event::SequenceStart(anchor, tag) => self.begin(Value::List(Vec::new()), anchor, tag.as_deref(), at),
            Event::MappingStart(anchor, tag) => self.begin(Value::Map(Vec::new()), anchor, tag.as_deref(), at),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(done) => self.close(done.node, done.anchor),
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
                    return Err(YamlError { at, reason: "an alias of an anchor that is still open or missing".into() });
                };
                self.grow(size, at)?;
                if self.open.len() + node.depth() > DEPTH {
                    return Err(too_deep(at));
                }
                self.close(Node { at, start: span.start.index(), ..node }, 0)
            }
            Event::DocumentStart(_) => {
                self.anchors.clear();
                Ok(())
            }
            Event::DocumentEnd | Event::Nothing | Event::StreamStart | Event::StreamEnd => Ok(()),
        }
    }

    fn begin(&mut self, value: Value, anchor: usize, tag: Option<&Tag>, at: Place) -> Result<(), YamlError> {
        if self.open.len() >= DEPTH {
            return Err(too_deep(at));
        }
        let node = Node { value, at, tag: tag.and_then(own_tag), start: 0 };
        self.open.push(Open { node, anchor, key: None, keys: HashSet::new() });
        Ok(())
    }

    /// Puts a whole value where it belongs.
    fn close(&mut self, node: Node, anchor: usize) -> Result<(), YamlError> {
        self.grow(1, node.at)?;
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), count(&node)));
        }
        let Some(parent) = self.open.last_mut() else {
            self.documents.push(node);
            return Ok(());
        };
        match &mut parent.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match parent.key.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let at = node.at;
                    let text = match node.value {
                        Value::Text(text) => text,
                        Value::Boolean(value) => value.to_string(),
                        Value::Number(value) => value.to_string(),
                        _ => return Err(YamlError { at, reason: "a key that is not text".into() }),
                    };
                    if !parent.keys.insert(text.clone()) {
                        return Err(YamlError { at, reason: format!("the key {text:?} a second time") });
                    }
                    parent.key = Some(Key { text, at });
                }
            },
            _ => {}
        }
        Ok(())
    }

    fn grow(&mut self, by: usize, at: Place) -> Result<(), YamlError> {
        self.nodes += by;
        if self.nodes > NODES {
            return Err(YamlError { at, reason: format!("more than {NODES} values, aliases followed") });
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(count).sum(),
        Value::Map(entries) => entries.iter().map(|(_, node)| count(node)).sum(),
        _ => 0,
    }
}

fn too_deep(at: Place) -> YamlError {
    YamlError { at, reason: format!("it nests deeper than {DEPTH} levels") }
}

fn place(marker: saphyr_parser::Marker) -> Place {
    Place { line: marker.line(), column: marker.col() + 1 }
}

fn own_tag(tag: &Tag) -> Option<String> {
    if tag.is_yaml_core_schema() { None } else { Some(format!("{}{}", tag.handle, tag.suffix)) }
}

/// Types a scalar as YAML's core schema does.
fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>, at: Place) -> Node {
    let plain = style == ScalarStyle::Plain && !tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    let own = tag.and_then(own_tag);
    let value = if plain && own.is_none() { resolve(&text) } else { None };
    Node { value: value.unwrap_or_else(|| Value::Text(text.into_owned())), at, tag: own, start: 0 }
}

fn resolve(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Boolean(true)),
        "false" | "False" | "FALSE" => return Some(Value::Boolean(false)),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = text.strip_prefix('+').unwrap_or(text);
        let number = number.parse::<i64>().map(Number::from).or_else(|_| number.parse::<u64>().map(Number::from));
        return number.ok().map(Value::Number);
    }
    let allowed = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'));
    let number = allowed.then(|| text.parse::<f64>().ok()).flatten()?;
    Number::from_f64(number).map(Value::Number)
}
