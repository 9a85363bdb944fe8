//! Settles which types can be `Eq` and `Hash`, once all types are known.

use crate::ir::{Model, NamedKind, RustType};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a type holds a number or a document that stands against `Eq`, and which types it holds besides.
#[derive(Clone, Default)]
struct Facts {
    inexact: bool,
    holds: BTreeSet<Key>,
}

/// The module, true for errors, and the name.
type Key = (bool, String);

/// Sets `can_eq` of every structure and union.
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
        structure.can_eq = !is_inexact(&own, &facts);
    }
    for union in &mut model.unions {
        let own = facts_of(union.members.iter().filter_map(|member| member.ty.as_ref()));
        union.can_eq = !is_inexact(&own, &facts);
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
        RustType::Map { value, .. } => look(value, facts),
        _ => {}
    }
}

/// Hands facts on to holders until nothing changes.
fn spread(facts: &mut BTreeMap<Key, Facts>) {
    loop {
        let holders = facts.iter().filter(|(_, own)| !own.inexact && is_inexact(own, facts));
        let holders: Vec<_> = holders.map(|(name, _)| name.clone()).collect();
        if holders.is_empty() {
            return;
        }
        for name in holders {
            facts.entry(name).or_default().inexact = true;
        }
    }
}

fn is_inexact(own: &Facts, facts: &BTreeMap<Key, Facts>) -> bool {
    own.inexact || own.holds.iter().filter_map(|held| facts.get(held)).any(|held| held.inexact)
}
