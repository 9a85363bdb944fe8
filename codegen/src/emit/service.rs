//! `service.rs`, `error.rs` and `meta.rs`: facts and errors of the service as a whole.

use super::file::File;
use super::names::{Scope, described, docs, ident};
use super::structure::retry_kind;
use crate::error::Error;
use crate::ir::{Model, Structure};
use crate::names::{bare_snake, error_variant};
use crate::rules::Rules;
use quote::quote;
use std::fmt::Write;

/// `service.rs`: the table that the engine reads.
pub(super) fn emit(model: &Model, scope: &Scope) -> Result<String, Error> {
    let service = &model.service;
    let mut file = File::new(scope, ["The service in one table: how it is addressed, signed and understood."]);
    file.import("smithy_runtime::operation", "Service");
    file.import("super", "endpoint");
    file.import("super", "meta");
    let errors = thrown(model).map(|error| {
        file.import("smithy_runtime::operation", "ErrorShape");
        file.import("super::types", "error");
        let table = ident(&error.table);
        let retry = match error.error.as_ref().and_then(|info| info.retry) {
            None => quote!(None),
            Some(kind) => {
                file.import("smithy_runtime::config::retry", "ErrorKind");
                let kind = ident(retry_kind(kind));
                quote!(Some(ErrorKind::#kind))
            }
        };
        quote!(ErrorShape { shape: &error::#table, retry: #retry })
    });
    let errors: Vec<_> = errors.collect();
    let account_endpoints = Rules::of_service(service)?.asks_for("AWS::Auth::AccountId");
    let crate::ir::Service { sdk_id, signing_name, target_prefix, content_type, query_compatible, .. } = service;
    file.tokens(quote! {
        pub(crate) static SERVICE: Service = Service {
            id: #sdk_id,
            signing_name: #signing_name,
            target_prefix: #target_prefix,
            content_type: #content_type,
            crate_version: meta::PKG_VERSION,
            query_compatible: #query_compatible,
            account_endpoints: #account_endpoints,
            errors: &[#(#errors),*],
            resolve_endpoint: endpoint::resolve_endpoint,
        };
    });
    file.finish()
}

/// `meta.rs`: what the crate says of itself.
pub(super) fn meta(scope: &Scope) -> Result<String, Error> {
    let mut file = File::new(scope, ["What the crate says of itself."]);
    file.tokens(quote! {
        /// The crate's version, which every request names in its user agent.
        pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
    });
    file.finish()
}

/// `error.rs`: one enum for all errors of the service.
pub(super) fn error(model: &Model, scope: &Scope) -> Result<String, Error> {
    let title = model.service.title.as_deref().unwrap_or(&model.service.sdk_id);
    let mut file = File::new(scope, ["What may come of a call instead of an answer."]);
    file.import("smithy_runtime", "service_error");
    if thrown(model).next().is_some() {
        file.import("super::types", "error as shapes");
    }
    file.text(
        "pub use smithy_runtime::error::{\n    BoxError, BuildError, ConfigError, ConnectorError, DisplayErrorContext, ErrorMetadata, \
         ProvideErrorMetadata,\n    SdkError, Unhandled, UnknownVariantError,\n};",
    );
    let mut lines = String::new();
    let variants = thrown(model).map(|error| {
        let name = &error.rust_name;
        let code = error.shape_id.rsplit_once('#').map_or(error.shape_id.as_str(), |(_, name)| name);
        let variant = error_variant(name);
        let _ = writeln!(lines, "    {variant}(shapes::{name}) is_{} {code:?};", bare_snake(&variant));
        let docs = docs(&described(&error.docs, error.deprecated.as_deref(), || format!("`{name}` of the model.")));
        let (variant, shape) = (ident(&variant), ident(name));
        quote!(#docs #variant(shapes::#shape),)
    });
    let variants: Vec<_> = variants.collect();
    let summary = docs(&[
        format!("Every error that {title} names, and a last variant for all others."),
        String::new(),
        "The errors of all operations share this type; an operation's alias says which it names.".to_owned(),
    ]);
    file.tokens(quote! {
        #summary
        #[non_exhaustive]
        #[derive(Debug)]
        pub enum Error {
            #(#variants)*
            /// An error that the model does not name, or none that the service sent. Its code and
            /// message are in [`ProvideErrorMetadata::meta`].
            Unhandled(Unhandled),
        }
    });
    file.text(format!("service_error! {{\n    Error;\n{lines}}}"));
    file.finish()
}

/// The errors that operations answer with; others are members of something alone.
fn thrown(model: &Model) -> impl Iterator<Item = &Structure> {
    model.errors.iter().filter(|error| error.error.as_ref().is_some_and(|info| info.thrown))
}
