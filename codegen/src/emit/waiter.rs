//! `waiters/`: one file a waiter, with its table and its builder.

use super::file::File;
use super::member::compact;
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
    for suffix in ["", "Error", "Output", "InputBuilder"] {
        file.owns.insert(format!("{}{suffix}", operation.rust_name));
    }
    let constant = ident(&waiter.rust_name.to_shouty_snake_case());
    let name = waiter.snake.trim_start_matches("r#");
    let waiter_type = file.name("smithy_runtime::waiter", "Waiter");
    let duration = file.name("std::time", "Duration");
    let (min, max) = (seconds(waiter.min_delay), seconds(waiter.max_delay));
    let mut paths = Paths::default();
    let acceptors: Vec<_> = waiter.acceptors.iter().map(|it| acceptor(&mut file, &mut paths, it)).collect();
    file.tokens(paths.constants);
    file.tokens(quote! {
        static #constant: #waiter_type = #waiter_type {
            name: #name,
            min_delay: #duration::from_secs(#min),
            max_delay: #duration::from_secs(#max),
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
    let sdk_error = compact(&file.name("smithy_runtime::error", "SdkError"));
    let final_poll = compact(&file.name("smithy_runtime::waiter", "FinalPoll"));
    let waiter_error = compact(&file.name("smithy_runtime::waiter", "WaiterError"));
    file.text(format!(
        "/// The last poll of a wait that ended well.\n\
         pub type {rust}FinalPoll = {final_poll}<{op}Output, {sdk_error}<{op}Error>>;"
    ));
    file.text(format!(
        "/// Why a wait ended before the resource was in the state.\n\
         pub type WaitUntil{rust}Error = {waiter_error}<{op}Output, {op}Error>;"
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
        let path_type = file.name("smithy_runtime::path", "Path");
        self.constants.extend(quote!(const #name: #path_type = #value;));
        self.names.insert(path.text.clone(), name.clone());
        name
    }
}

fn acceptor(file: &mut File<'_>, paths: &mut Paths, acceptor: &Acceptor) -> TokenStream {
    let [acceptor_type, matcher_type] = ["Acceptor", "Matcher"].map(|name| file.name("smithy_runtime::waiter", name));
    let state = ident(match acceptor.state {
        WaiterState::Success => "success",
        WaiterState::Failure => "failure",
        WaiterState::Retry => "retry",
    });
    let matcher = match &acceptor.matcher {
        Matcher::Success(success) => quote!(#matcher_type::Success(#success)),
        Matcher::ErrorType(name) => quote!(#matcher_type::ErrorType(#name)),
        Matcher::Output { path, comparator, expected } => {
            let path = paths.constant(file, path);
            let expected = self::expected(file, *comparator, expected);
            quote!(#matcher_type::output(#path, #expected))
        }
        Matcher::InputOutput { path, comparator, expected } => {
            let path = paths.constant(file, path);
            let expected = self::expected(file, *comparator, expected);
            quote!(#matcher_type::input_output(#path, #expected))
        }
    };
    // A message matters only where the wait ends badly.
    let reason = acceptor.reason.as_ref().filter(|_| acceptor.state == WaiterState::Failure).map(|reason| {
        let reason = paths.constant(file, reason);
        quote!(.reason(#reason))
    });
    quote!(#acceptor_type::#state(#matcher)#reason)
}

fn expected(file: &mut File<'_>, comparator: Comparator, expected: &str) -> TokenStream {
    let expected_type = file.name("smithy_runtime::waiter", "Expected");
    match comparator {
        Comparator::StringEquals => quote!(#expected_type::Text(#expected)),
        Comparator::BooleanEquals => {
            let expected = expected == "true";
            quote!(#expected_type::Boolean(#expected))
        }
        Comparator::AllStringEquals => quote!(#expected_type::All(#expected)),
        Comparator::AnyStringEquals => quote!(#expected_type::Any(#expected)),
    }
}
