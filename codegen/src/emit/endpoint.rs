//! Endpoint rules as one Rust function: a rule is a branch, what a condition assigns is a binding.

mod calls;
mod cases;
mod choices;
mod diagram;
mod scope;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use cases::endpoint_tests;

use crate::rules::{Condition, Destination, Expression, Outcome, Rule, Rules, RulesError};
use proc_macro2::TokenStream;
use quote::quote;
use scope::Scope;
use value::{Kind, Value};

/// The function `resolve_endpoint`, and imports of what it needs beyond `Endpoint`, `Params` and `ResolveEndpointError`.
///
/// # Errors
/// The rules call what does not exist, or mix types.
pub(crate) fn emit(rules: &Rules) -> Result<TokenStream, RulesError> {
    let mut scope = Scope::new(rules.service());
    for (name, parameter) in rules.parameters() {
        scope.parameter(name, parameter)?;
    }
    let body = match rules {
        Rules::Set(rules) => block(&mut scope, "rules", &rules.rules)?.tokens,
        Rules::Diagram(diagram) => diagram::emit(&mut scope, diagram)?,
    };
    let parameters = scope.finish();
    let params = if parameters.is_empty() { quote!(_params) } else { quote!(params) };
    // Looked for in the text, so that no import can be missing or too many.
    let text = body.to_string();
    let imports = [
        ("AuthScheme ::", quote!(smithy_runtime::endpoint::AuthScheme)),
        ("functions ::", quote!(smithy_runtime::endpoint::functions)),
        ("diagram ::", quote!(smithy_runtime::endpoint::diagram)),
        ("Cow <", quote!(std::borrow::Cow)),
        ("OnceCell <", quote!(std::cell::OnceCell)),
    ];
    let imports = imports.into_iter().filter(|(used, _)| text.contains(used)).map(|(_, path)| path);
    Ok(quote! {
        #(use #imports;)*
        #[doc = " The endpoint for these parameters, by the model's rules."]
        pub(crate) fn resolve_endpoint(#params: &Params) -> Result<Endpoint, ResolveEndpointError> {
            #(#parameters)*
            #body
        }
    })
}

/// What comes of parameters that no rule is for.
fn no_match() -> TokenStream {
    quote!(Err(ResolveEndpointError::new("no endpoint rule applies")))
}

/// Code that gives the function's result.
struct Block {
    tokens: TokenStream,
    /// Whether it is an `if` with its `else`, which can follow another `else` as it is.
    branches: bool,
}

/// A rule's conditions as parts of an `if`, and what follows; no clauses: it always applies.
struct Branch {
    clauses: Vec<TokenStream>,
    body: Block,
}

