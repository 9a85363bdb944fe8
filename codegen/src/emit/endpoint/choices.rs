//! `ite` and `coalesce`: one value out of several of the same kind.

use super::calls;
use super::scope::Scope;
use super::value::{Kind, Value};
use crate::rules::{Expression, RulesError};
use quote::quote;

/// `ite`: the second argument where the first holds, else the third.
pub(super) fn if_then_else(
    scope: &mut Scope<'_>,
    at: &str,
    condition: &Expression,
    branches: &[Expression],
) -> Result<Value, RulesError> {
    let condition = calls::flag(scope, &format!("{at}.argv[0]"), condition)?;
    let (kind, mut values) = alike(scope, at, 1, branches)?;
    let optional = values.iter().any(|value| matches!(value.kind, Kind::Optional(_)));
    if optional {
        values = values.into_iter().map(some).collect();
    }
    let (condition, values) = (condition.tokens, values.into_iter().map(|value| value.tokens));
    let tokens = quote!(functions::ite(#condition #(, #values)*));
    Ok(if optional { Value::optional(kind, tokens) } else { Value::new(kind, tokens) })
}

/// `coalesce`: the first argument that has a value.
pub(super) fn coalesce(scope: &mut Scope<'_>, at: &str, arguments: &[Expression]) -> Result<Value, RulesError> {
    let (kind, values) = alike(scope, at, 0, arguments)?;
    let mut tokens = None;
    for value in values {
        let (argument, optional) = (&value.tokens, matches!(value.kind, Kind::Optional(_)));
        tokens = Some(match (tokens, optional) {
            (None, true) => quote!(#argument),
            (Some(before), true) => quote!(#before.or(#argument)),
            // Nothing after a value that is always there counts.
            (None, false) => return Ok(Value::new(kind, quote!(#argument))),
            (Some(before), false) => return Ok(Value::new(kind, quote!(#before.unwrap_or(#argument)))),
        });
    }
    Ok(Value::optional(kind, tokens.unwrap_or_default()))
}

/// The arguments, and the kind that all of them have.
fn alike(
    scope: &mut Scope<'_>,
    at: &str,
    first: usize,
    arguments: &[Expression],
) -> Result<(Kind, Vec<Value>), RulesError> {
    let mut values = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        let at = format!("{at}.argv[{}]", first + index);
        let value = calls::expression(scope, &at, argument)?;
        match (inner(&value.kind), values.first().map(|first: &Value| inner(&first.kind))) {
            (Kind::Flag, None | Some(Kind::Flag)) => {}
            (Kind::Text | Kind::OwnedText, None | Some(Kind::Text | Kind::OwnedText)) => {}
            (kind, _) => return Err(calls::unfit(scope, &at, kind, "a string or a boolean like the other arguments")),
        }
        values.push(value);
    }
    let owned = values.iter().any(|value| *inner(&value.kind) == Kind::OwnedText);
    if owned {
        values = values.into_iter().map(to_owned).collect();
    }
    let kind = values.first().map_or(Kind::Flag, |value| inner(&value.kind).clone());
    Ok((kind, values))
}

fn inner(kind: &Kind) -> &Kind {
    match kind {
        Kind::Optional(kind) => kind,
        kind => kind,
    }
}

/// Text as a `String`, so that it can stand beside text that is made on the spot.
fn to_owned(value: Value) -> Value {
    let tokens = &value.tokens;
    match &value.kind {
        Kind::Text => Value::new(Kind::OwnedText, quote!(#tokens.to_owned())),
        Kind::Optional(kind) if **kind == Kind::Text => {
            Value::optional(Kind::OwnedText, quote!(#tokens.map(str::to_owned)))
        }
        _ => value,
    }
}

fn some(value: Value) -> Value {
    let tokens = &value.tokens;
    match value.kind {
        Kind::Optional(_) => value,
        kind => Value::optional(kind, quote!(Some(#tokens))),
    }
}
