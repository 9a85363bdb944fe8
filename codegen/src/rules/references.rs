//! The names that an expression needs a value of.

use super::template::{self, Part};
use super::{Call, Destination, Expression, Outcome};
use serde_json::Value;
use std::collections::BTreeSet;

/// Names, in a fixed order.
pub(crate) type Names<'a> = BTreeSet<&'a str>;

impl Call {
    /// The names without whose values the call gives none; not those that it asks whether they are there.
    pub(crate) fn needs<'a>(&'a self, names: &mut Names<'a>) {
        for (index, argument) in self.argv.iter().enumerate() {
            let may_be_absent = match self.function.as_str() {
                "isSet" | "coalesce" => true,
                "ite" => index > 0,
                _ => false,
            };
            if !(may_be_absent && matches!(argument, Expression::Reference { .. })) {
                argument.needs(names);
            }
        }
    }
}

impl Expression {
    /// The names without whose values it has none.
    pub(crate) fn needs<'a>(&'a self, names: &mut Names<'a>) {
        match self {
            Self::Reference { name } => {
                names.insert(name);
            }
            Self::Call(call) => call.needs(names),
            Self::Template(text) => in_template(text, names),
            Self::Flag(_) | Self::Number(_) => {}
        }
    }
}

impl Outcome {
    /// The names in what is computed; none for rules below.
    pub(crate) fn needs<'a>(&'a self, names: &mut Names<'a>) {
        match self {
            Self::Endpoint { endpoint: Destination { url, headers, properties } } => {
                url.needs(names);
                headers.values().flatten().for_each(|value| value.needs(names));
                if let Some(schemes) = properties.get("authSchemes") {
                    in_property(schemes, names);
                }
            }
            Self::Error { error } => error.needs(names),
            Self::Tree { .. } => {}
        }
    }
}

fn in_property<'a>(value: &'a Value, names: &mut Names<'a>) {
    match value {
        Value::String(text) => in_template(text, names),
        Value::Array(items) => items.iter().for_each(|item| in_property(item, names)),
        Value::Object(members) => members.values().for_each(|member| in_property(member, names)),
        _ => {}
    }
}

/// Braces that do not match are complained of where the text is compiled.
fn in_template<'a>(text: &'a str, names: &mut Names<'a>) {
    for part in template::parse(text).into_iter().flatten() {
        if let Part::Value { name, .. } = part {
            names.insert(name);
        }
    }
}
