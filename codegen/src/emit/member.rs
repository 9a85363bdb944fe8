//! A member as the runtime's `structure!` macro reads it.

use super::file::File;
use super::names::Place;
use crate::ir::{Literal, Member, Presence, RustType};
use proc_macro2::TokenStream;
use quote::quote;

/// The field's Rust type.
pub(super) fn field_type(file: &mut File<'_>, place: Place, member: &Member) -> TokenStream {
    let mut ty = file.ty(place, &member.ty);
    if member.boxed {
        let boxed = file.scope.standard("Box");
        ty = quote!(#boxed<#ty>);
    }
    file.nullable(ty, matches!(member.presence, Presence::Optional))
}

/// `[text]`, `[list Tag]` and the like.
pub(super) fn kind(file: &mut File<'_>, place: Place, member: &Member) -> String {
    let ty = |file: &mut File<'_>, ty: &RustType| compact(&file.ty(place, ty));
    let text = match &member.ty {
        named if member.boxed => format!("boxed {}", ty(file, named)),
        RustType::String => "text".to_owned(),
        RustType::List { item, sparse: false } if **item == RustType::String => "texts".to_owned(),
        RustType::List { item, sparse } => {
            let item = file.ty(place, item);
            format!("list {}", compact(&file.nullable(item, *sparse)))
        }
        RustType::Map { key, value, sparse: false } if **value == RustType::String => {
            format!("map_text {}", ty(file, key))
        }
        RustType::Map { key, value, sparse } => {
            let value = file.ty(place, value);
            let value = file.nullable(value, *sparse);
            format!("map {}: {}", ty(file, key), compact(&value))
        }
        RustType::Bool
        | RustType::I8
        | RustType::I16
        | RustType::I32
        | RustType::I64
        | RustType::F32
        | RustType::F64 => {
            format!("copy {}", ty(file, &member.ty))
        }
        other => format!("plain {}", ty(file, other)),
    };
    format!("[{text}]")
}

/// `optional`, `required` and the like.
pub(super) fn need(file: &mut File<'_>, place: Place, member: &Member) -> String {
    let required = member.required;
    match &member.presence {
        Presence::Optional if required => "required_option".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::Required => "required".to_owned(),
        Presence::Default(literal) => {
            let value = default(file, place, literal, &member.ty);
            format!("{}default({value})", if required { "required_" } else { "" })
        }
    }
}

fn default(file: &mut File<'_>, place: Place, literal: &Literal, ty: &RustType) -> String {
    let mut ty = || compact(&file.ty(place, ty));
    match literal {
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) if value.is_nan() => format!("{}::NAN", ty()),
        Literal::Float(f64::INFINITY) => format!("{}::INFINITY", ty()),
        Literal::Float(f64::NEG_INFINITY) => format!("{}::NEG_INFINITY", ty()),
        Literal::Float(value) => format!("{value:?}"),
        Literal::String(value) => format!("{value:?}.to_owned()"),
        Literal::Enum(value) => format!("{}::from({value:?})", ty()),
        Literal::Blob(bytes) => format!("{}::new({bytes:?})", ty()),
        Literal::Timestamp(seconds, nanos) => format!("{}::from_secs_and_nanos({seconds}, {nanos})", ty()),
        Literal::Number(digits) => format!("::smithy_runtime::value::number({digits:?})"),
        Literal::Document(value) => format!("::smithy_runtime::value::document({:?})", value.to_string()),
        Literal::EmptyList | Literal::EmptyMap => "::std::default::Default::default()".to_owned(),
    }
}

/// Tokens as a person writes them: `Vec<Option<Tag>>` rather than `Vec < Option < Tag >>`.
pub(super) fn compact(tokens: &TokenStream) -> String {
    tokens
        .to_string()
        .replace(" < ", "<")
        .replace(" >", ">")
        .replace(" :: ", "::")
        .replace(":: ", "::")
        .replace(" ,", ",")
}
