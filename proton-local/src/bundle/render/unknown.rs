//! Filters, tests and functions that a template names and nobody has, found without rendering it: a rendering meets only
//! what its values lead to. Jinja 2.11 refuses the first two when it reads a template.

use minijinja::machinery::{Instruction, get_compiled_template};
use minijinja::{Environment, ErrorKind, Template};
use std::collections::BTreeSet;
use std::ops::Range;

/// A name that means nothing.
pub(super) struct Unknown {
    /// As a rendering says it.
    pub(super) reason: String,
    /// The line that it is used in.
    pub(super) line: Option<usize>,
    /// Where the text has it.
    pub(super) range: Option<Range<usize>>,
}

/// All of them, in the template's order.
pub(super) fn find(environment: &Environment<'_>, template: &Template<'_, '_>) -> Vec<Unknown> {
    let instructions = &get_compiled_template(template).instructions;
    let all = || (0..).map_while(|index| Some((index, instructions.get(index)?)));
    // Macros are among them, and what is passed to macros.
    let locals = all().filter_map(|(_, instruction)| match instruction {
        Instruction::StoreLocal(name) => Some(*name),
        _ => None,
    });
    let functions: BTreeSet<_> =
        environment.globals().map(|(name, _)| name).chain(locals).chain(["caller", "loop"]).collect();
    let mut state = environment.empty_state();
    let mut unknown = Vec::new();
    for (index, instruction) in all() {
        // A filter or test that there is complains of something else: it is given nothing.
        let (kind, thing, name) = match instruction {
            Instruction::ApplyFilter(name, ..) => {
                (state.apply_filter(name, &[]).err().map(|error| error.kind()), "filter ", name)
            }
            Instruction::PerformTest(name, ..) => {
                (state.perform_test(name, &[]).err().map(|error| error.kind()), "test ", name)
            }
            Instruction::CallFunction(name, _) if !functions.contains(name) => {
                (Some(ErrorKind::UnknownFunction), "", name)
            }
            _ => continue,
        };
        let is_unknown = |kind: &ErrorKind| {
            matches!(kind, ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction)
        };
        if let Some(kind) = kind.filter(is_unknown) {
            let range = instructions.get_span(index).map(|span| span.start_offset as usize..span.end_offset as usize);
            unknown.push(Unknown {
                reason: format!("{kind}: {thing}{name} is unknown"),
                line: instructions.get_line(index),
                range,
            });
        }
    }
    unknown
}
