//! Structures, unions, enums and errors.

use super::closure::Closure;
use super::graph::Node;
use super::member::deprecated;
use super::{Context, TypeName};
use crate::ir::{
    Enum, ErrorInfo, Fault, Member, NamedKind, Prelude, Presence, Retry, RustType, ShapeRef, Structure, Union, Variant,
    VariantMember,
};
use crate::parse::{Kind, Shape};
use crate::traits::TraitsExt;
use crate::{Error, docs, names};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The nested structures, by Rust name.
pub(super) fn structures(context: &mut Context<'_>, ids: &BTreeSet<&str>) -> Result<Vec<Structure>, Error> {
    let mut result = Vec::with_capacity(ids.len());
    for id in ids {
        let (id, shape) = context.graph.get_as(id, id, Kind::Structure)?;
        let Some(TypeName { rust, table, .. }) = context.types.get(id) else { continue };
        let (rust, table) = (rust.clone(), table.clone());
        let members = context.members(id, shape, false)?;
        result.push(structure(id, shape, rust, table, members)?);
    }
    result.sort_by(|one, other| one.rust_name.cmp(&other.rust_name));
    Ok(result)
}

/// A structure of known names and members.
pub(super) fn structure(
    id: &str,
    shape: &Shape,
    rust_name: String,
    table: String,
    members: Vec<Member>,
) -> Result<Structure, Error> {
    Ok(Structure {
        shape_id: id.into(),
        rust_name,
        table,
        docs: docs::lines(shape.traits.text(id, "documentation")?.unwrap_or_default()),
        sensitive: shape.traits.has("sensitive"),
        deprecated: deprecated(id, &shape.traits)?,
        all_optional: !members.iter().any(|member| member.presence == Presence::Required),
        members,
        can_eq: false,
        error: None,
    })
}

/// `smithy.api#retryable`.
#[derive(Deserialize)]
struct Retryable {
    #[serde(default)]
    throttling: bool,
}

/// `aws.protocols#awsQueryError`.
#[derive(Deserialize)]
struct QueryError {
    code: String,
}

/// The errors, by Rust name.
pub(super) fn errors(context: &mut Context<'_>, closure: &Closure<'_>) -> Result<Vec<Structure>, Error> {
    let mut result = structures(context, &closure.errors)?;
    for structure in &mut result {
        let id = structure.shape_id.clone();
        let (_, shape) = context.graph.get_as(&id, &id, Kind::Structure)?;
        let fault = match shape.traits.text(&id, "error")? {
            Some("client") => Fault::Client,
            Some("server") => Fault::Server,
            other => {
                let problem = format!("`{}` is neither client nor server", other.unwrap_or_default());
                return Err(Error::bad_trait(id, "smithy.api#error", problem));
            }
        };
        let status: Option<u16> = shape.traits.read(&id, "smithy.api#httpError")?;
        let retryable: Option<Retryable> = shape.traits.read(&id, "smithy.api#retryable")?;
        let query: Option<QueryError> = shape.traits.read(&id, "aws.protocols#awsQueryError")?;
        structure.error = Some(ErrorInfo {
            fault,
            http_status: status.unwrap_or(if fault == Fault::Client { 400 } else { 500 }),
            retry: retryable.map(|retryable| match fault {
                _ if retryable.throttling => Retry::Throttling,
                Fault::Server => Retry::Server,
                Fault::Client => Retry::Client,
            }),
            query_code: query.map(|query| query.code),
            thrown: closure.thrown.contains(id.as_str()),
            message: message(structure),
        });
    }
    Ok(result)
}

/// The member with an error's message; added where the model has none, because services send one all the same.
fn message(structure: &mut Structure) -> usize {
    if let Some(index) = structure.members.iter().position(|member| member.bare_name == "message") {
        return index;
    }
    structure.members.push(Member {
        name: "message".into(),
        rust_name: "message".into(),
        bare_name: "message".into(),
        shape: ShapeRef::Prelude(Prelude::String),
        ty: RustType::String,
        presence: Presence::Optional,
        boxed: false,
        required: false,
        docs: vec!["What the service says about the error.".into()],
        deprecated: None,
        idempotency_token: false,
        sensitive: false,
    });
    structure.members.len() - 1
}

/// The unions, by Rust name.
pub(super) fn unions(context: &mut Context<'_>, ids: &BTreeSet<&str>) -> Result<Vec<Union>, Error> {
    let mut result = Vec::with_capacity(ids.len());
    for id in ids {
        let (id, shape) = context.graph.get_as(id, id, Kind::Union)?;
        let Some(TypeName { rust, table, .. }) = context.types.get(id) else { continue };
        let (rust_name, table) = (rust.clone(), table.clone());
        let mut members: Vec<VariantMember> = Vec::with_capacity(shape.members.0.len());
        for (name, member) in &shape.members.0 {
            let member_id = format!("{id}${name}");
            let unit = matches!(context.graph.get(&member_id, &member.target)?, Node::Unit);
            let (ty, (shape, sensitive)) = match unit {
                true => (None, (ShapeRef::Prelude(Prelude::Unit), false)),
                false => (Some(context.rust_type(&member_id, &member.target)?), context.shape_ref(&member_id, member)?),
            };
            members.push(VariantMember {
                name: name.clone(),
                rust_name: names::variant(name),
                snake: names::bare_snake(match names::variant(name).as_str() {
                    renamed if renamed.starts_with("UnknownValue") => renamed,
                    _ => name,
                }),
                shape,
                ty,
                boxed: context.boxed.contains(&member_id),
                docs: context.member_docs(&member_id, member, None)?,
                deprecated: deprecated(&member_id, &member.traits)?,
                sensitive,
            });
        }
        distinct(id, members.iter().map(|member| (member.name.as_str(), member.rust_name.as_str())))?;
        distinct(id, members.iter().map(|member| (member.name.as_str(), member.snake.as_str())))?;
        result.push(Union {
            shape_id: id.into(),
            rust_name,
            table,
            docs: docs::lines(shape.traits.text(id, "documentation")?.unwrap_or_default()),
            sensitive: shape.traits.has("sensitive"),
            deprecated: deprecated(id, &shape.traits)?,
            members,
            can_eq: false,
        });
    }
    result.sort_by(|one, other| one.rust_name.cmp(&other.rust_name));
    Ok(result)
}

