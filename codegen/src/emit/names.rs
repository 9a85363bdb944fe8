//! How generated code refers to things: which standard names a model takes away, and in which
//! module each entry of the shape table stands.

use crate::ir::{Model, NamedKind, RustType, ShapeRef};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// The standard items that generated code names, with their full paths.
const STANDARD: [(&str, &str); 6] = [
    ("Box", "::std::boxed::Box"),
    ("HashMap", "::std::collections::HashMap"),
    ("Option", "::std::option::Option"),
    ("Some", "::std::option::Option::Some"),
    ("String", "::std::string::String"),
    ("Vec", "::std::vec::Vec"),
];

/// Where a table entry is defined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    Shapes,
    Structures,
    Unions,
    Enums,
    Errors,
}

/// What is in scope in the generated crate.
pub(super) struct Scope {
    taken: BTreeSet<String>,
    homes: BTreeMap<String, Home>,
}

impl Scope {
    pub(super) fn new(model: &Model) -> Self {
        let mut taken = BTreeSet::new();
        let mut homes = BTreeMap::new();
        let structures = model.structures.iter().map(|it| (&it.rust_name, &it.table, Home::Structures));
        let unions = model.unions.iter().map(|it| (&it.rust_name, &it.table, Home::Unions));
        let enums = model.enums.iter().map(|it| (&it.rust_name, &it.table, Home::Enums));
        let errors = model.errors.iter().map(|it| (&it.rust_name, &it.table, Home::Errors));
        for (name, table, home) in structures.chain(unions).chain(enums).chain(errors) {
            taken.insert(name.clone());
            homes.insert(table.clone(), home);
        }
        for operation in &model.operations {
            taken.extend(
                [&operation.rust_name, &operation.input.rust_name, &operation.output.rust_name].map(Clone::clone),
            );
        }
        homes.extend(model.leaves.iter().map(|leaf| (leaf.table.clone(), Home::Shapes)));
        Self { taken, homes }
    }

    /// A standard type, by its path where the model has a type of that name.
    pub(super) fn standard(&self, name: &str) -> TokenStream {
        let path = STANDARD.iter().find(|(short, _)| *short == name).map_or(name, |(_, path)| path);
        let text = if self.taken.contains(name) { path } else { name };
        text.parse().unwrap_or_default()
    }

    /// The name of a structure's builder in the file that has both: another than the official one where a type of the
    /// model has that.
    pub(super) fn builder(&self, structure: &str) -> String {
        let mut name = format!("{structure}Builder");
        if self.is_taken(&name) {
            name = format!("BuilderOf{structure}");
        }
        while self.is_taken(&name) {
            name.insert_str(0, "The");
        }
        name
    }

    /// Whether a type of the model has this name.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }
}

/// A place that refers to types and tables: the module that it is in, seen from the root.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `shapes.rs`.
    Shapes,
    /// `types/structures.rs`.
    Structures,
    /// `types/unions.rs`.
    Unions,
    /// `types/error.rs`.
    Errors,
    /// A file of `operation/` or `waiters/`.
    Operation,
}

impl Place {
    /// The path to the root of the generated code.
    pub(super) fn root(self) -> &'static str {
        match self {
            Self::Shapes => "super",
            _ => "super::super",
        }
    }

    fn home(self) -> Option<Home> {
        match self {
            Self::Operation => None,
            Self::Shapes => Some(Home::Shapes),
            Self::Structures => Some(Home::Structures),
            Self::Unions => Some(Home::Unions),
            Self::Errors => Some(Home::Errors),
        }
    }
}

