//! Text inside a paragraph: escapes, code spans, links.

/// Stands for a space at which a line must not break; replaced when lines are made.
pub(super) const GLUE: char = '\u{E000}';

/// Plain text with everything escaped that Markdown or rustdoc would read as markup, white space made single.
pub(super) fn escape(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(url) = url(rest, &result) {
            result.push_str(&autolink(url));
            rest = &rest[url.len()..];
            continue;
        }
        rest = &rest[first.len_utf8()..];
        match first {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => result.extend(['\\', first]),
            // Within a word it is no emphasis.
            '_' if word_end(&result) && rest.starts_with(|next: char| next.is_alphanumeric()) => result.push('_'),
            '_' => result.push_str("\\_"),
            '&' if entity(rest) => result.push_str("&amp;"),
            GLUE => {}
            _ if first.is_whitespace() || first.is_control() => {
                if !result.ends_with(' ') {
                    result.push(' ');
                }
            }
            _ => result.push(first),
        }
    }
    result
}

fn word_end(text: &str) -> bool {
    text.ends_with(|last: char| last.is_alphanumeric() || last == '_')
}

fn entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        !name.is_empty() && name.len() < 33 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

/// A URL at the start of the text, without the punctuation that ends a sentence.
pub(super) fn url<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    if !(text.starts_with("http://") || text.starts_with("https://")) || word_end(before) {
        return None;
    }
    let end =
        text.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`[]{}|\\^*".contains(c)).unwrap_or(text.len());
    let mut url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    if url.ends_with(')') && !url.contains('(') {
        url = url.trim_end_matches(')').trim_end_matches(['.', ',', ';']);
    }
    (url.len() > "https://".len()).then_some(url)
}

/// A URL that stands for itself.
pub(super) fn autolink(url: &str) -> String {
    format!("<{url}>")
}

/// A link with a text; the text alone where the target is no web address.
pub(super) fn link(text: &str, target: &str) -> String {
    let target = target.trim();
    if !(target.starts_with("http://") || target.starts_with("https://")) || text.is_empty() {
        return text.into();
    }
    let mut url = String::with_capacity(target.len());
    for c in target.chars() {
        match c {
            '(' | ')' | '<' | '>' | '"' | '\\' | '`' | '[' | ']' => url.push_str(&format!("%{:02X}", u32::from(c))),
            '*' => url.push_str("%2A"),
            _ if c.is_whitespace() || c.is_control() || c == GLUE => url.push_str("%20"),
            _ => url.push(c),
        }
    }
    format!("[{text}]({url})")
}

/// A code span that no line break divides.
pub(super) fn code(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let content = words.join(&GLUE.to_string());
    if content.is_empty() {
        return content;
    }
    let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if content.starts_with('`') || content.ends_with('`') { GLUE.to_string() } else { String::new() };
    format!("{fence}{pad}{content}{pad}{fence}")
}

/// A word at the start of a line, escaped where it would begin a list, a heading or the like.
pub(super) fn guard(word: &str) -> String {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < word.len() && (digits == "." || digits == ")") {
        return format!("{}\\{digits}", &word[..word.len() - digits.len()]);
    }
    let all = |set: &str| word.chars().all(|c| set.contains(c));
    let marker = matches!(word, "-" | "+" | "*")
        || word.starts_with('>')
        || word.starts_with('|')
        || all("#")
        || all("=")
        || (word.len() > 1 && (all("-") || all("*") || all("_")));
    if marker { format!("\\{word}") } else { word.into() }
}
