//! The `types` module: structures, enums, unions and errors, one file each.

use super::file::File;
use super::names::{Place, Scope, described, docs, ident};
use super::structure::{self, Role};
use crate::error::Error;
use crate::ir::{Enum, Model, Structure, Union};
use quote::quote;
use std::fmt::Write;

type Files = super::Files;

/// Adds the files of `types/`.
pub(super) fn emit(model: &Model, scope: &Scope, files: &mut Files) -> Result<(), Error> {
    files.insert("types/mod.rs".into(), module(model, scope)?);
    files.insert("types/structures.rs".into(), structures(model, scope)?);
    files.insert("types/enums.rs".into(), enums(model, scope)?);
    files.insert("types/unions.rs".into(), unions(model, scope)?);
    files.insert("types/error.rs".into(), errors(model, scope)?);
    Ok(())
}

fn module(model: &Model, scope: &Scope) -> Result<String, Error> {
    let mut file = File::new(scope, ["The types that requests and answers are made of."]);
    file.module("pub mod error;");
    for module in ["enums", "structures", "unions"] {
        file.module(format!("pub(crate) mod {module};"));
    }
    let reexport = |file: &mut File<'_>, module: &str, names: Vec<&str>| {
        if !names.is_empty() {
            file.text(format!("pub use {module}::{{\n{}}};", super::file::wrapped(&names)));
        }
    };
    reexport(&mut file, "enums", model.enums.iter().map(|it| it.rust_name.as_str()).collect());
    reexport(&mut file, "structures", model.structures.iter().map(|it| it.rust_name.as_str()).collect());
    reexport(&mut file, "unions", model.unions.iter().map(|it| it.rust_name.as_str()).collect());
    file.text(builders_module(scope, "super::structures", &model.structures));
    file.finish()
}

/// A `builders` module that re-exports what the macros made, by their official names.
fn builders_module(scope: &Scope, from: &str, structures: &[Structure]) -> String {
    let builders = structures.iter().map(|structure| {
        let (official, name) = (format!("{}Builder", structure.rust_name), scope.builder(&structure.rust_name));
        if name == official { official } else { format!("{name} as {official}") }
    });
    let builders: Vec<_> = builders.collect();
    let names: Vec<_> = builders.iter().map(String::as_str).collect();
    let body = match names.as_slice() {
        [] => String::new(),
        names => {
            let lines = super::file::wrapped(names).replace("\n    ", "\n        ");
            format!("    pub use {from}::{{\n    {}    }};\n", lines)
        }
    };
    format!("/// What builds them.\npub mod builders {{\n{body}}}")
}

fn structures(model: &Model, scope: &Scope) -> Result<String, Error> {
    let mut file = File::new(scope, ["Structures, by name."]);
    for item in &model.structures {
        structure::emit(&mut file, Place::Structures, item, Role::Nested);
    }
    file.finish()
}

fn errors(model: &Model, scope: &Scope) -> Result<String, Error> {
    let mut file = File::new(scope, ["The errors that the service names, by name."]);
    for item in &model.errors {
        structure::emit(&mut file, Place::Errors, item, Role::Error);
    }
    file.text(builders_module(scope, "super", &model.errors));
    file.finish()
}

fn enums(model: &Model, scope: &Scope) -> Result<String, Error> {
    let mut file =
        File::new(scope, ["Enums, by name. Each keeps a value that this version does not name in `Unknown`."]);
    for item in &model.enums {
        emit_enum(&mut file, item);
    }
    file.finish()
}

fn emit_enum(file: &mut File<'_>, item: &Enum) {
    file.import("smithy_runtime", "string_enum");
    let unknown_value = file.name("smithy_runtime::value", "UnknownVariantValue");
    let name = ident(&item.rust_name);
    let text = described(&item.docs, item.deprecated.as_deref(), || format!("`{}` of the model.", item.rust_name));
    let docs_of_type = docs(&text);
    let variants = item.variants.iter().map(|variant| {
        let text =
            described(&variant.docs, variant.deprecated.as_deref(), || format!("`{}` on the wire.", variant.value));
        let docs = docs(&text);
        let name = ident(&variant.rust_name);
        quote!(#docs #name,)
    });
    let debug = (!item.sensitive).then(|| quote!(Debug,));
    file.tokens(quote! {
        #docs_of_type
        #[non_exhaustive]
        #[derive(Clone, #debug PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name {
            #(#variants)*
            /// A value that this version does not name, as the service sent it.
            Unknown(#unknown_value),
        }
    });
    let sensitive = if item.sensitive { " sensitive" } else { "" };
    let mut text =
        format!("string_enum! {{\n    {}: {:?}{sensitive} => {};\n", item.table, item.shape_id, item.rust_name);
    for variant in &item.variants {
        let _ = writeln!(text, "    {} {:?};", variant.rust_name, variant.value);
    }
    text.push('}');
    file.text(text);
}

fn unions(model: &Model, scope: &Scope) -> Result<String, Error> {
    let mut file =
        File::new(scope, ["Unions, by name. Each keeps a member that this version does not name in `Unknown`."]);
    for item in &model.unions {
        emit_union(&mut file, item);
    }
    file.finish()
}

fn emit_union(file: &mut File<'_>, item: &Union) {
    let place = Place::Unions;
    file.import("smithy_runtime", "union");
    let unknown_union = file.name("smithy_runtime::value", "UnknownUnion");
    let name = ident(&item.rust_name);
    let docs_of_type =
        docs(&described(&item.docs, item.deprecated.as_deref(), || format!("`{}` of the model.", item.rust_name)));
    let mut variants = Vec::new();
    let mut lines = String::new();
    for (index, member) in item.members.iter().enumerate() {
        let docs =
            docs(&described(&member.docs, member.deprecated.as_deref(), || format!("`{}` on the wire.", member.name)));
        let variant = ident(&member.rust_name);
        let mut ty = match &member.ty {
            Some(ty) => file.ty(place, ty),
            None => quote!(::smithy_runtime::value::Unit),
        };
        if member.boxed {
            let boxed = file.scope.standard("Box");
            ty = quote!(#boxed<#ty>);
        }
        let shape = file.table(place, &member.shape);
        let (wire, snake) = (&member.name, &member.snake);
        let _ = writeln!(
            lines,
            "    {index} {wire:?} {shape}: {}({}) as_{snake} is_{snake};",
            member.rust_name,
            super::member::compact(&ty)
        );
        variants.push(quote!(#docs #variant(#ty),));
    }
    file.tokens(quote! {
        #docs_of_type
        #[non_exhaustive]
        #[derive(Clone)]
        pub enum #name {
            #(#variants)*
            /// A member that this version does not name, as the service sent it.
            Unknown(#unknown_union),
        }
    });
    let sensitive = if item.sensitive { " sensitive" } else { "" };
    let inexact = if item.can_eq { "" } else { "(inexact)" };
    file.text(format!(
        "union! {{\n    {}: {:?}{sensitive} => {}{inexact};\n{lines}}}",
        item.table, item.shape_id, item.rust_name
    ));
}
