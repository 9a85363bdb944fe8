//! Whether a new minor version takes every spec that an earlier one took.

use super::{Kind, Schema, Type};

impl Schema {
    /// Why specs for `earlier` may not fit this schema; empty where all fit.
    pub(crate) fn breaks_with(&self, earlier: &Self) -> Vec<String> {
        let mut reasons = Vec::new();
        let pairs = [
            ("environment_input_type", &self.environment, &earlier.environment),
            ("service_input_type", &self.service, &earlier.service),
            ("pipeline_input_type", &self.pipeline, &earlier.pipeline),
        ];
        for (name, new, old) in pairs {
            match (new, old) {
                (Some(new), Some(old)) => compare(name, new, old, &mut reasons),
                (None, Some(_)) => reasons.push(format!("{name} is gone")),
                (Some(new), None) if needs_input(new) => reasons.push(format!("{name} is new and has required inputs")),
                _ => {}
            }
        }
        reasons
    }
}

fn needs_input(kind: &Type) -> bool {
    let Kind::Object { properties, required, .. } = &kind.kind else { return false };
    required.iter().any(|name| properties.get(name).is_none_or(|inner| inner.default.is_none()))
}

fn compare(path: &str, new: &Type, old: &Type, reasons: &mut Vec<String>) {
    let mut say = |reason: &str| reasons.push(format!("{path}: {reason}"));
    match (&new.allowed, &old.allowed) {
        (Some(new), Some(old)) if !old.iter().all(|value| new.contains(value)) => say("values were taken out of enum"),
        (Some(_), None) => say("enum is new"),
        _ => {}
    }
    if new.pattern.is_some() && new.pattern != old.pattern {
        say("the pattern changed");
    }
    let higher = |new: Option<f64>, old: Option<f64>| new.is_some_and(|new| old.is_none_or(|old| new > old));
    let lower = |new: Option<f64>, old: Option<f64>| new.is_some_and(|new| old.is_none_or(|old| new < old));
    let float = |bound: Option<u64>| bound.map(|bound| bound as f64);
    let narrower = higher(new.minimum, old.minimum)
        || lower(new.maximum, old.maximum)
        || higher(float(new.length.0), float(old.length.0))
        || lower(float(new.length.1), float(old.length.1))
        || higher(float(new.items.0), float(old.items.0))
        || lower(float(new.items.1), float(old.items.1));
    if narrower {
        say("its limits are narrower");
    }
    match (&new.kind, &old.kind) {
        (
            Kind::Object { properties: new, required: now, .. },
            Kind::Object { properties: old, required: before, .. },
        ) => {
            for (name, inner) in old {
                match new.get(name) {
                    Some(found) => compare(&format!("{path}.{name}"), found, inner, reasons),
                    None => reasons.push(format!("{path}.{name}: the input is gone")),
                }
            }
            let demanded = now.iter().filter(|name| !before.contains(name));
            for name in demanded.filter(|name| new.get(*name).is_none_or(|inner| inner.default.is_none())) {
                reasons.push(format!("{path}.{name}: it is required now and has no default"));
            }
        }
        (Kind::Array(new), Kind::Array(old)) => compare(&format!("{path}[]"), new, old, reasons),
        (Kind::Number, Kind::Integer) => {}
        (new, old) if std::mem::discriminant(new) != std::mem::discriminant(old) => {
            reasons.push(format!("{path}: it was {}, now it is {}", old.named(), new.named()));
        }
        _ => {}
    }
}