impl super::file::File<'_> {
    /// The path of a table entry; what it needs is imported.
    pub(super) fn table(&mut self, place: Place, shape: &ShapeRef) -> String {
        let name = match shape {
            ShapeRef::Prelude(prelude) => {
                self.import("smithy_runtime::schema", "prelude");
                return format!("prelude::{}", prelude.static_name());
            }
            ShapeRef::Table(name) => name,
        };
        let home = self.scope.homes.get(name).copied().unwrap_or(Home::Shapes);
        if place.home() == Some(home) {
            return name.clone();
        }
        let root = place.root();
        let (module, parent) = match home {
            Home::Shapes => ("shapes", root.to_owned()),
            Home::Structures => ("structures", format!("{root}::types")),
            Home::Unions => ("unions", format!("{root}::types")),
            Home::Enums => ("enums", format!("{root}::types")),
            Home::Errors => ("error", format!("{root}::types")),
        };
        self.import(&parent, module);
        format!("{module}::{name}")
    }

    /// A Rust type; what it needs is imported.
    pub(super) fn ty(&mut self, place: Place, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Bool => quote!(bool),
            RustType::I8 => quote!(i8),
            RustType::I16 => quote!(i16),
            RustType::I32 => quote!(i32),
            RustType::I64 => quote!(i64),
            RustType::F32 => quote!(f32),
            RustType::F64 => quote!(f64),
            RustType::String => self.scope.standard("String"),
            RustType::Blob => self.primitive("Blob"),
            RustType::Timestamp => self.primitive("DateTime"),
            RustType::Document => self.primitive("Document"),
            RustType::BigInteger => self.primitive("BigInteger"),
            RustType::BigDecimal => self.primitive("BigDecimal"),
            RustType::Named(kind, name) => self.named(place, *kind, name),
            RustType::List { item, sparse } => {
                let vec = self.scope.standard("Vec");
                let item = self.ty(place, item);
                let item = self.nullable(item, *sparse);
                quote!(#vec<#item>)
            }
            RustType::Map { key, value, sparse } => {
                let key = self.ty(place, key);
                let value = self.ty(place, value);
                let value = self.nullable(value, *sparse);
                let map = self.scope.standard("HashMap");
                if !self.scope.is_taken("HashMap") {
                    self.import("std::collections", "HashMap");
                }
                quote!(#map<#key, #value>)
            }
        }
    }

    /// `Option<T>` where a value may be absent.
    pub(super) fn nullable(&self, ty: TokenStream, nullable: bool) -> TokenStream {
        let option = self.scope.standard("Option");
        if nullable { quote!(#option<#ty>) } else { ty }
    }

    fn primitive(&mut self, name: &str) -> TokenStream {
        let ident = ident(name);
        if self.scope.is_taken(name) {
            return quote!(::smithy_runtime::primitives::#ident);
        }
        self.import("smithy_runtime::primitives", name);
        quote!(#ident)
    }

    fn named(&mut self, place: Place, kind: NamedKind, name: &str) -> TokenStream {
        let home = match kind {
            NamedKind::Structure => Home::Structures,
            NamedKind::Union => Home::Unions,
            NamedKind::Enum => Home::Enums,
            NamedKind::Error => Home::Errors,
        };
        let ident = ident(name);
        if place.home() == Some(home) {
            return quote!(#ident);
        }
        let root = place.root();
        let (parent, module) = match kind {
            NamedKind::Error => (format!("{root}::types"), "error"),
            _ => (root.to_owned(), "types"),
        };
        if self.owns.contains(name) || self.reserves.contains(name) {
            self.import(&parent, module);
            let module = self::ident(module);
            return quote!(#module::#ident);
        }
        self.import(&format!("{parent}::{module}"), name);
        quote!(#ident)
    }
}

/// An identifier, raw where its text says so.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Documentation, one attribute a line.
pub(super) fn docs<'a>(lines: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let lines = lines.into_iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// The model's documentation, or a sentence where it has none; then why not to use the thing.
pub(super) fn described(lines: &[String], deprecated: Option<&str>, otherwise: impl FnOnce() -> String) -> Vec<String> {
    let mut out = if lines.is_empty() { vec![otherwise()] } else { lines.to_vec() };
    if let Some(reason) = deprecated {
        out.push(String::new());
        out.push(match reason {
            "" => "Deprecated.".to_owned(),
            reason => format!("Deprecated: {reason}"),
        });
    }
    out
}
