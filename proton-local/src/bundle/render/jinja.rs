//! Jinja, close to the version 2.11 that templates were written for.

use super::{Namespaces, RenderError, filters};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

/// How much work one template may be, in instructions of the engine.
const FUEL: u64 = 5_000_000;
/// The most that one template may render to, in bytes.
const OUTPUT: usize = 5 * 1024 * 1024;

/// Renders a template.
///
/// # Errors
/// Syntax, a value that is not there, a filter that refuses, or too much work.
pub(super) fn render(file: &str, text: &str, namespaces: &Namespaces) -> Result<String, RenderError> {
    let environment = environment();
    let template = environment.template_from_named_str(file, text).map_err(|error| failure(file, &error))?;
    let rendered =
        template.render(minijinja::value::Serde(namespaces.json())).map_err(|error| failure(file, &error))?;
    if rendered.len() > OUTPUT {
        return Err(RenderError::whole(file, format!("it renders to more than {} MB", OUTPUT >> 20)));
    }
    Ok(filters::line_up(&rendered))
}

/// Whether a template can be read at all; what it reads is known only when it is rendered.
///
/// # Errors
/// Syntax.
pub(crate) fn check_syntax(file: &str, text: &str) -> Result<(), RenderError> {
    environment().template_from_named_str(file, text).map(drop).map_err(|error| failure(file, &error))
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
    filters::add(&mut environment);
    environment
}

fn failure(file: &str, error: &Error) -> RenderError {
    let reason = match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "it takes too much work; is there a loop without end?".to_owned(),
        (ErrorKind::UndefinedError, None) => "it reads a value that is not there".to_owned(),
        (kind, None) => kind.to_string(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
    };
    RenderError { file: file.to_owned(), line: error.line(), reason }
}
