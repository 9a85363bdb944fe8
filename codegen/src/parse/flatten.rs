//! Applies `apply` statements and mixins, so that each shape stands for itself.

use super::{Kind, Member, Members, Model, Shape, Traits};
use crate::Error;
use std::collections::BTreeMap;

const MIXIN: &str = "smithy.api#mixin";

/// Mixins of mixins of mixins and so on beyond this are taken for a mistake.
const DEPTH: usize = 64;

pub(super) fn flatten(entries: Vec<(String, Shape)>) -> Result<Model, Error> {
    let mut shapes = BTreeMap::new();
    let mut applied = Vec::new();
    for (id, shape) in entries {
        check_id(&id, shape.kind)?;
        if shape.kind == Kind::Apply {
            applied.push((id, shape.traits));
        } else if shapes.insert(id.clone(), shape).is_some() {
            return Err(Error::shape(id, "is defined twice", "remove one of the definitions"));
        }
    }
    // Traits applied to inherited members need the members to be there first.
    let (late, early): (Vec<_>, Vec<_>) = applied.into_iter().partition(|(id, _)| inherits(&shapes, id));
    apply(&mut shapes, early)?;
    let mut flat = BTreeMap::new();
    let ids: Vec<String> = shapes.keys().cloned().collect();
    let mut late_by_shape: BTreeMap<String, Vec<(String, Traits)>> = BTreeMap::new();
    for (id, traits) in late {
        late_by_shape.entry(shape_of(&id).to_owned()).or_default().push((id, traits));
    }
    for id in &ids {
        resolve(id, &shapes, &late_by_shape, &mut flat, &mut Vec::new())?;
    }
    if let Some((id, _)) = late_by_shape.iter().find(|(id, _)| !flat.contains_key(*id)) {
        return Err(unapplied(id));
    }
    Ok(Model { shapes: flat })
}

fn check_id(id: &str, kind: Kind) -> Result<(), Error> {
    let (namespace, name) = id.split_once('#').unwrap_or_default();
    let name = match (kind, name.split_once('$')) {
        (Kind::Apply, Some((shape, _))) => shape,
        _ => name,
    };
    let word = |word: &str| {
        word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && word.chars().any(|c| c.is_ascii_alphabetic())
    };
    if namespace.split('.').all(word) && word(name) && !name.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(());
    }
    Err(Error::shape(id, "is not a shape id", "write it as `namespace#Name`"))
}

fn shape_of(id: &str) -> &str {
    id.split_once('$').map_or(id, |(shape, _)| shape)
}

/// Whether the member that the id names comes from a mixin.
fn inherits(shapes: &BTreeMap<String, Shape>, id: &str) -> bool {
    id.split_once('$').is_some_and(|(shape, name)| {
        shapes
            .get(shape)
            .is_some_and(|shape| !shape.mixins.is_empty() && !shape.members.0.iter().any(|(own, _)| own == name))
    })
}

fn apply(shapes: &mut BTreeMap<String, Shape>, statements: Vec<(String, Traits)>) -> Result<(), Error> {
    for (id, traits) in statements {
        // Statements about the prelude or another service's shapes may outlive them.
        if let Some(shape) = shapes.get_mut(shape_of(&id)) {
            apply_to(shape, &id, traits)?;
        } else if !id.starts_with("smithy.api#") {
            return Err(unapplied(&id));
        }
    }
    Ok(())
}

fn apply_to(shape: &mut Shape, id: &str, traits: Traits) -> Result<(), Error> {
    let Some((_, name)) = id.split_once('$') else {
        shape.traits.extend(traits);
        return Ok(());
    };
    let member = match (shape.kind, name) {
        (Kind::List, "member") => shape.member.as_mut(),
        (Kind::Map, "key") => shape.key.as_mut(),
        (Kind::Map, "value") => shape.value.as_mut(),
        _ => shape.members.0.iter_mut().find(|(own, _)| own == name).map(|(_, member)| member),
    };
    member.ok_or_else(|| unapplied(id))?.traits.extend(traits);
    Ok(())
}

fn unapplied(id: &str) -> Error {
    Error::shape(id, "has traits applied but does not exist", "add the shape or remove the `apply` statement")
}

/// Brings one shape into `flat`, its mixins first.
fn resolve(
    id: &str,
    shapes: &BTreeMap<String, Shape>,
    late: &BTreeMap<String, Vec<(String, Traits)>>,
    flat: &mut BTreeMap<String, Shape>,
    path: &mut Vec<String>,
) -> Result<(), Error> {
    if flat.contains_key(id) {
        return Ok(());
    }
    if path.iter().any(|above| above == id) {
        return Err(Error::shape(id, "is a mixin of itself", "break the circle of mixins"));
    }
    if path.len() > DEPTH {
        return Err(Error::shape(
            id,
            format!("is mixed in over more than {DEPTH} steps"),
            "use fewer mixins of mixins",
        ));
    }
    let Some(shape) = shapes.get(id) else {
        let from = path.last().cloned().unwrap_or_default();
        return Err(Error::missing(&from, id));
    };
    let mut result = shape.clone();
    if !shape.mixins.is_empty() {
        path.push(id.to_owned());
        let (mut members, mut traits) = (Vec::new(), Traits::new());
        for mixin in &shape.mixins {
            resolve(&mixin.target, shapes, late, flat, path)?;
            let Some(mixed) = flat.get(&mixin.target) else { continue };
            inherit(&mut result, mixed, &mut members, &mut traits);
        }
        path.pop();
        merge_members(&mut members, std::mem::take(&mut result.members.0));
        result.members = Members(members);
        traits.append(&mut result.traits);
        result.traits = traits;
        for (target, traits) in late.get(id).into_iter().flatten() {
            apply_to(&mut result, target, traits.clone())?;
        }
    }
    flat.insert(id.to_owned(), result);
    Ok(())
}

/// Takes over what a mixin brings: members, traits that are not its own, and what a service or operation has.
fn inherit(shape: &mut Shape, mixin: &Shape, members: &mut Vec<(String, Member)>, traits: &mut Traits) {
    let local: Vec<&str> = mixin
        .traits
        .get(MIXIN)
        .and_then(|mixin| mixin.get("localTraits"))
        .and_then(|local| local.as_array())
        .map(|local| local.iter().filter_map(|name| name.as_str()).collect())
        .unwrap_or_default();
    for (name, value) in &mixin.traits {
        if name != MIXIN && !local.contains(&name.as_str()) {
            traits.insert(name.clone(), value.clone());
        }
    }
    merge_members(members, mixin.members.0.clone());
    shape.member = shape.member.take().or_else(|| mixin.member.clone());
    shape.key = shape.key.take().or_else(|| mixin.key.clone());
    shape.value = shape.value.take().or_else(|| mixin.value.clone());
    shape.input = shape.input.take().or_else(|| mixin.input.clone());
    shape.output = shape.output.take().or_else(|| mixin.output.clone());
    if shape.version.is_empty() {
        shape.version.clone_from(&mixin.version);
    }
    shape.errors.extend(mixin.errors.iter().cloned());
    shape.operations.extend(mixin.operations.iter().cloned());
    shape.resources.extend(mixin.resources.iter().cloned());
    for (id, name) in &mixin.rename {
        shape.rename.entry(id.clone()).or_insert_with(|| name.clone());
    }
}

/// A member that is there already keeps its place and takes the newer target and traits.
fn merge_members(members: &mut Vec<(String, Member)>, more: Vec<(String, Member)>) {
    for (name, member) in more {
        match members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => {
                known.target = member.target;
                known.traits.extend(member.traits);
            }
            None => members.push((name, member)),
        }
    }
}
