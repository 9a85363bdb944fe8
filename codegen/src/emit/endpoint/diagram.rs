//! A decision diagram as Rust: a table that the runtime follows, what its conditions ask, what comes of it.
//!
//! Which conditions are asked is known at run time alone. So what a condition assigns goes into a cell, and a condition
//! or result begins with the cells that it needs.

use super::scope::Scope;
use super::value::{Kind, Value};
use super::{calls, no_match, outcome};
use crate::rules::references::Names;
use crate::rules::{Condition, Diagram, RulesError};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use std::collections::BTreeMap;

/// What the cells of assigned names hold.
type Variables = BTreeMap<String, Kind>;

/// The body of `resolve_endpoint`.
pub(super) fn emit(scope: &mut Scope<'_>, diagram: &Diagram) -> Result<TokenStream, RulesError> {
    let mut variables = Variables::new();
    let mut conditions = Vec::new();
    for (index, condition) in diagram.conditions.iter().enumerate() {
        let body = test(scope, &format!("conditions[{index}]"), condition, &mut variables)?;
        let index = Literal::usize_unsuffixed(index);
        conditions.push(quote!(#index => #body,));
    }
    let mut results = Vec::new();
    for (index, result) in diagram.results.iter().enumerate() {
        let at = format!("results[{index}]");
        let mut names = Names::new();
        result.needs(&mut names);
        let (clauses, body) = with(scope, &at, &names, |scope| Ok(outcome(scope, &at, result)?.tokens))?;
        let body = guarded(&clauses, body, no_match());
        let number = Literal::usize_unsuffixed(index + 1);
        results.push(quote!(Some(#number) => #body,));
    }
    let cells = variables.iter().map(|(name, kind)| {
        let (ident, held) = (scope.ident(name), held(kind));
        quote!(let #ident: OnceCell<#held> = OnceCell::new();)
    });
    let cells: Vec<_> = cells.collect();
    let nodes = diagram.nodes.iter().map(|node| {
        let node = node.map(Literal::i32_unsuffixed);
        quote!([#(#node),*])
    });
    let (root, otherwise) = (Literal::i32_unsuffixed(diagram.root), no_match());
    Ok(quote! {
        #(#cells)*
        let found = diagram::follow(&[#(#nodes),*], #root, |condition| match condition {
            #(#conditions)*
            _ => false,
        });
        match found {
            #(#results)*
            _ => #otherwise,
        }
    })
}

/// Whether a condition holds; it keeps what it assigns.
fn test(
    scope: &mut Scope<'_>,
    at: &str,
    condition: &Condition,
    variables: &mut Variables,
) -> Result<TokenStream, RulesError> {
    let Condition { call, assign } = condition;
    let mut names = Names::new();
    call.needs(&mut names);
    let (clauses, value) = with(scope, at, &names, |scope| calls::call(scope, at, call))?;
    let Value { tokens, kind, .. } = value;
    let (kind, optional) = match kind {
        Kind::Optional(kind) => (*kind, true),
        kind => (kind, false),
    };
    let cell = assign.as_deref().map(|name| variable(scope, at, name, &kind, variables)).transpose()?;
    let body = match (cell, kind == Kind::Flag, optional) {
        (None, true, false) => tokens,
        (None, true, true) => quote!(#tokens.unwrap_or(false)),
        (None, false, false) => quote!(true),
        (None, false, true) => quote!(#tokens.is_some()),
        (Some(cell), true, false) => quote!(diagram::keep(&#cell, Some(#tokens)) && #cell.get() == Some(&true)),
        (Some(cell), true, true) => quote!(diagram::keep(&#cell, #tokens) && #cell.get() == Some(&true)),
        (Some(cell), false, false) => quote!(diagram::keep(&#cell, Some(#tokens))),
        (Some(cell), false, true) => quote!(diagram::keep(&#cell, #tokens)),
    };
    Ok(guarded(&clauses, body, quote!(false)))
}

/// The cell of an assigned name. Several conditions may assign it, where at most one of them finds a value.
fn variable(
    scope: &mut Scope<'_>,
    at: &str,
    name: &str,
    kind: &Kind,
    variables: &mut Variables,
) -> Result<Ident, RulesError> {
    let kind = if *kind == Kind::OwnedText { &Kind::Text } else { kind };
    let ident = scope.ident(name);
    match variables.get(name) {
        Some(known) if known == kind => {}
        None if !scope.knows(name) => {
            variables.insert(name.to_owned(), kind.clone());
            let read = match kind {
                Kind::Text | Kind::OwnedText => quote!(#ident.get().map(|text| &**text)),
                Kind::Flag | Kind::Strings | Kind::Partition => quote!(#ident.get().copied()),
                _ => quote!(#ident.get()),
            };
            scope.alias(name, Value::optional(kind.clone(), read));
        }
        _ => return Err(RulesError::Taken { at: scope.place(at), name: name.to_owned() }),
    }
    Ok(ident)
}

/// The type of what a cell holds.
fn held(kind: &Kind) -> TokenStream {
    match kind {
        Kind::Flag => quote!(bool),
        Kind::Text | Kind::OwnedText => quote!(Cow<'_, str>),
        Kind::Strings => quote!(&[String]),
        Kind::Parts => quote!(Vec<&str>),
        Kind::Url => quote!(functions::Url<'_>),
        Kind::Arn => quote!(functions::Arn<'_>),
        Kind::Partition => quote!(&functions::Partition),
        Kind::Optional(kind) => held(kind),
    }
}

/// What `body` gives where these names have plain values, and the clauses that make it so.
fn with<T>(
    scope: &mut Scope<'_>,
    at: &str,
    names: &Names<'_>,
    body: impl FnOnce(&mut Scope<'_>) -> Result<T, RulesError>,
) -> Result<(Vec<TokenStream>, T), RulesError> {
    let mut clauses = Vec::new();
    for name in names {
        let value = scope.get(at, name)?;
        if matches!(value.kind, Kind::Optional(_)) {
            let tokens = value.tokens.clone();
            let ident = scope.bind(name, value.unwrapped());
            clauses.push(quote!(let Some(#ident) = #tokens));
        }
    }
    let result = body(scope);
    for _ in &clauses {
        scope.unbind();
    }
    Ok((clauses, result?))
}

fn guarded(clauses: &[TokenStream], body: TokenStream, otherwise: TokenStream) -> TokenStream {
    if clauses.is_empty() { body } else { quote!(if #(#clauses)&&* { #body } else { #otherwise }) }
}

#[cfg(test)]
mod tests {
    use crate::emit::endpoint::emit;
    use crate::rules::{Diagram, Rules};
    use serde_json::{Value, json};

    /// Compiles a diagram of these conditions whose nodes lead to one error at once.
    fn compile(conditions: Value, message: &str) -> Result<String, String> {
        let diagram = json!({
            "version": "1.1",
            "parameters": {"Name": {"type": "string"}, "Flag": {"type": "boolean"}},
            "conditions": conditions,
            "results": [{"type": "error", "conditions": [], "error": message}],
            "root": 100_000_001, "nodeCount": 1, "nodes": "/////wAAAAH/////",
        });
        let rules = Rules::Diagram(Diagram::read("ns#Service", &diagram).map_err(|error| error.to_string())?);
        emit(&rules).map(|tokens| tokens.to_string()).map_err(|error| error.to_string())
    }

    fn assign(function: &str, argv: Value) -> Value {
        json!({"fn": function, "argv": argv, "assign": "it"})
    }

    #[test]
    fn a_name_may_be_assigned_twice_as_the_same_kind() {
        let encode = assign("uriEncode", json!(["{Name}"]));
        let substring = assign("substring", json!([{"ref": "Name"}, 0, 1, false]));
        let text = compile(json!([encode, substring]), "{it}").expect("both are text");
        assert_eq!(text.matches("let it : OnceCell").count(), 1, "{text}");
        let flag = assign("coalesce", json!([{"ref": "Flag"}, true]));
        let error = compile(json!([encode, flag]), "{it}").expect_err("text and a flag");
        assert!(error.contains("conditions[1]: `it` is assigned, but has a value already"), "{error}");
    }

    #[test]
    fn names_and_kinds_are_checked() {
        let error = compile(json!([]), "{it}").expect_err("no such name");
        assert!(error.contains("results[0]: `it` is no parameter and not assigned before"), "{error}");
        let error = compile(json!([assign("coalesce", json!([{"ref": "Flag"}, "text"]))]), "x").expect_err("two kinds");
        assert!(error.contains("conditions[0].argv[1]: a string stands where"), "{error}");
        let error = compile(json!([assign("ite", json!([{"ref": "Flag"}, "a"]))]), "x").expect_err("an argument");
        assert!(error.contains("`ite` takes 3 arguments, not 2"), "{error}");
    }
}
