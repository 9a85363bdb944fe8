//! Settles which types can be `Eq` and `Hash`, once all types are known.

use crate::ir::{Model, NamedKind, RustType};
use std::collections::{BTreeMap, BTreeSet};

/// What a type holds that stands against `Eq` or `Hash`, and which types it holds besides.
#[derive(Clone, Default)]
struct Facts {
    inexact: bool,
    map: bool,
    holds: BTreeSet<Key>,
}

/// The module, true for errors, and the name.
type Key = (bool, String);

/// Sets `can_eq` and `can_hash` of every structure and union.
pub(super) fn settle(model: &mut Model) {
    let mut facts = BTreeMap::new();
    for structure in model.structures.iter().chain(&model.errors) {
        let key = (structure.error.is_some(), structure.rust_name.clone());
        facts.insert(key, facts_of(structure.members.iter().map(|member| &member.ty)));
    }
    for union in &model.unions {
        facts.insert(
            (false, union.rust_name.clone()),
            facts_of(union.members.iter().filter_map(|member| member.ty.as_ref())),
        );
    }
    spread(&mut facts);

    let inputs_and_outputs =
        model.operations.iter_mut().flat_map(|operation| [&mut operation.input, &mut operation.output]);
    for structure in model.structures.iter_mut().chain(&mut model.errors).chain(inputs_and_outputs) {
        let own = facts_of(structure.members.iter().map(|member| &member.ty));
        (structure.can_eq, structure.can_hash) = verdict(&own, &facts);
    }
    for union in &mut model.unions {
        let own = facts_of(union.members.iter().filter_map(|member| member.ty.as_ref()));
        (union.can_eq, union.can_hash) = verdict(&own, &facts);
    }
}

fn facts_of<'a>(types: impl Iterator<Item = &'a RustType>) -> Facts {
    let mut facts = Facts::default();
    types.for_each(|ty| look(ty, &mut facts));
    facts
}

fn look(ty: &RustType, facts: &mut Facts) {
    match ty {
        RustType::F32 | RustType::F64 | RustType::Document => facts.inexact = true,
        RustType::Named(kind, name) => {
            facts.holds.insert((*kind == NamedKind::Error, name.clone()));
        }
        RustType::List { item, .. } => look(item, facts),
        RustType::Map { value, .. } => {
            facts.map = true;
            look(value, facts);
        }
        _ => {}
    }
}

/// Hands facts on to holders until nothing changes.
fn spread(facts: &mut BTreeMap<Key, Facts>) {
    loop {
        let mut changed = false;
        for name in facts.keys().cloned().collect::<Vec<_>>() {
            let Some(own) = facts.get(&name).cloned() else { continue };
            let held = own.holds.iter().filter_map(|held| facts.get(held));
            let (inexact, map) =
                held.fold((own.inexact, own.map), |(inexact, map), held| (inexact || held.inexact, map || held.map));
            if (inexact, map) != (own.inexact, own.map) {
                changed = true;
                facts.insert(name, Facts { inexact, map, ..own });
            }
        }
        if !changed {
            return;
        }
    }
}

fn verdict(own: &Facts, facts: &BTreeMap<Key, Facts>) -> (bool, bool) {
    let held = || own.holds.iter().filter_map(|held| facts.get(held));
    let inexact = own.inexact || held().any(|held| held.inexact);
    let map = own.map || held().any(|held| held.map);
    (!inexact, !inexact && !map)
}
