//! From plain data to the files of a crate, one emitter a kind of thing.

mod client;
mod endpoint;
mod file;
mod member;
mod names;
mod operation;
mod paginator;
mod path;
mod server;
mod service;
mod shapes;
mod structure;
mod text;
mod types;
mod waiter;

use crate::error::Error;
use crate::ir::{Matcher, Model, ParamSource};
use crate::rules::Rules;
use file::File;
use names::Scope;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The files of the generated module, by their path below it.
pub type Files = BTreeMap<PathBuf, String>;

/// Writes every file of the model.
///
/// # Errors
/// Endpoint rules that cannot be compiled.
pub(crate) fn emit(model: &Model, server: bool) -> Result<Files, Error> {
    let scope = &Scope::new(model);
    let mut files = Files::new();
    files.insert("mod.rs".into(), client::root(model, scope, server)?);
    files.insert("client.rs".into(), client::emit(model, scope)?);
    files.insert("config.rs".into(), client::config(scope)?);
    files.insert("error.rs".into(), service::error(model, scope)?);
    files.insert("meta.rs".into(), service::meta(scope)?);
    files.insert("service.rs".into(), service::emit(model, scope)?);
    files.insert("shapes.rs".into(), shapes::emit(model, scope)?);
    types::emit(model, scope, &mut files)?;
    files.insert("operation/mod.rs".into(), client::operations_module(model, scope)?);
    for operation in &model.operations {
        let module = operation.snake.trim_start_matches("r#");
        files.insert(format!("operation/{module}.rs").into(), operation::emit(operation, scope)?);
    }
    waiter::emit(model, scope, &mut files)?;
    rules(model, scope, &mut files)?;
    if server {
        files.insert("server.rs".into(), server::emit(model, scope)?);
    }
    Ok(files)
}

/// Cargo features of the runtime that the model needs.
pub(crate) fn features(model: &Model) -> Vec<&'static str> {
    let mut features = Vec::new();
    if model.operations.iter().any(|operation| operation.gzip) {
        features.push("gzip");
    }
    let params = model.operations.iter().flat_map(|operation| &operation.endpoint_params);
    let params = params.filter_map(|param| match &param.source {
        ParamSource::Path(path) => Some(path),
        _ => None,
    });
    let acceptors = model.operations.iter().flat_map(|it| &it.waiters).flat_map(|it| &it.acceptors);
    let acceptors = acceptors.filter_map(|acceptor| match &acceptor.matcher {
        Matcher::Output { path, .. } | Matcher::InputOutput { path, .. } => Some(path),
        _ => None,
    });
    if params.chain(acceptors).any(path::needs_library) {
        features.push("jmespath");
    }
    features
}

fn rules(model: &Model, scope: &Scope, files: &mut Files) -> Result<(), Error> {
    let mut file = File::new(scope, ["Where the service answers: the model's endpoint rules."]);
    file.import("smithy_runtime::endpoint", "Endpoint");
    file.import("smithy_runtime::endpoint", "Params");
    file.import("smithy_runtime::endpoint", "ResolveEndpointError");
    let rules = Rules::of_service(&model.service)?;
    file.tokens(endpoint::emit(&rules)?);
    files.insert("endpoint.rs".into(), file.finish()?);
    if let Some(tests) = &model.service.endpoint_tests {
        let mut file = File::new(scope, ["The cases that the model publishes for its endpoint rules."]);
        file.tokens(endpoint::endpoint_tests(tests)?);
        files.insert("endpoint_tests.rs".into(), file.finish()?);
    }
    Ok(())
}
