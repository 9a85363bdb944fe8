//! Members of structures: their names, types, presence and documentation.

use super::Context;
use super::graph::{Graph, Node};
use super::limits::{self, Counted};
use crate::ir::{Constraints, Literal, Member, Presence};
use crate::parse::{self, Kind, Shape, Traits};
use crate::traits::TraitsExt;
use crate::{Error, docs, names};

impl<'a> Context<'a> {
    /// The members of a structure, in the model's order. Those of an input may all be absent.
    pub(super) fn members(&mut self, id: &str, shape: &'a Shape, input: bool) -> Result<Vec<Member>, Error> {
        let mut members = Vec::with_capacity(shape.members.0.len());
        for (name, member) in &shape.members.0 {
            members.push(self.member(&format!("{id}${name}"), name, member, input)?);
        }
        settle_names(id, &mut members)?;
        Ok(members)
    }

    fn member(&mut self, id: &str, name: &str, member: &'a parse::Member, input: bool) -> Result<Member, Error> {
        let ty = self.rust_type(id, &member.target)?;
        let (shape, sensitive) = self.shape_ref(id, member)?;
        let default = self.default_of(id, member)?;
        let required = member.traits.has("required");
        let docs = self.member_docs(id, member, default.as_ref())?;
        let careful = matches!(self.graph.get(id, &member.target)?, Node::Shape(_, target)
            if matches!(target.kind, Kind::Structure | Kind::Union));
        let presence = match default {
            _ if input || careful || member.traits.has("clientOptional") => Presence::Optional,
            Some(default) => Presence::Default(default),
            None if required => Presence::Required,
            None => Presence::Optional,
        };
        let bare_name = names::bare_field(name, input);
        Ok(Member {
            name: name.into(),
            rust_name: names::raw(&bare_name),
            bare_name,
            shape,
            ty,
            presence,
            boxed: self.boxed.contains(id),
            required,
            docs,
            deprecated: deprecated(id, &member.traits)?,
            idempotency_token: member.traits.has("idempotencyToken"),
            sensitive,
        })
    }

    /// What the member or, for want of that, its simple shape says, and the limits.
    pub(super) fn member_docs(
        &self,
        id: &str,
        member: &parse::Member,
        default: Option<&Literal>,
    ) -> Result<Vec<String>, Error> {
        let node = self.graph.get(id, &member.target)?;
        let mut text = member.traits.text(id, "documentation")?;
        if let Node::Shape(target, shape) = node
            && !self.types.contains_key(target)
        {
            text = text.or(shape.traits.text(target, "documentation")?);
        }
        let mut lines = docs::lines(text.unwrap_or_default());
        let mut words = Vec::new();
        // A token that a caller does not set is made up.
        if member.traits.has("required") && !member.traits.has("idempotencyToken") {
            words.push("required".into());
        }
        words.extend(limit_words(self.graph, id, member)?);
        words.extend(default.and_then(limits::default_words));
        limits::paragraph(&mut lines, &words);
        Ok(lines)
    }
}

/// The limits of a value in words, and those of a list's items.
fn limit_words(graph: Graph<'_>, id: &str, member: &parse::Member) -> Result<Vec<String>, Error> {
    let (constraints, counted) = constraints(graph, id, member)?;
    let mut words = limits::words(&constraints, counted);
    if let Node::Shape(target, shape) = graph.get(id, &member.target)? {
        if shape.kind == Kind::IntEnum {
            let values = super::types::int_values(target, shape)?;
            let values: Vec<_> = values.into_iter().map(|(name, value)| format!("{value} ({name})")).collect();
            words.push(format!("one of {}", values.join(", ")));
        }
        for (name, part) in [("item", &shape.member), ("key", &shape.key), ("value", &shape.value)] {
            let Some(part) = part else { continue };
            let (constraints, counted) = self::constraints(graph, target, part)?;
            let part = limits::words(&constraints, counted);
            if !part.is_empty() {
                words.push(format!("each {name} {}", part.join(", ")));
            }
        }
    }
    Ok(words)
}

/// The constraints of what a member holds, its own before those of its shape.
fn constraints(graph: Graph<'_>, id: &str, member: &parse::Member) -> Result<(Constraints, Counted), Error> {
    let mut traits = Traits::new();
    let mut counted = Counted::Characters;
    if let Node::Shape(_, shape) = graph.get(id, &member.target)? {
        counted = match shape.kind {
            Kind::Blob => Counted::Bytes,
            Kind::List => Counted::Items,
            Kind::Map => Counted::Entries,
            _ => Counted::Characters,
        };
        // An enum's values say more than a pattern that they all match.
        if !super::types::is_text_enum(shape) {
            traits.clone_from(&shape.traits);
        }
    } else if member.target == "smithy.api#Blob" {
        counted = Counted::Bytes;
    }
    for name in ["length", "pattern", "range", "uniqueItems"] {
        if let Some(value) = member.traits.api(name) {
            traits.insert(format!("smithy.api#{name}"), value.clone());
        }
    }
    Ok((limits::constraints(id, &traits)?, counted))
}

/// Why a shape or member should not be used.
pub(super) fn deprecated(id: &str, traits: &Traits) -> Result<Option<String>, Error> {
    let Some(value) = traits.api("deprecated") else { return Ok(None) };
    let message = value.get("message").map(|message| crate::traits::str_of(id, "smithy.api#deprecated", message));
    let lines = docs::lines(message.transpose()?.unwrap_or_default());
    Ok(Some(lines.join(" ")))
}

/// Gives another name to the field with this name, if there is one.
pub(super) fn rename(id: &str, members: &mut [Member], name: &str) -> Result<(), Error> {
    if let Some(member) = members.iter_mut().find(|member| member.bare_name == name) {
        give_another_name(member);
    }
    settle_names(id, members)
}

fn give_another_name(member: &mut Member) {
    member.bare_name.push_str("_value");
    member.rust_name.clone_from(&member.bare_name);
}

/// Gives another name to a field that would take the setter of a second one, and refuses equal names.
fn settle_names(id: &str, members: &mut [Member]) -> Result<(), Error> {
    let bare: Vec<String> = members.iter().map(|member| member.bare_name.clone()).collect();
    for member in members.iter_mut() {
        let of_other =
            |prefix| member.bare_name.strip_prefix(prefix).is_some_and(|rest| bare.iter().any(|name| name == rest));
        if of_other("set_") || of_other("get_") {
            give_another_name(member);
        }
    }
    for (index, member) in members.iter().enumerate() {
        if let Some(first) = members[..index].iter().find(|first| first.rust_name == member.rust_name) {
            return Err(Error::Collision {
                first: format!("{id}${}", first.name),
                second: format!("{id}${}", member.name),
                rust: member.rust_name.clone(),
                place: "the same structure".into(),
                advice: "rename one of the members",
            });
        }
    }
    Ok(())
}
