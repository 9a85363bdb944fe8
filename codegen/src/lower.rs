//! Turns a parsed model into the IR: everything that the service reaches, named, typed and checked.

mod boxing;
mod closure;
mod default;
mod endpoint;
mod equality;
mod graph;
mod leaf;
mod limits;
mod member;
mod operation;
mod paginate;
mod path;
mod select;
mod service;
mod types;
mod waiter;

use crate::ir::{self, NamedKind};
use crate::parse::{self, Shape};
use crate::{Error, names};
use closure::Closure;
use graph::Graph;
use std::collections::{BTreeMap, BTreeSet};

/// What to generate of a model.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Absolute id of the service, or its name; needed only where the model has several.
    pub service: Option<String>,
    /// Names of the operations to generate with what they reach; all where empty.
    pub operations: Vec<String>,
    /// Whether to write `server.rs` too: a trait for servers, compiled under the crate's feature `server`, which
    /// switches on the runtime's feature of that name.
    pub server: bool,
}

/// Reads the text of a Smithy JSON AST and lowers the service in it.
pub fn lower(model_json: &str, options: &Options) -> Result<ir::Model, Error> {
    let model = parse::parse(model_json)?;
    let graph = Graph { model: &model };
    let (service_id, service) = service::find(&model, options.service.as_deref())?;
    let selection = select::select(graph, service_id, service, &options.operations)?;
    let closure = closure::walk(graph, service_id, service, &selection)?;
    let mut context = Context::new(graph, service, &closure)?;

    let mut result = ir::Model {
        service: service::lower(service_id, service)?,
        operations: Vec::new(),
        structures: types::structures(&mut context, &closure.structures)?,
        unions: types::unions(&mut context, &closure.unions)?,
        enums: types::enums(&context, &closure.enums)?,
        errors: types::errors(&mut context, &closure)?,
        leaves: Vec::new(),
        report: closure.report(&model, &selection),
    };
    for (name, id) in &selection.operations {
        let operation = operation::lower(&mut context, service, name, id)?;
        result.operations.push(operation);
        if operation::needs_discovery(graph, id)? {
            result.report.undiscovered.push((*name).to_owned());
        }
    }
    operation::check_names(&result.operations)?;
    equality::settle(&mut result);
    paginate::lower(&mut result, graph, service)?;
    result.leaves = context.into_leaves();
    result.report.unchecked_patterns = limits::drop_unchecked(&mut result.leaves);
    Ok(result)
}

/// What lowering a member needs to know.
struct Context<'a> {
    graph: Graph<'a>,
    /// The generated types by shape id.
    types: BTreeMap<&'a str, TypeName>,
    /// Ids of the members whose values are boxed.
    boxed: BTreeSet<String>,
    /// Names of statics that are given away.
    statics: BTreeSet<String>,
    /// Leaves by shape id; `None` while what lies below is lowered.
    leaves: BTreeMap<String, (String, Option<ir::Leaf>)>,
}

/// The names of a generated type.
struct TypeName {
    kind: NamedKind,
    rust: String,
    table: String,
}

impl<'a> Context<'a> {
    fn new(graph: Graph<'a>, service: &'a Shape, closure: &Closure<'a>) -> Result<Self, Error> {
        let mut context = Self {
            graph,
            types: BTreeMap::new(),
            boxed: boxing::boxed(graph, closure),
            statics: BTreeSet::new(),
            leaves: BTreeMap::new(),
        };
        for (kind, ids) in [
            (NamedKind::Structure, &closure.structures),
            (NamedKind::Union, &closure.unions),
            (NamedKind::Enum, &closure.enums),
            (NamedKind::Error, &closure.errors),
        ] {
            for id in ids {
                let name = service.rename.get(*id).map_or(graph::name(id), String::as_str);
                let rust = names::type_name(name);
                context.check_free(kind, id, &rust)?;
                let table = context.new_static(&rust);
                context.types.insert(id, TypeName { kind, rust, table });
            }
        }
        Ok(context)
    }

    /// Refuses a second type of one name; errors have a module of their own.
    fn check_free(&self, kind: NamedKind, id: &str, rust: &str) -> Result<(), Error> {
        let same = |known: NamedKind| (known == NamedKind::Error) == (kind == NamedKind::Error);
        match self.types.iter().find(|(_, known)| same(known.kind) && known.rust == rust) {
            Some((first, _)) => Err(Error::Collision {
                first: (*first).into(),
                second: id.into(),
                rust: rust.into(),
                place: if kind == NamedKind::Error { "`types::error`".into() } else { "`types`".into() },
                advice: "give one of them another name with `rename` on the service",
            }),
            None => Ok(()),
        }
    }

    /// A name for a static that no other has.
    fn new_static(&mut self, name: &str) -> String {
        let base = names::static_name(name);
        let mut result = base.clone();
        let mut number = 1;
        while !self.statics.insert(result.clone()) {
            number += 1;
            result = format!("{base}_{number}");
        }
        result
    }

    fn into_leaves(self) -> Vec<ir::Leaf> {
        let mut leaves: Vec<_> = self.leaves.into_values().filter_map(|(_, leaf)| leaf).collect();
        leaves.sort_by(|one, other| one.table.cmp(&other.table));
        leaves
    }
}
