//! Text to sections and properties. Takes any text, and names the line of what it cannot read.

use std::fmt::{Debug, Display, Formatter};

/// Reads the text of a shared file.
///
/// A line that starts with `[` begins a section, one with an equals sign is a property, one that starts with a space
/// or tab continues the property above. Full lines that start with `#` or `;`, however far in, are comments, and so
/// is what follows ` #` or ` ;` in a property. Nothing is left out: what a section or key means is for the caller.
///
/// # Errors
/// The first line that is none of these.
pub fn parse(text: &str) -> Result<File, ParseError> {
    let mut sections: Vec<Section> = Vec::new();
    for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
        let number = index + 1;
        let fail = |reason| ParseError { line: number, reason };
        let content = line.trim_matches(SPACE);
        if content.is_empty() || content.starts_with(COMMENT) {
            continue;
        }
        if line.starts_with('[') {
            sections.push(section(content, number).map_err(fail)?);
            continue;
        }
        let section = sections.last_mut().ok_or_else(|| fail("a property stands before the first [section]"))?;
        if !line.starts_with(SPACE) {
            section.properties.push(property(content, number).map_err(fail)?);
            continue;
        }
        let above = section.properties.last_mut().ok_or_else(|| fail("an indented line continues nothing"))?;
        if above.value.is_empty() && above.nested.is_empty() || !above.nested.is_empty() {
            above.nested.push(property(content, number).map_err(fail)?);
        } else {
            above.value.push('\n');
            above.value.push_str(content);
        }
    }
    Ok(File { sections })
}

/// The only white space of the format.
const SPACE: [char; 2] = [' ', '\t'];
const COMMENT: [char; 2] = ['#', ';'];

/// A file as it is written: sections in their order, repeated ones not merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// The sections.
    pub sections: Vec<Section>,
}

/// `[kind name]` or `[name]`, and what stands below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// `profile`, `sso-session`, `services` or another word; empty for `[name]`.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The line of the header, the first of the file being 1.
    pub line: usize,
    /// The properties, in their order.
    pub properties: Vec<Property>,
}

/// `key = value`. `Debug` shows no value: it may be a secret key.
#[derive(Clone, PartialEq, Eq)]
pub struct Property {
    /// The key, in lower case.
    pub key: String,
    /// The value without comment; the lines of a continued value are joined by `\n`.
    pub value: String,
    /// The line, the first of the file being 1.
    pub line: usize,
    /// The indented properties below a key without a value.
    pub nested: Vec<Property>,
}

impl Debug for Property {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let Self { key, line, nested, .. } = self;
        f.debug_struct("Property").field("key", key).field("line", line).field("nested", nested).finish_non_exhaustive()
    }
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The line, the first of the file being 1.
    pub line: usize,
    /// What is wrong with it. The line's text, which may hold a secret, is not part of it.
    pub reason: &'static str,
}

impl Display for ParseError {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for ParseError {}

fn section(content: &str, line: usize) -> Result<Section, &'static str> {
    let (header, rest) =
        content.trim_start_matches('[').split_once(']').ok_or("a section header needs a closing bracket")?;
    let rest = rest.trim_matches(SPACE);
    if !rest.is_empty() && !rest.starts_with(COMMENT) {
        return Err("only a comment may follow a section header");
    }
    let header = header.trim_matches(SPACE);
    let (kind, name) = match header.split_once(SPACE) {
        Some((kind, name)) => (kind, name.trim_start_matches(SPACE)),
        None => ("", header),
    };
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
    if name.is_empty() {
        return Err("a section needs a name");
    }
    Ok(Section { kind: kind.to_owned(), name: name.to_owned(), line, properties: Vec::new() })
}

fn property(content: &str, line: usize) -> Result<Property, &'static str> {
    let (key, value) = content.split_once('=').ok_or("a property needs an equals sign")?;
    let key = key.trim_matches(SPACE);
    if key.is_empty() {
        return Err("a property needs a key before its equals sign");
    }
    Ok(Property { key: key.to_lowercase(), value: without_comment(value).to_owned(), line, nested: Vec::new() })
}

/// A comment sign within a word belongs to the word.
fn without_comment(value: &str) -> &str {
    let comment = value.match_indices(COMMENT).find(|(at, _)| *at > 0 && value[..*at].ends_with(SPACE));
    value[..comment.map_or(value.len(), |(at, _)| at)].trim_matches(SPACE)
}
