//! CommonMark, as Smithy prescribes it: kept, wrapped anew, and freed of what rustdoc would misread.

use super::blocks::{Block, render};
use super::inline::{GLUE, autolink, code, link, url};

/// The text as Markdown lines.
pub(super) fn convert(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    render(&blocks(&lines, 0))
}

/// Reads lines into blocks; those of a list's items recursively.
fn blocks(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut result = Vec::new();
    let mut paragraph = String::new();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let text = line.trim();
        index += 1;
        if let Some(fence) = fence(text) {
            flush(&mut paragraph, &mut result);
            let end = lines[index..].iter().position(|line| line.trim() == fence).map_or(lines.len(), |n| index + n);
            result.push(Block::Code(lines[index..end].iter().map(|line| line.trim_end().to_owned()).collect()));
            index = lines.len().min(end + 1);
        } else if text.is_empty() {
            flush(&mut paragraph, &mut result);
        } else if let Some((ordered, width)) = marker(line).filter(|_| depth < 8) {
            flush(&mut paragraph, &mut result);
            let rest = lines[index..].iter().take_while(|line| belongs(line, width)).count();
            let mut item = vec![line.get(width..).unwrap_or_default()];
            item.extend(lines[index..index + rest].iter().map(|line| dedent(line, width)));
            index += rest;
            let item = blocks(&item, depth + 1);
            match result.last_mut() {
                Some(Block::List { ordered: same, items }) if *same == ordered => items.push(item),
                _ => result.push(Block::List { ordered, items: vec![item] }),
            }
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(text);
        }
    }
    flush(&mut paragraph, &mut result);
    result
}

fn flush(paragraph: &mut String, blocks: &mut Vec<Block>) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(safe(paragraph)));
        paragraph.clear();
    }
}

fn fence(text: &str) -> Option<&'static str> {
    ["```", "~~~"].into_iter().find(|fence| text.starts_with(fence) && !text[3..].contains('`'))
}

/// Whether a line begins an item, with the item's number or bullet: if numbered, and how wide marker and spaces are.
fn marker(line: &str) -> Option<(bool, usize)> {
    let text = line.trim_start();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (ordered, sign) = if digits > 0 && digits < 10 {
        (true, text[digits..].starts_with(['.', ')']).then_some(digits + 1)?)
    } else {
        (false, text.starts_with(['-', '*', '+']).then_some(1)?)
    };
    let rest = text[sign..].trim_start();
    let spaces = text.len() - sign - rest.len();
    (spaces > 0 && !rest.is_empty()).then_some((ordered, line.len() - text.len() + sign + spaces.min(4)))
}

/// Whether a line goes on with an item whose text is indented by `width`.
fn belongs(line: &str, width: usize) -> bool {
    let indent = line.len() - line.trim_start().len();
    indent >= width || (!line.trim().is_empty() && marker(line).is_none() && indent > 0)
}

fn dedent(line: &str, width: usize) -> &str {
    let indent = line.len() - line.trim_start().len();
    line.get(indent.min(width)..).unwrap_or_default()
}

/// A paragraph with code and links that no line break divides, and with brackets and URLs made safe.
fn safe(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(url) = url(rest, &result) {
            result.push_str(&autolink(url));
            rest = &rest[url.len()..];
        } else if let Some((span, length)) = special(first, rest) {
            result.push_str(&span);
            rest = &rest[length..];
        } else if first == '`' {
            // A run of backticks that nothing closes must not close another.
            let run = rest.len() - rest.trim_start_matches('`').len();
            result.push_str(&"\\`".repeat(run));
            rest = &rest[run..];
        } else {
            rest = &rest[first.len_utf8()..];
            match first {
                '[' | ']' | '<' => result.extend(['\\', first]),
                '\\' => {
                    result.push('\\');
                    if let Some(next) = rest.chars().next().filter(char::is_ascii_punctuation) {
                        result.push(next);
                        rest = &rest[1..];
                    }
                }
                GLUE => {}
                _ if first.is_whitespace() || first.is_control() => result.push(' '),
                _ => result.push(first),
            }
        }
    }
    result
}

/// A code span, a link or a URL in angle brackets at the start of the text, and its length there.
fn special(first: char, text: &str) -> Option<(String, usize)> {
    match first {
        '`' => {
            let ticks = text.len() - text.trim_start_matches('`').len();
            let inner = &text[ticks..];
            let end = inner
                .match_indices(&text[..ticks])
                .map(|(at, _)| at)
                .find(|at| !inner[at + ticks..].starts_with('`') && !inner[..*at].ends_with('`'))?;
            Some((code(&inner[..end]), end + 2 * ticks))
        }
        '<' => {
            let address = url(&text[1..], "")?;
            text[1 + address.len()..].starts_with('>').then(|| (autolink(address), address.len() + 2))
        }
        '[' => {
            let (label, target) = text[1..].split_once("](")?;
            let (target, _) = target.split_once(')')?;
            if label.contains(['[', ']']) || !target.starts_with("http") {
                return None;
            }
            Some((link(&safe_label(label), target), label.len() + target.len() + 4))
        }
        _ => None,
    }
}

/// A link's text: code spans are kept whole.
fn safe_label(label: &str) -> String {
    let parts: Vec<String> = label
        .split('`')
        .enumerate()
        .map(|(n, part)| if n % 2 == 1 { code(part) } else { part.replace('<', "\\<") })
        .collect();
    parts.concat()
}
