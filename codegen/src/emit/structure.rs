//! A structure: its definition, and its line for each member.

use super::file::File;
use super::member;
use super::names::{Place, described, docs, ident};
use crate::ir::{Member, Presence, Retry, Structure};
use quote::quote;
use std::fmt::Write;

/// What a structure is for, which decides what it has beside its members.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The input of an operation: `build` is fallible by contract, and an empty one is its `Default`.
    Input,
    /// The output of an operation: it knows the request id.
    Output,
    /// A type of the model.
    Nested,
    /// An error: it has a code, a message and the request id.
    Error,
}

/// Adds the definition and the `structure!` call.
pub(super) fn emit(file: &mut File<'_>, place: Place, structure: &Structure, role: Role) {
    definition(file, place, structure, role);
    table(file, place, structure, role);
}

fn definition(file: &mut File<'_>, place: Place, structure: &Structure, role: Role) {
    let name = ident(&structure.rust_name);
    let text = described(&structure.docs, structure.deprecated.as_deref(), || {
        format!("`{}` of the model.", structure.rust_name)
    });
    let docs_of_type = docs(&text);
    let fields = structure.members.iter().map(|member| {
        let text = described(&member.docs, member.deprecated.as_deref(), || format!("`{}` on the wire.", member.name));
        let docs = docs(&text);
        let name = ident(&member.rust_name);
        let ty = member::field_type(file, place, member);
        quote!(#docs pub #name: #ty,)
    });
    let fields: Vec<_> = fields.collect();
    let extra = match role {
        Role::Output => {
            let metadata = file.name("smithy_runtime::value", "ResponseMetadata");
            quote!(_request_id: #metadata,)
        }
        Role::Error => {
            let metadata = file.name("smithy_runtime::error", "ErrorMetadata");
            let boxed = file.scope.standard("Box");
            quote!(pub(crate) meta: #boxed<#metadata>,)
        }
        Role::Input | Role::Nested => quote!(),
    };
    file.tokens(quote! {
        #docs_of_type
        #[non_exhaustive]
        #[derive(Clone)]
        pub struct #name {
            #(#fields)*
            #extra
        }
    });
}

fn table(file: &mut File<'_>, place: Place, structure: &Structure, role: Role) {
    file.import("smithy_runtime", "structure");
    let name = &structure.rust_name;
    let build = build(structure, role);
    let inexact = if structure.can_eq { "" } else { "(inexact)" };
    let sensitive = if structure.sensitive { " sensitive" } else { "" };
    let is_input = role == Role::Input;
    let role = match role {
        Role::Input => ", input",
        Role::Output => ", output",
        Role::Error => ", error",
        Role::Nested => "",
    };
    // An operation's file imports nothing that it defines itself.
    let builder = if place == Place::Operation { format!("{name}Builder") } else { file.scope.builder(name) };
    let mut text = format!(
        "structure! {{\n    {}: {:?}{sensitive} => {name}{inexact}, {builder}, {build}{role};\n",
        structure.table, structure.shape_id
    );
    for (index, member) in structure.members.iter().enumerate() {
        let shape = file.table(place, &member.shape);
        // The runtime fills a token in, so its absence is no fault whatever the model says.
        let filled = is_input && member.idempotency_token;
        let need = if filled { "optional".to_owned() } else { member::need(file, place, member) };
        let kind = member::kind(file, place, member);
        let Member { name, rust_name, bare_name, .. } = member;
        let _ = writeln!(
            text,
            "    {index} {name:?} {shape}: {rust_name} set_{bare_name} get_{bare_name} => {need} {kind};"
        );
    }
    text.push('}');
    file.text(text);
    if let Some(kind) = structure.error.as_ref().and_then(|info| info.retry) {
        file.import("smithy_runtime", "retryable_error");
        file.text(format!("retryable_error!({name}, {});", retry_kind(kind)));
    }
}

/// The name of the runtime's `ErrorKind`.
pub(super) fn retry_kind(kind: Retry) -> &'static str {
    match kind {
        Retry::Throttling => "ThrottlingError",
        Retry::Server => "ServerError",
        Retry::Client => "ClientError",
    }
}

/// How a builder ends.
fn build(structure: &Structure, role: Role) -> &'static str {
    let any = |presence: fn(&Presence) -> bool| structure.members.iter().any(|member| presence(&member.presence));
    if role == Role::Input || any(|it| *it == Presence::Required) {
        "fallible"
    } else if role == Role::Error || any(|it| *it != Presence::Optional) {
        "infallible"
    } else {
        "whole"
    }
}
