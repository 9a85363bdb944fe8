//! Paragraphs, lists and code as data, and the lines that they become.

use super::inline::{GLUE, guard};

const WIDTH: usize = 110;

/// A part of a text.
#[derive(Debug)]
pub(super) enum Block {
    /// Inline Markdown without line breaks.
    Paragraph(String),
    /// Lines of code, taken as they are.
    Code(Vec<String>),
    /// A list.
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// The parts of each item.
        items: Vec<Vec<Block>>,
    },
}

/// The blocks as lines.
pub(super) fn render(blocks: &[Block]) -> Vec<String> {
    render_at(blocks, "", false)
}

/// Blocks behind an indentation; a `tight` list follows its paragraph without a blank line, as in an item.
fn render_at(blocks: &[Block], indent: &str, tight: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        let mut own = match block {
            Block::Paragraph(text) => wrap(text, indent),
            Block::Code(code) => fenced(code, indent),
            Block::List { ordered, items } => render_list(*ordered, items, indent),
        };
        let apart = !(tight && matches!(block, Block::List { .. }));
        if apart && !own.is_empty() && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.append(&mut own);
    }
    lines
}

fn fenced(code: &[String], indent: &str) -> Vec<String> {
    let fence = if code.iter().any(|line| line.contains("```")) { "~~~~~" } else { "```" };
    let code = code.iter().map(|line| format!("{indent}{line}").trim_end().to_owned());
    [format!("{indent}{fence}text")].into_iter().chain(code).chain([format!("{indent}{fence}")]).collect()
}

fn render_list(ordered: bool, items: &[Vec<Block>], indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let loose = items.iter().any(|item| item.iter().skip(1).any(|block| !matches!(block, Block::List { .. })));
    let mut number = 0;
    for item in items {
        let marker = if ordered { format!("{}. ", number + 1) } else { "- ".into() };
        let inner = format!("{indent}{}", " ".repeat(marker.len()));
        let mut own = render_at(item, &inner, true);
        // The marker takes the place of the first line's indentation.
        let Some(first) = own.first_mut() else { continue };
        *first = format!("{indent}{marker}{}", first.trim_start());
        if loose && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.append(&mut own);
        number += 1;
    }
    lines
}

fn wrap(text: &str, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let width = indent.len() + line.chars().count() + 1 + word.chars().count();
        if line.is_empty() {
            line = guard(word);
        } else if width > WIDTH {
            lines.push(std::mem::replace(&mut line, guard(word)));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines.into_iter().map(|line| format!("{indent}{line}").replace(GLUE, " ").trim_end().to_owned()).collect()
}