fn block(scope: &mut Scope, path: &str, rules: &[Rule]) -> Result<Block, RulesError> {
    let mut branches = Vec::new();
    let mut last = None;
    for (index, rule) in rules.iter().enumerate() {
        match branch(scope, &format!("{path}[{index}]"), 0, rule)? {
            Some(branch) if branch.clauses.is_empty() => last = last.or(Some(branch.body)),
            Some(branch) if last.is_none() => branches.push(branch),
            _ => {}
        }
    }
    let none = || Block { tokens: no_match(), branches: false };
    let last = last.unwrap_or_else(none);
    if branches.is_empty() {
        return Ok(last);
    }
    let branches = branches.iter().map(|Branch { clauses, body }| {
        let body = &body.tokens;
        quote!(if #(#clauses)&&* { #body } else)
    });
    let tokens = &last.tokens;
    let last = if last.branches { quote!(#tokens) } else { quote!({ #tokens }) };
    Ok(Block { tokens: quote!(#(#branches)* #last), branches: true })
}

/// The rule from one of its conditions on; `None` where it can never apply.
fn branch(scope: &mut Scope, path: &str, index: usize, rule: &Rule) -> Result<Option<Branch>, RulesError> {
    let Some(condition) = rule.conditions.get(index) else {
        return Ok(Some(Branch { clauses: Vec::new(), body: outcome(scope, path, &rule.outcome)? }));
    };
    let test = test(scope, &format!("{path}.conditions[{index}]"), condition)?;
    let marks = scope.marks();
    let bound = match &test {
        Test::Present { value, name: Some(name) } => Some(scope.bind(name, value.clone().unwrapped())),
        Test::Constant(_, Some((name, value))) | Test::Flag(_, Some((name, value))) => {
            Some(scope.alias(name, value.clone()))
        }
        _ => None,
    };
    let rest = branch(scope, path, index + 1, rule)?;
    let used = bound.is_some() && scope.unbind();
    let clause = match test {
        Test::Constant(true, _) => return Ok(rest),
        Test::Constant(false, _) => {
            scope.restore(marks);
            return Ok(None);
        }
        Test::Flag(tokens, _) => tokens,
        Test::Present { value, .. } => {
            let tokens = value.tokens;
            match bound {
                Some(ident) if used => quote!(let Some(#ident) = #tokens),
                _ => quote!(#tokens.is_some()),
            }
        }
    };
    Ok(rest.map(|mut branch| {
        branch.clauses.insert(0, clause);
        branch
    }))
}

/// What a condition asks, and the name that its value gets.
enum Test {
    /// Known while generating.
    Constant(bool, Option<(String, Value)>),
    /// An expression of type `bool`.
    Flag(TokenStream, Option<(String, Value)>),
    /// Whether an `Option` holds a value.
    Present { value: Value, name: Option<String> },
}

fn test(scope: &mut Scope, at: &str, condition: &Condition) -> Result<Test, RulesError> {
    let Condition { call, assign } = condition;
    if let Some(name) = assign
        && scope.knows(name)
    {
        return Err(RulesError::Taken { at: scope.place(at), name: name.clone() });
    }
    // What `isSet` finds set is a plain value from there on.
    if let ("isSet", [Expression::Reference { name }], None) = (call.function.as_str(), call.argv.as_slice(), assign) {
        let value = scope.get(at, name)?;
        return Ok(match value.kind {
            Kind::Optional(_) => Test::Present { value, name: Some(name.clone()) },
            _ => Test::Constant(true, None),
        });
    }
    let value = calls::call(scope, at, call)?;
    let named = |value: Value| assign.clone().map(|name| (name, value));
    Ok(match (&value.kind, value.constant) {
        (Kind::Optional(_), _) => Test::Present { value, name: assign.clone() },
        (Kind::Flag, Some(flag)) => Test::Constant(flag, named(Value::flag(true))),
        (Kind::Flag, None) => Test::Flag(value.tokens, named(Value::flag(true))),
        _ => Test::Constant(true, named(value)),
    })
}

fn outcome(scope: &mut Scope, path: &str, outcome: &Outcome) -> Result<Block, RulesError> {
    let tokens = match outcome {
        Outcome::Tree { rules } => return block(scope, &format!("{path}.rules"), rules),
        Outcome::Endpoint { endpoint } => {
            let endpoint = destination(scope, &format!("{path}.endpoint"), endpoint)?;
            quote!(Ok(#endpoint))
        }
        Outcome::Error { error } => {
            let message = calls::text(scope, &format!("{path}.error"), error)?.into_static();
            quote!(Err(ResolveEndpointError::new(#message)))
        }
    };
    Ok(Block { tokens, branches: false })
}

fn destination(scope: &mut Scope, path: &str, endpoint: &Destination) -> Result<TokenStream, RulesError> {
    let url = calls::text(scope, &format!("{path}.url"), &endpoint.url)?.tokens;
    let mut tokens = quote!(Endpoint::new(#url));
    for (name, values) in &endpoint.headers {
        for (index, value) in values.iter().enumerate() {
            let value = calls::text(scope, &format!("{path}.headers.{name}[{index}]"), value)?.tokens;
            tokens.extend(quote!(.header(#name, #value)));
        }
    }
    if let Some(schemes) = endpoint.properties.get("authSchemes") {
        let path = format!("{path}.properties.authSchemes");
        let text = |scope: &mut Scope, at: &str, text: &str| Ok(calls::template(scope, at, text)?.tokens);
        tokens.extend(cases::auth_schemes(scope, &path, schemes, text)?);
    }
    Ok(tokens)
}
