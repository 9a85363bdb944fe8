//! One file an operation: what it is called with, what it answers, how it is sent.

use super::file::File;
use super::member;
use super::names::{Place, Scope, described, docs, ident};
use super::structure::{self, Role};
use crate::error::Error;
use crate::ir::{HostPart, Operation, ParamSource};
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write;

const PLACE: Place = Place::Operation;

/// The file's text.
pub(super) fn emit(operation: &Operation, scope: &Scope) -> Result<String, Error> {
    let name = &operation.rust_name;
    let mut file = File::new(scope, [format!("`{}`: its request, its answer, its errors.", operation.name)]);
    for suffix in ["", "Input", "Output", "Error", "InputBuilder", "OutputBuilder", "FluentBuilder"] {
        file.owns.insert(format!("{name}{suffix}"));
    }
    // Imported for every operation.
    file.reserves.extend(["Client", "Error", "Metadata", "ResponseMetadata"].map(str::to_owned));
    marker(&mut file, operation);
    structure::emit(&mut file, PLACE, &operation.input, Role::Input);
    structure::emit(&mut file, PLACE, &operation.output, Role::Output);
    fluent(&mut file, operation);
    super::paginator::emit(&mut file, operation);
    file.text(format!(
        "/// What builds the request and the answer.\npub mod builders {{\n    \
         pub use super::{{{name}FluentBuilder, {name}InputBuilder, {name}OutputBuilder}};\n}}"
    ));
    file.finish()
}

fn marker(file: &mut File<'_>, operation: &Operation) {
    file.import("super::super::service", "SERVICE");
    let service_error = file.name("super::super", "Error");
    let name = ident(&operation.rust_name);
    let [input, output, error] =
        ["Input", "Output", "Error"].map(|suffix| ident(&format!("{}{suffix}", operation.rust_name)));
    let text =
        described(&operation.docs, operation.deprecated.as_deref(), || format!("The operation `{}`.", operation.name));
    let docs_of_marker = docs(&text);
    let metadata_type = file.name("smithy_runtime::operation", "Metadata");
    let metadata = metadata(file, operation, &metadata_type);
    let errors = match operation.errors.as_slice() {
        [] => format!("What may come of `{}` instead of an answer.", operation.name),
        names => {
            let path = member::compact(&service_error);
            let link = |name: &String| format!("[`{name}`]({path}::{})", crate::names::error_variant(name));
            let names: Vec<_> = names.iter().map(link).collect();
            format!("What may come of `{}` instead of an answer: {}.", operation.name, names.join(", "))
        }
    };
    let docs_of_error = docs(&super::text::wrap(&errors));
    file.tokens(quote! {
        #docs_of_marker
        #[derive(Debug)]
        pub struct #name;

        impl smithy_runtime::operation::Operation for #name {
            type Input = #input;
            type Output = #output;
            type Error = #error;
            const METADATA: &'static #metadata_type = &#metadata;
        }

        #docs_of_error
        pub type #error = #service_error;
    });
}

/// The facts that differ from those of a plain operation.
fn metadata(file: &mut File<'_>, operation: &Operation, metadata: &TokenStream) -> TokenStream {
    let name = &operation.name;
    let mut fields = Vec::new();
    if let Some(index) = operation.idempotency_token {
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        let some = file.scope.standard("Some");
        fields.push(quote!(idempotency_token: #some(#index),));
    }
    if !operation.host_prefix.is_empty() {
        let host_part = file.name("smithy_runtime::operation", "HostPart");
        let parts = operation.host_prefix.iter().map(|part| match part {
            HostPart::Text(text) => quote!(#host_part::Text(#text)),
            HostPart::Label(index) => {
                let index = proc_macro2::Literal::usize_unsuffixed(*index);
                quote!(#host_part::Label(#index))
            }
        });
        fields.push(quote!(host_prefix: &[#(#parts),*],));
    }
    if !operation.endpoint_params.is_empty() {
        let param_type = file.name("smithy_runtime::operation", "ContextParam");
        let source_type = file.name("smithy_runtime::operation", "ParamSource");
        let params = operation.endpoint_params.iter().map(|param| {
            let name = &param.name;
            let source = match &param.source {
                ParamSource::Text(text) => quote!(#source_type::Text(#text)),
                ParamSource::Flag(flag) => quote!(#source_type::Flag(#flag)),
                ParamSource::List(items) => quote!(#source_type::List(&[#(#items),*])),
                ParamSource::Path(path) => {
                    let path = super::path::emit(file, path);
                    quote!(#source_type::Path(#path))
                }
            };
            quote!(#param_type { name: #name, source: #source })
        });
        fields.push(quote!(endpoint_params: &[#(#params),*],));
    }
    if operation.anonymous {
        fields.push(quote!(anonymous: true,));
    }
    if operation.gzip {
        fields.push(quote!(gzip: true,));
    }
    if fields.is_empty() {
        quote!(#metadata::new(&SERVICE, #name))
    } else {
        quote!(#metadata { #(#fields)* ..#metadata::new(&SERVICE, #name) })
    }
}

fn fluent(file: &mut File<'_>, operation: &Operation) {
    file.import("smithy_runtime", "fluent");
    let client = client(file);
    let name = &operation.rust_name;
    file.text(format!("fluent!({name}FluentBuilder => {client}, {name}, {name}InputBuilder);"));
}

/// The name of the client in this file; the macro takes no path.
fn client(file: &mut File<'_>) -> String {
    let mut alias = "Client".to_owned();
    while file.scope.is_taken(&alias) {
        alias.insert_str(0, "Service");
    }
    file.import("super::super", &if alias == "Client" { alias.clone() } else { format!("Client as {alias}") });
    alias
}

/// A line for each member: the names of its three builder methods, and its kind.
pub(super) fn setters(file: &mut File<'_>, operation: &Operation) -> String {
    let mut text = String::new();
    for item in &operation.input.members {
        let kind = member::kind(file, PLACE, item);
        let bare = &item.bare_name;
        let _ = writeln!(text, "    {} set_{bare} get_{bare} {kind};", item.rust_name);
    }
    text
}
