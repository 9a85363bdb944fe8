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
    let mut lines = Vec::new();
    render_into(blocks, "", &mut lines, false);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Blocks behind an indentation; a `tight` list follows its paragraph without a blank line, as in an item.
fn render_into(blocks: &[Block], indent: &str, lines: &mut Vec<String>, tight: bool) {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 && !(tight && matches!(block, Block::List { .. })) {
            lines.push(String::new());
        }
        match block {
            Block::Paragraph(text) => wrap(text, indent, lines),
            Block::Code(code) => {
                let fence = if code.iter().any(|line| line.contains("```")) { "~~~~~" } else { "```" };
                lines.push(format!("{indent}{fence}text"));
                lines.extend(code.iter().map(|line| format!("{indent}{line}").trim_end().to_owned()));
                lines.push(format!("{indent}{fence}"));
            }
            Block::List { ordered, items } => render_list(*ordered, items, indent, lines),
        }
    }
}

fn render_list(ordered: bool, items: &[Vec<Block>], indent: &str, lines: &mut Vec<String>) {
    let loose = items.iter().any(|item| item.iter().skip(1).any(|block| !matches!(block, Block::List { .. })));
    for (index, item) in items.iter().enumerate() {
        if index > 0 && loose {
            lines.push(String::new());
        }
        let marker = if ordered { format!("{}. ", index + 1) } else { "- ".into() };
        let inner = format!("{indent}{}", " ".repeat(marker.len()));
        let start = lines.len();
        render_into(item, &inner, lines, true);
        // The marker takes the place of the first line's indentation.
        if let Some(first) = lines.get_mut(start) {
            *first = format!("{indent}{marker}{}", first.trim_start());
        }
    }
}

fn wrap(text: &str, indent: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let width = indent.len() + line.chars().count() + 1 + word.chars().count();
        if line.is_empty() {
            line = guard(word);
        } else if width > WIDTH {
            lines.push(format!("{indent}{line}").replace(GLUE, " "));
            line = guard(word);
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    if !line.is_empty() {
        lines.push(format!("{indent}{line}").replace(GLUE, " "));
    }
}
