//! `waiters/`: one file a waiter, with its table and its builder.

use super::file::File;
use super::names::{Scope, ident};
use super::{Files, operation, path, text};
use crate::error::Error;
use crate::ir::{Acceptor, Comparator, Matcher, Model, Operation, Path, Waiter, WaiterState};
use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeMap;

/// Adds the files of `waiters/`, where the model has waiters.
pub(super) fn emit(model: &Model, scope: &Scope, files: &mut Files) -> Result<(), Error> {
    let mut module = File::new(scope, ["One module a waiter: polling until a resource reaches a state."]);
    let mut any = false;
    for operation in &model.operations {
        for waiter in &operation.waiters {
            any = true;
            let name = waiter.snake.trim_start_matches("r#");
            module.module(format!("pub mod {};", waiter.snake));
            files.insert(format!("waiters/{name}.rs").into(), waiter_file(operation, waiter, scope)?);
        }
    }
    if any {
        module.text("pub use smithy_runtime::waiter::{FinalPoll, PollEvent, PollOutcome, WaitOptions, WaiterError};");
        files.insert("waiters/mod.rs".into(), module.finish()?);
    }
    Ok(())
}

fn waiter_file(operation: &Operation, waiter: &Waiter, scope: &Scope) -> Result<String, Error> {
    let summary = text::summary(&waiter.docs).unwrap_or_else(|| format!("Waits for `{}`.", waiter.name));
    let mut file = File::new(scope, text::wrap(&summary));
    let constant = ident(&waiter.rust_name.to_shouty_snake_case());
    let name = waiter.snake.trim_start_matches("r#");
    file.import("smithy_runtime::waiter", "Waiter");
    file.import("std::time", "Duration");
    let (min, max) = (seconds(waiter.min_delay), seconds(waiter.max_delay));
    let mut paths = Paths::default();
    let acceptors: Vec<_> = waiter.acceptors.iter().map(|it| acceptor(&mut file, &mut paths, it)).collect();
    file.tokens(paths.constants);
    file.tokens(quote! {
        static #constant: Waiter = Waiter {
            name: #name,
            min_delay: Duration::from_secs(#min),
            max_delay: Duration::from_secs(#max),
            acceptors: &[#(#acceptors),*],
        };
    });
    file.import("smithy_runtime", "waiter");
    let op = &operation.rust_name;
    file.import(&format!("super::super::operation::{}", operation.snake), op);
    for suffix in ["Error", "Output"] {
        file.import(&format!("super::super::operation::{}", operation.snake), &format!("{op}{suffix}"));
    }
    file.import(&format!("super::super::operation::{}::builders", operation.snake), &format!("{op}InputBuilder"));
    let rust = &waiter.rust_name;
    let mut call = format!("waiter! {{\n    {rust}FluentBuilder => {constant}, {op}, {op}InputBuilder;\n");
    call += &operation::setters(&mut file, operation);
    call.push('}');
    file.text(call);
    file.import("smithy_runtime::error", "SdkError");
    file.import("smithy_runtime::waiter", "FinalPoll");
    file.import("smithy_runtime::waiter", "WaiterError");
    file.text(format!(
        "/// The last poll of a wait that ended well.\n\
         pub type {rust}FinalPoll = FinalPoll<{op}Output, SdkError<{op}Error>>;"
    ));
    file.text(format!(
        "/// Why a wait ended before the resource was in the state.\n\
         pub type WaitUntil{rust}Error = WaiterError<{op}Output, {op}Error>;"
    ));
    file.finish()
}

fn seconds(value: u64) -> proc_macro2::Literal {
    proc_macro2::Literal::u64_unsuffixed(value)
}

/// The paths that a waiter looks at, each a constant of its own.
#[derive(Default)]
struct Paths {
    names: BTreeMap<String, Ident>,
    constants: TokenStream,
}

impl Paths {
    /// The constant for a path, made at its first use.
    fn constant(&mut self, file: &mut File<'_>, path: &Path) -> Ident {
        if let Some(name) = self.names.get(&path.text) {
            return name.clone();
        }
        let plain = path.text.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '_'));
        let name = match path.text.to_shouty_snake_case() {
            text if plain => ident(&format!("{text}_PATH")),
            _ => ident(&format!("PATH_{}", self.names.len() + 1)),
        };
        let value = path::emit(file, path);
        self.constants.extend(quote!(const #name: Path = #value;));
        self.names.insert(path.text.clone(), name.clone());
        name
    }
}

fn acceptor(file: &mut File<'_>, paths: &mut Paths, acceptor: &Acceptor) -> TokenStream {
    for name in ["Acceptor", "Matcher"] {
        file.import("smithy_runtime::waiter", name);
    }
    let state = ident(match acceptor.state {
        WaiterState::Success => "success",
        WaiterState::Failure => "failure",
        WaiterState::Retry => "retry",
    });
    let matcher = match &acceptor.matcher {
        Matcher::Success(success) => quote!(Matcher::Success(#success)),
        Matcher::ErrorType(name) => quote!(Matcher::ErrorType(#name)),
        Matcher::Output { path, comparator, expected } => {
            let path = paths.constant(file, path);
            let expected = self::expected(file, *comparator, expected);
            quote!(Matcher::output(#path, #expected))
        }
        Matcher::InputOutput { path, comparator, expected } => {
            let path = paths.constant(file, path);
            let expected = self::expected(file, *comparator, expected);
            quote!(Matcher::input_output(#path, #expected))
        }
    };
    // A message matters only where the wait ends badly.
    let reason = acceptor.reason.as_ref().filter(|_| acceptor.state == WaiterState::Failure).map(|reason| {
        let reason = paths.constant(file, reason);
        quote!(.reason(#reason))
    });
    quote!(Acceptor::#state(#matcher)#reason)
}

fn expected(file: &mut File<'_>, comparator: Comparator, expected: &str) -> TokenStream {
    file.import("smithy_runtime::waiter", "Expected");
    match comparator {
        Comparator::StringEquals => quote!(Expected::Text(#expected)),
        Comparator::BooleanEquals => {
            let expected = expected == "true";
            quote!(Expected::Boolean(#expected))
        }
        Comparator::AllStringEquals => quote!(Expected::All(#expected)),
        Comparator::AnyStringEquals => quote!(Expected::Any(#expected)),
    }
}
