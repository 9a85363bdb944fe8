//! `server.rs`: the other side of the wire, a trait with a method for each operation.

use super::file::File;
use super::names::{Scope, docs, ident};
use super::text;
use crate::error::Error;
use crate::ir::{Fault, Model, Operation};
use quote::quote;
use std::fmt::Write;

/// The file's text.
pub(super) fn emit(model: &Model, scope: &Scope) -> Result<String, Error> {
    let title = model.service.title.as_deref().unwrap_or(&model.service.sdk_id);
    let mut file = File::new(scope, [format!("Answering {title}'s API instead of calling it.")]);
    file.text("pub use smithy_runtime::operation::Operation;\npub use smithy_runtime::server::{Protocol, Rejection, Route, answer};");
    handler(&mut file, model, title);
    table(&mut file, model);
    file.finish()
}

fn handler(file: &mut File<'_>, model: &Model, title: &str) {
    let summary = docs(&[format!("Answers every operation of {title}; [`protocol`] says how clients reach it.")]);
    let methods = model.operations.iter().map(|operation| {
        let Operation { name, snake, rust_name, .. } = operation;
        let docs = docs(&[text::summary(&operation.docs).unwrap_or_else(|| format!("Answers `{name}`."))]);
        let method = ident(snake);
        let [input, output, error] = ["Input", "Output", "Error"].map(|suffix| {
            let name = format!("{rust_name}{suffix}");
            file.import(&format!("super::operation::{snake}"), &name);
            ident(&name)
        });
        quote! {
            #docs
            fn #method(&self, context: &Self::Context, input: #input)
                -> impl Future<Output = Result<#output, #error>> + Send;
        }
    });
    let methods: Vec<_> = methods.collect();
    file.tokens(quote! {
        #summary
        pub trait Handler: Send + Sync + 'static {
            /// What a request carries beside its input, such as who calls; the server chooses it.
            type Context: Send + Sync + 'static;

            #(#methods)*
        }
    });
}

fn table(file: &mut File<'_>, model: &Model) {
    file.import("super::service", "SERVICE");
    file.import("smithy_runtime", "dispatch");
    if !model.operations.is_empty() {
        file.import("super", "operation");
    }
    let mut text = format!("dispatch! {{\n    Handler, SERVICE, {:?}, {:?};\n", namespace(model), server_faults(model));
    let mut operations: Vec<_> = model.operations.iter().collect();
    operations.sort_by(|one, other| one.name.cmp(&other.name));
    for Operation { name, snake, rust_name, .. } in operations {
        let _ = writeln!(text, "    {snake} operation::{snake}::{rust_name} = {name:?};");
    }
    file.text(text + "}");
}

/// The namespace of errors on the wire, which has the API's version: `com.amazonaws.dynamodb.v20120810`.
fn namespace(model: &Model) -> String {
    let namespace = model.service.shape_id.split('#').next().unwrap_or_default();
    let version: String = model.service.version.chars().filter(char::is_ascii_digit).collect();
    if version.is_empty() { namespace.to_owned() } else { format!("{namespace}.v{version}") }
}

/// The errors that are the server's fault, by their names on the wire.
fn server_faults(model: &Model) -> Vec<&str> {
    let errors = model.errors.iter().filter(|error| {
        let info = error.error.as_ref();
        info.is_some_and(|info| info.thrown && info.fault == Fault::Server)
    });
    errors.map(|error| error.shape_id.rsplit('#').next().unwrap_or_default()).collect()
}
