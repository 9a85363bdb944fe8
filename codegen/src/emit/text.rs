//! Plain text: documentation that the generator itself writes.

/// Breaks a paragraph into lines of at most 100 columns.
pub(super) fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.len() + word.len() + 1 > 96 {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// The first paragraph, as one line.
pub(super) fn summary(docs: &[String]) -> Option<String> {
    let paragraph: Vec<_> = docs.iter().take_while(|line| !line.is_empty()).map(String::as_str).collect();
    (!paragraph.is_empty()).then(|| paragraph.join(" "))
}
