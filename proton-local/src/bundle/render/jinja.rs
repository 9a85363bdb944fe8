//! Jinja, close to the version 2.11 that templates were written for: strict about what is not there, bounded in its work.

use super::unknown::{self, Unknown};
use super::{Namespaces, RenderError, filters};
use crate::bundle::yaml::Place;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Enumerator, Object, Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, escape_formatter};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Bounds work and memory of one rendering: about a million steps of the engine, or 64 MB of text.
const FUEL: u64 = 1_000_000;
/// How deep macros may call one another.
const RECURSION: usize = 100;
/// The most that one template may render to, in bytes.
const OUTPUT: usize = 5 * 1024 * 1024;

/// Renders a template.
///
/// # Errors
/// Syntax, a value that is not there, a filter that refuses, or too much work.
pub(super) fn render(file: &str, text: &str, namespaces: &Namespaces) -> Result<String, RenderError> {
    let environment = environment();
    let template = environment.template_from_str(text).map_err(|error| failure(file, text, &error))?;
    let rendered = template.render(context(namespaces)).map_err(|error| failure(file, text, &error))?;
    if rendered.len() > OUTPUT {
        return Err(RenderError::whole(file, format!("it renders to more than {} MB", OUTPUT >> 20)));
    }
    Ok(filters::line_up(&rendered))
}

/// What is wrong with a template whatever it is given: its syntax or, all of them, names of filters, tests and functions
/// that nobody has.
pub(crate) fn check_template(file: &str, text: &str) -> Vec<RenderError> {
    let environment = environment();
    let template = match environment.template_from_str(text) {
        Ok(template) => template,
        Err(error) => return vec![failure(file, text, &error)],
    };
    let fault =
        |Unknown { reason, line, range }| RenderError { file: file.to_owned(), at: place(text, line, range), reason };
    unknown::find(&environment, &template).into_iter().map(fault).collect()
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    if let Ok(syntax) = SyntaxConfig::builder().keep_trailing_newline(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(RECURSION);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_debug(true); // Errors know their column then.
    environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
    // Jinja prints Python's words.
    environment.set_formatter(|out, state, value| match value.kind() {
        ValueKind::Bool if value.is_true() => Ok(out.write_str("True")?),
        ValueKind::Bool => Ok(out.write_str("False")?),
        ValueKind::None => Ok(out.write_str("None")?),
        _ => escape_formatter(out, state, value),
    });
    filters::add(&mut environment);
    environment
}

/// What a template reads; an instance without a component has one all the same, of which nothing is known.
fn context(namespaces: &Namespaces) -> Value {
    let values = namespaces.entries().into_iter().map(|(name, value)| {
        let value = match (namespaces, value) {
            (Namespaces::Instance { component: None, .. }, Json::Object(instance)) if name == "service_instance" => {
                let components = BTreeMap::from([("default", Value::from_object(NoComponent))]);
                let mut instance: BTreeMap<_, _> =
                    instance.into_iter().map(|(key, value)| (key, Value::from(Serde(value)))).collect();
                instance.insert("components".to_owned(), components.into());
                instance.into()
            }
            (_, value) => Value::from(Serde(value)),
        };
        (name, value)
    });
    values.collect::<BTreeMap<_, _>>().into()
}

/// An empty map, whose `outputs` are one too.
#[derive(Debug)]
struct NoComponent;

impl Object for NoComponent {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        (key.as_str() == Some("outputs")).then(|| Value::from(BTreeMap::<String, Value>::new()))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }
}

fn failure(file: &str, text: &str, error: &Error) -> RenderError {
    let range = error.range().and_then(|range| expression(text, range));
    let shown = range.clone().map(|range| text[range].trim());
    let reason = match (error.kind(), error.detail(), shown) {
        (ErrorKind::OutOfFuel, ..) => "it takes too much work; is there a loop without end?".to_owned(),
        (ErrorKind::UndefinedError, _, Some(expression)) => format!("it reads {expression}, which is not there"),
        (ErrorKind::UndefinedError, _, None) => "it reads a value that is not there".to_owned(),
        (kind, None, _) => kind.to_string(),
        (kind, Some(detail), _) => format!("{kind}: {detail}"),
    };
    RenderError { file: file.to_owned(), at: place(text, error.line(), range), reason }
}

/// The whole of an expression: the range of a chain of names can begin within it.
fn expression(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let in_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.');
    text.get(range.clone())?;
    Some(text[..range.start].trim_end_matches(in_name).len()..range.end)
}

/// Where an expression begins; the line alone where no more is known.
fn place(text: &str, line: Option<usize>, range: Option<Range<usize>>) -> Option<Place> {
    let before = range.and_then(|range| text.get(..range.start)).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    line.map(|line| Place { line, column })
}
