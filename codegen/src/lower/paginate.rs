//! Pages: the members that hold tokens, items and sizes, as chains of fields.

use super::graph::Graph;
use crate::Error;
use crate::ir::{Accessor, Model, NamedKind, Operation, Paginated, RustType, Step, Structure};
use crate::parse::Shape;
use crate::traits::TraitsExt;
use serde::Deserialize;

const NAME: &str = "smithy.api#paginated";

/// `smithy.api#paginated`, on operations and, for what they share, on the service.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Trait {
    input_token: Option<String>,
    output_token: Option<String>,
    items: Option<String>,
    page_size: Option<String>,
}

/// Adds the pages of every operation that has them.
pub(super) fn lower(model: &mut Model, graph: Graph<'_>, service: &Shape) -> Result<(), Error> {
    let shared: Trait = service.traits.read(&model.service.shape_id, NAME)?.unwrap_or_default();
    for index in 0..model.operations.len() {
        let operation = &model.operations[index];
        let Some(shape) = graph.model.shapes.get(&operation.shape_id) else { continue };
        let Some(own) = shape.traits.read::<Trait>(&operation.shape_id, NAME)? else { continue };
        let merged = Trait {
            input_token: own.input_token.or_else(|| shared.input_token.clone()),
            output_token: own.output_token.or_else(|| shared.output_token.clone()),
            items: own.items.or_else(|| shared.items.clone()),
            page_size: own.page_size.or_else(|| shared.page_size.clone()),
        };
        let paginated = paginated(model, operation, &merged)?;
        model.operations[index].paginated = Some(paginated);
    }
    Ok(())
}

fn paginated(model: &Model, operation: &Operation, of: &Trait) -> Result<Paginated, Error> {
    let id = &operation.shape_id;
    let given = |name: &str, value: &Option<String>| {
        value
            .clone()
            .ok_or_else(|| Error::bad_trait(id, NAME, format!("neither the operation nor the service gives `{name}`")))
    };
    let input_token = walk(model, operation, "inputToken", &operation.input, &given("inputToken", &of.input_token)?)?;
    let output_token =
        walk(model, operation, "outputToken", &operation.output, &given("outputToken", &of.output_token)?)?;
    let items = of.items.as_ref().map(|path| walk(model, operation, "items", &operation.output, path)).transpose()?;
    let page_size = of.page_size.as_ref().map(|path| walk(model, operation, "pageSize", &operation.input, path));
    let page_size = page_size
        .transpose()?
        .filter(|size| matches!(size.ty(), Some(RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64)));
    if let Some(items) = &items
        && !matches!(items.ty(), Some(RustType::List { .. } | RustType::Map { .. }))
    {
        return Err(problem(operation, "items", &dotted(items), "leads to neither a list nor a map"));
    }
    for (what, path) in [("inputToken", Some(&input_token)), ("pageSize", page_size.as_ref())] {
        if let Some(path) = path.filter(|path| path.steps.len() > 1) {
            return Err(problem(operation, what, &dotted(path), "leads below the members of the input"));
        }
    }
    let token_type = output_token.ty().cloned().unwrap_or(RustType::String);
    if input_token.ty() != Some(&token_type) {
        return Err(problem(
            operation,
            "inputToken",
            &dotted(&input_token),
            "leads to another type than `outputToken`",
        ));
    }
    Ok(Paginated { input_token, output_token, token_type, items, page_size })
}

/// Resolves a dotted path from the input or output.
fn walk(model: &Model, operation: &Operation, what: &str, from: &Structure, path: &str) -> Result<Accessor, Error> {
    let mut steps: Vec<Step> = Vec::new();
    let mut structure = from;
    for name in path.split('.') {
        if let Some(step) = steps.last() {
            structure = held(model, &step.ty).ok_or_else(|| {
                problem(operation, what, path, &format!("looks for `{name}` in `{}`, which is no structure", step.name))
            })?;
        }
        let index = structure.members.iter().position(|member| member.name == name);
        let index = index.ok_or_else(|| {
            problem(operation, what, path, &format!("names `{name}`, which `{}` does not have", structure.shape_id))
        })?;
        let member = &structure.members[index];
        steps.push(Step {
            index,
            name: member.name.clone(),
            rust_name: member.rust_name.clone(),
            bare_name: member.bare_name.clone(),
            ty: member.ty.clone(),
            presence: member.presence.clone(),
            boxed: member.boxed,
        });
    }
    Ok(Accessor { steps })
}

fn held<'a>(model: &'a Model, ty: &RustType) -> Option<&'a Structure> {
    match ty {
        RustType::Named(NamedKind::Structure, name) => model.structures.iter().find(|known| known.rust_name == *name),
        RustType::Named(NamedKind::Error, name) => model.errors.iter().find(|known| known.rust_name == *name),
        _ => None,
    }
}

fn dotted(accessor: &Accessor) -> String {
    let names: Vec<_> = accessor.steps.iter().map(|step| step.name.as_str()).collect();
    names.join(".")
}

fn problem(operation: &Operation, what: &str, path: &str, problem: &str) -> Error {
    Error::path(&format!("`{what}` of the pages of `{}`", operation.shape_id), path, problem)
}
