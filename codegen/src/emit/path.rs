//! JMESPath expressions as the runtime takes them: steps where plain steps do, else the text.

use super::file::File;
use crate::ir::{Expr, Path};
use proc_macro2::TokenStream;
use quote::quote;

/// The path as a constant.
pub(super) fn emit(file: &mut File<'_>, path: &Path) -> TokenStream {
    let path_type = file.name("smithy_runtime::path", "Path");
    match steps(&path.expr) {
        Some(steps) => {
            let step_type = file.name("smithy_runtime::path", "Step");
            let steps = steps.iter().map(|step| match step {
                Step::Field(name) => quote!(#step_type::Field(#name)),
                Step::Flatten => quote!(#step_type::Flatten),
                Step::Values => quote!(#step_type::Values),
                Step::Keys => quote!(#step_type::Keys),
            });
            quote!(#path_type::Plain(&[#(#steps),*]))
        }
        None => {
            let text = &path.text;
            quote!(#path_type::Expression(#text))
        }
    }
}

/// Whether the runtime needs a JMESPath library for the path.
pub(super) fn needs_library(path: &Path) -> bool {
    steps(&path.expr).is_none()
}

enum Step<'a> {
    Field(&'a str),
    Flatten,
    Values,
    Keys,
}

fn steps(expr: &Expr) -> Option<Vec<Step<'_>>> {
    match expr {
        Expr::Current => Some(Vec::new()),
        Expr::Field { of, name, .. } => append(of, Step::Field(name)),
        Expr::Flatten(of) => append(of, Step::Flatten),
        Expr::Values(of) => first_fan_out(of, Step::Values),
        Expr::Call { name, args } if name == "keys" => match args.as_slice() {
            [of] => first_fan_out(of, Step::Keys),
            _ => None,
        },
        Expr::Project { of, each } => {
            let mut steps = match **of {
                Expr::Flatten(_) | Expr::Values(_) => steps(of)?,
                // `items[*].name`: a structure is no list, so flattening gives the same.
                _ if starts_with_member(each) => append(of, Step::Flatten)?,
                _ => return None,
            };
            steps.extend(self::steps(each)?);
            Some(steps)
        }
        _ => None,
    }
}

fn append<'a>(of: &'a Expr, step: Step<'a>) -> Option<Vec<Step<'a>>> {
    let mut steps = steps(of)?;
    steps.push(step);
    Some(steps)
}

/// A step that gives one list of a map. After another fan-out JMESPath would give a list of lists.
fn first_fan_out<'a>(of: &'a Expr, step: Step<'a>) -> Option<Vec<Step<'a>>> {
    append(of, step).filter(|steps| steps.iter().rev().skip(1).all(|step| matches!(step, Step::Field(_))))
}

fn starts_with_member(expr: &Expr) -> bool {
    match expr {
        Expr::Field { of, index, .. } => match **of {
            Expr::Current => index.is_some(),
            _ => starts_with_member(of),
        },
        Expr::Flatten(of) | Expr::Values(of) | Expr::Project { of, .. } => starts_with_member(of),
        _ => false,
    }
}
