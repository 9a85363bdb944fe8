//! Says in a model of Smithy 1.0 what 2.0 says with traits: numbers and flags that are not boxed are zero or false
//! where they are left out; but not numbers whose range has no zero.

use super::{Kind, Member, Model};
use crate::traits::TraitsExt;
use serde_json::{Value, json};

/// Adds `smithy.api#default` to the members that have such a default.
pub(super) fn upgrade(model: &mut Model) {
    let mut found = Vec::new();
    for (id, shape) in model.shapes.iter().filter(|(_, shape)| shape.kind == Kind::Structure) {
        for (index, (_, member)) in shape.members.0.iter().enumerate() {
            let known = member.traits.has("box") || member.traits.has("default");
            if let Some(zero) = zero(model, member).filter(|_| !known) {
                found.push((id.clone(), index, zero));
            }
        }
    }
    for (id, index, zero) in found {
        if let Some((_, member)) = model.shapes.get_mut(&id).and_then(|shape| shape.members.0.get_mut(index)) {
            member.traits.insert("smithy.api#default".into(), zero);
        }
    }
}

fn zero(model: &Model, member: &Member) -> Option<Value> {
    let shape = model.shapes.get(&member.target);
    let range = member.traits.api("range").or_else(|| shape?.traits.api("range"));
    if range.is_some_and(|range| bound(range, "min") > Some(0.0) || bound(range, "max").is_some_and(|max| max < 0.0)) {
        return None;
    }
    if let Some(primitive) = member.target.strip_prefix("smithy.api#Primitive") {
        return Some(if primitive == "Boolean" { json!(false) } else { json!(0) });
    }
    let shape = shape.filter(|shape| !shape.traits.has("box"))?;
    match shape.kind {
        Kind::Boolean => Some(json!(false)),
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::Float | Kind::Double => Some(json!(0)),
        _ => None,
    }
}

/// A bound of a range, which may be given as text.
fn bound(range: &Value, name: &str) -> Option<f64> {
    let bound = range.get(name)?;
    bound.as_f64().or_else(|| bound.as_str()?.parse().ok())
}
