//! `client.rs`: the client, a method for each operation, a trait for the waiters.

use super::file::File;
use super::names::{Scope, docs, ident};
use super::text;
use crate::error::Error;
use crate::ir::{Model, Operation, Waiter};
use quote::quote;

/// The file's text.
pub(super) fn emit(model: &Model, scope: &Scope) -> Result<String, Error> {
    let title = model.service.title.as_deref().unwrap_or(&model.service.sdk_id);
    let mut file = File::new(scope, [format!("The client for {title}.")]);
    client(&mut file, title);
    methods(&mut file, model);
    waiters(&mut file, model);
    file.text("/// Changing a single call before it is sent.\npub mod customize {\n    pub use smithy_runtime::customize::CustomizableOperation;\n}");
    file.finish()
}

fn client(file: &mut File<'_>, title: &str) {
    file.import("super::service", "SERVICE");
    file.import("smithy_runtime", "client");
    file.import("smithy_runtime::client", "Handle");
    let docs = docs(&[
        format!("Calls {title}: one method for each operation."),
        String::new(),
        "A clone is cheap and shares the connections, as does a copy made by [`with_config`](Self::with_config)."
            .to_owned(),
    ]);
    file.tokens(quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) handle: Handle,
        }
    });
    file.text("client!(Client, SERVICE);");
}

fn methods(file: &mut File<'_>, model: &Model) {
    if model.operations.is_empty() {
        return;
    }
    file.import("super", "operation");
    file.import("smithy_runtime::client", "Call");
    let methods = model.operations.iter().map(|operation| {
        let Operation { name, snake, rust_name, .. } = operation;
        let method = ident(snake);
        let fluent = ident(&format!("{rust_name}FluentBuilder"));
        let mut lines = vec![text::summary(&operation.docs).unwrap_or_else(|| format!("Calls `{name}`."))];
        if operation.docs.len() > 1 {
            lines.push(String::new());
            lines.push(format!("More: [`{rust_name}`](operation::{snake}::{rust_name})."));
        }
        let docs = docs(&lines);
        quote! {
            #docs
            #[inline]
            pub fn #method(&self) -> operation::#method::#fluent {
                Call::new(self.handle.clone()).into()
            }
        }
    });
    file.tokens(quote! {
        impl Client {
            #(#methods)*
        }
    });
}

fn waiters(file: &mut File<'_>, model: &Model) {
    let waiters: Vec<_> = model.operations.iter().flat_map(|operation| &operation.waiters).collect();
    if waiters.is_empty() {
        return;
    }
    file.import("super", "waiters");
    let declarations = waiters.iter().map(|waiter| {
        let Waiter { name, snake, rust_name, .. } = waiter;
        let method = ident(&format!("wait_until_{}", snake.trim_start_matches("r#")));
        let module = ident(snake);
        let fluent = ident(&format!("{rust_name}FluentBuilder"));
        let docs = docs(&[text::summary(&waiter.docs).unwrap_or_else(|| format!("Waits for `{name}`."))]);
        let signature = quote!(fn #method(&self) -> waiters::#module::#fluent);
        let body = quote!(Call::new(self.handle.clone()).into());
        (quote!(#docs #signature;), quote!(#[inline] #signature { #body }))
    });
    let (declarations, bodies): (Vec<_>, Vec<_>) = declarations.unzip();
    file.tokens(quote! {
        /// Waiting until a resource reaches a state. Bring the trait into scope to call its methods
        /// on a client.
        pub trait Waiters {
            #(#declarations)*
        }

        impl Waiters for Client {
            #(#bodies)*
        }
    });
}

/// `operation/mod.rs`: a module for each operation.
pub(super) fn operations_module(model: &Model, scope: &Scope) -> Result<String, Error> {
    let mut file = File::new(scope, ["One module an operation."]);
    for operation in &model.operations {
        file.module(format!("pub mod {};", operation.snake));
    }
    file.text("pub use smithy_runtime::error::RequestId;");
    file.finish()
}

/// `mod.rs`: the root of the generated code.
pub(super) fn root(model: &Model, scope: &Scope, server: bool) -> Result<String, Error> {
    let mut docs = model.service.docs.clone();
    if docs.is_empty() {
        docs.push(format!("A client for {}.", model.service.title.as_deref().unwrap_or(&model.service.sdk_id)));
    }
    let mut file = File::new(scope, docs);
    file.module("pub mod client;");
    file.module("pub mod config;");
    file.module("mod endpoint;");
    if model.service.endpoint_tests.is_some() {
        file.module("#[cfg(test)]\nmod endpoint_tests;");
    }
    for line in ["pub mod error;", "pub mod meta;", "pub mod operation;"] {
        file.module(line);
    }
    if server {
        file.module("#[cfg(feature = \"server\")]\npub mod server;");
    }
    for line in ["mod service;", "mod shapes;", "pub mod types;"] {
        file.module(line);
    }
    if model.operations.iter().any(|operation| !operation.waiters.is_empty()) {
        file.module("pub mod waiters;");
    }
    file.text("pub use smithy_runtime::primitives;");
    file.text("pub use client::Client;\npub use config::Config;\npub use error::Error;");
    file.finish()
}

/// `config.rs`: the runtime's configuration, with what only the service can add.
pub(super) fn config(scope: &Scope) -> Result<String, Error> {
    let mut file =
        File::new(scope, ["What a client is told: where to send, as whom, how often to try, how long to wait."]);
    file.text("pub use smithy_runtime::config::*;");
    file.text(
        "/// Endpoints and their resolvers.\npub mod endpoint {\n    pub use smithy_runtime::config::endpoint::*;\n\n    \
         smithy_runtime::default_resolver!(super::super::endpoint::resolve_endpoint);\n}",
    );
    file.finish()
}
