//! What a path found.

use crate::value::Node;
use aws_smithy_types::Document;
use std::borrow::Cow;

/// The result of a path.
#[derive(Clone, PartialEq)]
#[allow(missing_debug_implementations)] // it may hold sensitive values
pub enum Found<'a> {
    /// Nothing.
    Absent,
    /// One value.
    One(Scalar<'a>),
    /// A list, which may be empty.
    Many(Vec<Scalar<'a>>),
}

/// A value that can be compared with one in a model.
#[derive(Clone, PartialEq)]
#[allow(missing_debug_implementations)] // it may be sensitive
pub enum Scalar<'a> {
    /// Text, also of an enum.
    Text(Cow<'a, str>),
    /// A boolean.
    Boolean(bool),
    /// Anything else: it equals no text and no boolean.
    Other,
}

impl<'a> Found<'a> {
    /// The text, where exactly one text was found.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::One(Scalar::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The boolean, where exactly one was found.
    pub fn boolean(&self) -> Option<bool> {
        match self {
            Self::One(Scalar::Boolean(value)) => Some(*value),
            _ => None,
        }
    }

    /// All texts that were found: one, or those of a list.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let scalars = match self {
            Self::Absent => &[],
            Self::One(scalar) => std::slice::from_ref(scalar),
            Self::Many(scalars) => scalars.as_slice(),
        };
        scalars.iter().filter_map(|scalar| match scalar {
            Scalar::Text(text) => Some(&**text),
            _ => None,
        })
    }

    pub(super) fn new(node: &Node<'a>) -> Self {
        match node {
            Node::Absent | Node::Document(Document::Null) => Self::Absent,
            Node::List(list) => {
                let items = (0..list.len()).filter_map(|index| list.item(index));
                Self::Many(items.map(|item| Scalar::new(&item.node())).collect())
            }
            Node::Document(Document::Array(items)) => {
                Self::Many(items.iter().map(|item| Scalar::new(&Node::Document(item))).collect())
            }
            other => Self::One(Scalar::new(other)),
        }
    }
}

impl<'a> Scalar<'a> {
    pub(super) fn new(node: &Node<'a>) -> Self {
        match node {
            Node::String(text) => Self::Text(Cow::Borrowed(text)),
            Node::Boolean(value) => Self::Boolean(*value),
            Node::Document(Document::String(text)) => Self::Text(Cow::Borrowed(text)),
            Node::Document(Document::Bool(value)) => Self::Boolean(*value),
            _ => Self::Other,
        }
    }
}
