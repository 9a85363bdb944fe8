//! The way through a structure and all that is below it.

#[cfg(feature = "validate")]
use super::leaf;
use super::violation::Shown;
use super::{Constraint, Unit, Violation};
use crate::codec::Step;
use crate::config::Config;
use crate::schema::{Kind, Shape};
use crate::value::{Map, Node, Structure};

/// What to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Members without a value that the model requires.
    Required,
    /// All constraints.
    All,
}

impl Scope {
    /// What is looked at before a call.
    pub(crate) fn of(config: &Config) -> Self {
        if config.validate_requests == Some(true) { Self::All } else { Self::Required }
    }
}

/// The violations in a structure, in the order of the model.
pub(super) fn walk(structure: &dyn Structure, scope: Scope) -> Vec<Violation> {
    let mut walk = Walk { scope, steps: Vec::new(), hidden: 0, found: Vec::new() };
    walk.value(Node::Structure(structure), structure.shape());
    walk.found
}

struct Walk {
    scope: Scope,
    steps: Vec<Step>,
    /// How many of the values around this one are sensitive; what is in them is, too.
    hidden: usize,
    found: Vec<Violation>,
}

impl Walk {
    fn value(&mut self, node: Node<'_>, shape: &'static Shape) {
        self.hidden += usize::from(shape.sensitive);
        #[cfg(feature = "validate")]
        if self.scope == Scope::All {
            leaf::check(&node, shape, &mut |constraint| self.report(constraint, &node));
        }
        match node {
            Node::Structure(structure) => self.structure(structure),
            Node::Union(union) => match union.variant() {
                Ok((index, value)) => {
                    if let Some(member) = shape.members().get(index) {
                        self.below(Step::Member(member.name), value.node(), member.shape);
                    }
                }
                Err(unknown) if self.scope == Scope::Required && !unknown.json().is_empty() => {}
                Err(unknown) => self.report(Constraint::Union, &Node::String(unknown.name())),
            },
            Node::List(list) if self.enters(shape) => {
                for index in 0..list.len() {
                    if let (Some(item), Some((_, shape))) = (list.item(index), values(shape)) {
                        self.below(Step::Item(index), item.node(), shape);
                    }
                }
            }
            Node::Map(map) if self.enters(shape) => self.map(map, shape),
            _ => {}
        }
        self.hidden -= usize::from(shape.sensitive);
    }

    fn structure(&mut self, structure: &dyn Structure) {
        for (index, member) in structure.shape().members().iter().enumerate() {
            let Some(value) = structure.member(index) else { continue };
            match value.node() {
                Node::Absent if member.required => {
                    self.steps.push(Step::Member(member.name));
                    self.found.push(Violation::required(self.steps.clone()));
                    self.steps.pop();
                }
                Node::Absent => {}
                node if self.scope == Scope::Required && is_leaf(&node) => {}
                node => self.below(Step::Member(member.name), node, member.shape),
            }
        }
    }

    fn map(&mut self, map: &dyn Map, shape: &'static Shape) {
        let Some((Some(key_shape), value_shape)) = values(shape) else { return };
        for (key, value) in map.entries() {
            let hidden = self.hidden > 0 || key_shape.sensitive;
            let step = if hidden { Step::HiddenKey } else { Step::Key(key.to_owned()) };
            self.below(step.clone(), Node::String(key), key_shape);
            self.below(step, value.node(), value_shape);
        }
    }

    fn below(&mut self, step: Step, node: Node<'_>, shape: &'static Shape) {
        self.steps.push(step);
        self.value(node, shape);
        self.steps.pop();
    }

    fn report(&mut self, constraint: Constraint, node: &Node<'_>) {
        let value = if self.hidden > 0 { Shown::Hidden } else { show(node) };
        self.found.push(Violation::new(self.steps.clone(), constraint, value));
    }

    /// Whether a collection's values are looked at; long lists of text lack nothing.
    fn enters(&self, shape: &'static Shape) -> bool {
        let below = values(shape).map(|(_, shape)| &shape.kind);
        self.scope != Scope::Required
            || matches!(below, Some(Kind::List(_) | Kind::Map(_) | Kind::Structure(_) | Kind::Union(_)))
    }
}

/// Whether nothing is below the value.
fn is_leaf(node: &Node<'_>) -> bool {
    !matches!(node, Node::Structure(_) | Node::Union(_) | Node::List(_) | Node::Map(_))
}

/// The shapes of a collection's keys and values.
fn values(shape: &'static Shape) -> Option<(Option<&'static Shape>, &'static Shape)> {
    match &shape.kind {
        Kind::List(collection) | Kind::Map(collection) => Some((collection.key, collection.value)),
        _ => None,
    }
}

/// How much of a text an error shows.
const SHOWN: usize = 100;

/// A value in short.
fn show(node: &Node<'_>) -> Shown {
    Shown::Summary(match node {
        Node::String(text) if text.chars().nth(SHOWN).is_some() => {
            return Shown::Text(text.chars().take(SHOWN - 1).chain(['…']).collect());
        }
        Node::String(text) => return Shown::Text((*text).to_owned()),
        Node::Integer(number) => number.to_string(),
        Node::Float(number) => number.to_string(),
        Node::Double(number) => number.to_string(),
        Node::Number(digits) => (*digits).to_owned(),
        Node::Blob(bytes) => Unit::Bytes.count(bytes.len()),
        Node::List(list) => Unit::Items.count(list.len()),
        Node::Map(map) => Unit::Entries.count(map.entries().len()),
        _ => return Shown::Absent,
    })
}
