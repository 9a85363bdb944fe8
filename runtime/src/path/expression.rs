//! JMESPath expressions, evaluated by the `jmespath` crate.

use super::{Found, Scalar};
use crate::value::{Node, Structure, Union};
use aws_smithy_types::{Document, Number};
use jmespath::{Rcvar, Variable};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Evaluates over one value without a name, or over an object of named values.
pub(super) fn find(text: &str, roots: &[(&str, &dyn Structure)]) -> Found<'static> {
    let data = match roots {
        [("", value)] => variable(&Node::Structure(*value)),
        _ => object(roots.iter().map(|(name, value)| ((*name).to_owned(), Node::Structure(*value)))),
    };
    match jmespath::compile(text).and_then(|expression| expression.search(data)) {
        Ok(result) => found(&result),
        Err(error) => {
            tracing::warn!(expression = text, reason = %error.reason, "the path cannot be evaluated");
            Found::Absent
        }
    }
}

fn found(result: &Variable) -> Found<'static> {
    match result {
        Variable::Null => Found::Absent,
        Variable::Array(items) => Found::Many(items.iter().map(|item| scalar(item)).collect()),
        other => Found::One(scalar(other)),
    }
}

fn scalar(variable: &Variable) -> Scalar<'static> {
    match variable {
        Variable::String(text) => Scalar::Text(Cow::Owned(text.clone())),
        Variable::Bool(value) => Scalar::Boolean(*value),
        _ => Scalar::Other,
    }
}

/// A value as JMESPath sees it: wire names, timestamps as seconds, blobs as base64.
fn variable(node: &Node<'_>) -> Variable {
    match node {
        Node::Absent => Variable::Null,
        Node::Boolean(value) => Variable::Bool(*value),
        Node::Integer(value) => Variable::Number((*value).into()),
        Node::Float(value) => number(f64::from(*value)),
        Node::Double(value) => number(*value),
        Node::Number(digits) => digits.parse().map_or(Variable::Null, number),
        Node::String(text) => Variable::String((*text).to_owned()),
        Node::Blob(bytes) => Variable::String(aws_smithy_types::base64::encode(bytes)),
        Node::Timestamp(instant) => number(instant.as_secs_f64()),
        Node::Document(document) => from_document(document),
        Node::List(list) => {
            let items = (0..list.len()).filter_map(|index| list.item(index));
            Variable::Array(items.map(|item| Rcvar::new(variable(&item.node()))).collect())
        }
        Node::Map(map) => object(map.entries().into_iter().map(|(key, value)| (key.to_owned(), value.node()))),
        Node::Structure(structure) => {
            object(structure.shape().members().iter().enumerate().filter_map(|(index, member)| {
                structure.member(index).map(|value| (member.name.to_owned(), value.node()))
            }))
        }
        Node::Union(union) => from_union(*union),
    }
}

fn object<'a>(entries: impl Iterator<Item = (String, Node<'a>)>) -> Variable {
    let present = entries.filter(|(_, node)| !matches!(node, Node::Absent));
    Variable::Object(present.map(|(key, node)| (key, Rcvar::new(variable(&node)))).collect())
}

fn from_union(union: &dyn Union) -> Variable {
    match union.variant() {
        Ok((index, value)) => {
            let name = union.shape().members().get(index).map_or("", |member| member.name);
            object(std::iter::once((name.to_owned(), value.node())))
        }
        Err(unknown) => {
            let value = Variable::from_json(unknown.json()).unwrap_or(Variable::Null);
            Variable::Object(BTreeMap::from([(unknown.name().to_owned(), Rcvar::new(value))]))
        }
    }
}

fn from_document(document: &Document) -> Variable {
    match document {
        Document::Null => Variable::Null,
        Document::Bool(value) => Variable::Bool(*value),
        Document::String(text) => Variable::String(text.clone()),
        Document::Number(Number::PosInt(value)) => Variable::Number((*value).into()),
        Document::Number(Number::NegInt(value)) => Variable::Number((*value).into()),
        Document::Number(Number::Float(value)) => number(*value),
        Document::Array(items) => Variable::Array(items.iter().map(|item| Rcvar::new(from_document(item))).collect()),
        Document::Object(entries) => Variable::Object(
            entries.iter().map(|(key, value)| (key.clone(), Rcvar::new(from_document(value)))).collect(),
        ),
    }
}

/// The crate takes `1` and `1.0` for different numbers, so whole ones are made integers.
fn number(value: f64) -> Variable {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        return Variable::Number((value as i64).into());
    }
    serde_json::Number::from_f64(value).map_or(Variable::Null, Variable::Number)
}
