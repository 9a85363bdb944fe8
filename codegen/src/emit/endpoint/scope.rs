//! Names in endpoint rules: what they stand for, their Rust identifiers, whether anything uses them.

use super::value::{Kind, Value};
use crate::names::{bare_snake, raw};
use crate::rules::{Parameter, ParameterKind, Place, RulesError};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeMap;

/// What the rule at hand can see.
pub(super) struct Scope<'a> {
    service: &'a str,
    /// By name in the rules; one name has one identifier everywhere.
    idents: BTreeMap<String, Ident>,
    /// Later ones hide earlier ones of the same name.
    bindings: Vec<Binding>,
    /// The statements that read the parameters, in the order of the first bindings.
    parameters: Vec<TokenStream>,
}

struct Binding {
    name: String,
    value: Value,
    used: bool,
}

impl<'a> Scope<'a> {
    pub(super) fn new(service: &'a str) -> Self {
        Self { service, idents: BTreeMap::new(), bindings: Vec::new(), parameters: Vec::new() }
    }

    pub(super) fn place(&self, path: &str) -> Place {
        Place { service: self.service.to_owned(), path: path.to_owned() }
    }

    /// Adds a parameter; one with a default, or that the rules rely on, is never unset.
    pub(super) fn parameter(&mut self, name: &str, parameter: &Parameter) -> Result<(), RulesError> {
        let key = parameter.key(name);
        let (kind, read) = match parameter.kind {
            ParameterKind::String => (Kind::Text, quote!(params.string(#key))),
            ParameterKind::Boolean => (Kind::Flag, quote!(params.boolean(#key))),
            ParameterKind::StringArray => (Kind::Strings, quote!(params.strings(#key))),
        };
        let ident = self.ident(name);
        let bad = |found: &serde_json::Value| RulesError::Default {
            at: self.place(&format!("parameters.{name}")),
            found: found.to_string(),
        };
        let (value, statement) = match (&parameter.default, parameter.required) {
            (Some(default), _) => {
                let (before, default) = default_of(&ident, parameter.kind, default).ok_or_else(|| bad(default))?;
                (Value::new(kind, quote!(#ident)), quote!(#before let #ident = #read.unwrap_or(#default);))
            }
            (None, true) => {
                let message = format!("endpoint parameter {name} is not set");
                let statement = quote! {
                    let Some(#ident) = #read else {
                        return Err(ResolveEndpointError::new(#message));
                    };
                };
                (Value::new(kind, quote!(#ident)), statement)
            }
            (None, false) => (Value::optional(kind, quote!(#ident)), quote!(let #ident = #read;)),
        };
        self.bindings.push(Binding { name: name.to_owned(), value, used: false });
        self.parameters.push(statement);
        Ok(())
    }

    /// The statements that read those parameters that anything uses.
    pub(super) fn finish(self) -> Vec<TokenStream> {
        let used = self.bindings.iter().map(|binding| binding.used);
        self.parameters.into_iter().zip(used).filter_map(|(statement, used)| used.then_some(statement)).collect()
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.bindings.iter().any(|binding| binding.name == name)
    }

    /// The value of this name, which counts as used from now on.
    pub(super) fn get(&mut self, at: &str, name: &str) -> Result<Value, RulesError> {
        match self.bindings.iter_mut().rfind(|binding| binding.name == name) {
            Some(binding) => {
                binding.used = true;
                Ok(binding.value.clone())
            }
            None => Err(RulesError::UnknownName { at: self.place(at), name: name.to_owned() }),
        }
    }

    /// Gives a name a value that Rust code binds to the identifier in the answer.
    pub(super) fn bind(&mut self, name: &str, value: Value) -> Ident {
        let ident = self.ident(name);
        self.alias(name, Value::new(value.kind, quote!(#ident)))
    }

    /// Gives a name a value that is computed wherever the name stands.
    pub(super) fn alias(&mut self, name: &str, value: Value) -> Ident {
        self.bindings.push(Binding { name: name.to_owned(), value, used: false });
        self.ident(name)
    }

    /// Forgets the last name; whether anything used it.
    pub(super) fn unbind(&mut self) -> bool {
        self.bindings.pop().is_some_and(|binding| binding.used)
    }

    /// What is used by now.
    pub(super) fn marks(&self) -> Vec<bool> {
        self.bindings.iter().map(|binding| binding.used).collect()
    }

    /// Forgets the uses since, because the code that has them is dropped.
    pub(super) fn restore(&mut self, marks: Vec<bool>) {
        for (binding, used) in self.bindings.iter_mut().zip(marks) {
            binding.used = used;
        }
    }

    /// The identifier of a name: snake case, no keyword, no other name's, not `params`.
    pub(super) fn ident(&mut self, name: &str) -> Ident {
        if let Some(ident) = self.idents.get(name) {
            return ident.clone();
        }
        let snake = bare_snake(name);
        let starts = snake.starts_with(|first: char| first.is_ascii_alphabetic());
        let base = match starts && snake.chars().all(|char| char.is_ascii_alphanumeric() || char == '_') {
            // Not `r#type`: raw identifiers cannot stand in format strings.
            true if raw(&snake) != snake => format!("{snake}_"),
            true => snake,
            false => format!("value_{}", self.idents.len()),
        };
        let mut ident = Ident::new(&base, Span::call_site());
        let mut number = 2;
        while ident == "params" || self.idents.values().any(|taken| *taken == ident) {
            ident = format_ident!("{}_{number}", base.trim_end_matches('_'));
            number += 1;
        }
        self.idents.insert(name.to_owned(), ident.clone());
        ident
    }
}

/// A statement that the default needs, if any, and the default itself.
fn default_of(
    ident: &Ident,
    kind: ParameterKind,
    default: &serde_json::Value,
) -> Option<(Option<TokenStream>, TokenStream)> {
    Some(match kind {
        ParameterKind::String => {
            let text = default.as_str()?;
            (None, quote!(#text))
        }
        ParameterKind::Boolean => {
            let flag = default.as_bool()?;
            (None, quote!(#flag))
        }
        ParameterKind::StringArray => {
            let items = default.as_array()?.iter().map(serde_json::Value::as_str).collect::<Option<Vec<_>>>()?;
            let count = items.len();
            let list = quote!(let #ident: [String; #count] = [#(#items.to_owned()),*];);
            (Some(list), quote!(&#ident))
        }
    })
}