/// The enums, by Rust name.
pub(super) fn enums(context: &Context<'_>, ids: &BTreeSet<&str>) -> Result<Vec<Enum>, Error> {
    let mut result = Vec::with_capacity(ids.len());
    for id in ids {
        let Node::Shape(id, shape) = context.graph.get(id, id)? else { continue };
        let Some(TypeName { kind: NamedKind::Enum, rust, table }) = context.types.get(id) else { continue };
        result.push(Enum {
            shape_id: id.into(),
            rust_name: rust.clone(),
            table: table.clone(),
            docs: docs::lines(shape.traits.text(id, "documentation")?.unwrap_or_default()),
            sensitive: shape.traits.has("sensitive"),
            deprecated: deprecated(id, &shape.traits)?,
            variants: variants(id, shape)?,
        });
    }
    result.sort_by(|one, other| one.rust_name.cmp(&other.rust_name));
    Ok(result)
}

/// Whether a shape is text out of a set, in the form of Smithy 1.0 or 2.0.
pub(super) fn is_text_enum(shape: &Shape) -> bool {
    shape.kind == Kind::Enum || (shape.kind == Kind::String && shape.traits.has("enum"))
}

/// An entry of `smithy.api#enum`.
#[derive(Deserialize)]
struct Definition {
    value: String,
    name: Option<String>,
    documentation: Option<String>,
    #[serde(default)]
    deprecated: bool,
}

/// The values of an enum, in order and each once.
pub(super) fn variants(id: &str, shape: &Shape) -> Result<Vec<Variant>, Error> {
    let mut variants: Vec<Variant> = Vec::new();
    let definitions: Vec<Definition> = shape.traits.read(id, "smithy.api#enum")?.unwrap_or_default();
    for definition in definitions {
        let named = definition.name.is_some();
        let mut rust_name = names::variant(definition.name.as_ref().unwrap_or(&definition.value));
        let base = rust_name.clone();
        let mut number = 1;
        // Values without names are free to differ in signs only, such as `<` and `>`.
        while !named && variants.iter().any(|known| known.rust_name == rust_name) {
            number += 1;
            rust_name = format!("{base}{number}");
        }
        variants.push(Variant {
            value: definition.value,
            rust_name,
            docs: docs::lines(&definition.documentation.unwrap_or_default()),
            deprecated: definition.deprecated.then(String::new),
        });
    }
    for (name, member) in &shape.members.0 {
        let member_id = format!("{id}${name}");
        let value = member.traits.text(&member_id, "enumValue")?;
        variants.push(Variant {
            value: value.unwrap_or(name).into(),
            rust_name: names::variant(name),
            docs: docs::lines(member.traits.text(&member_id, "documentation")?.unwrap_or_default()),
            deprecated: deprecated(&member_id, &member.traits)?,
        });
    }
    variants.sort_by(|one, other| one.value.cmp(&other.value));
    variants.dedup_by(|one, other| one.value == other.value);
    distinct(id, variants.iter().map(|variant| (variant.value.as_str(), variant.rust_name.as_str())))?;
    Ok(variants)
}

/// Names and values of an `intEnum`, in the model's order.
pub(super) fn int_values<'a>(id: &str, shape: &'a Shape) -> Result<Vec<(&'a str, i32)>, Error> {
    let mut values = Vec::with_capacity(shape.members.0.len());
    for (name, member) in &shape.members.0 {
        let value: Option<i32> = member.traits.read(&format!("{id}${name}"), "smithy.api#enumValue")?;
        let value =
            value.ok_or_else(|| Error::shape(format!("{id}${name}"), "has no value", "add `smithy.api#enumValue`"))?;
        values.push((name.as_str(), value));
    }
    Ok(values)
}

/// Refuses two members or values of one Rust name.
fn distinct<'a>(id: &str, named: impl Iterator<Item = (&'a str, &'a str)>) -> Result<(), Error> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for (name, rust) in named {
        if let Some((first, _)) = seen.iter().find(|(_, known)| *known == rust) {
            return Err(Error::Collision {
                first: format!("{id}${first}"),
                second: format!("{id}${name}"),
                rust: rust.into(),
                place: "the same type".into(),
                advice: "rename one of the members, with `smithy.api#enumValue` for the value of an enum",
            });
        }
        seen.push((name, rust));
    }
    Ok(())
}
