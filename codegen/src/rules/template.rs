//! Text with names in braces, such as `https://{Region}.{PartitionResult#dnsSuffix}`.

/// A piece of a template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Text as it stands.
    Text(String),
    /// A value, or the part of it that the path leads to.
    Value {
        /// The name of the value.
        name: &'a str,
        /// Where in it to look.
        path: Option<&'a str>,
    },
}

/// Splits a template; `None` where its braces do not match.
pub(crate) fn parse(template: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        if after.starts_with("{{") || after.starts_with("}}") {
            text.extend(after.chars().next());
            rest = after.get(2..)?;
            continue;
        }
        let (inner, after) = after.strip_prefix('{')?.split_once('}')?;
        let (name, path) = inner.split_once('#').map_or((inner, None), |(name, path)| (name, Some(path)));
        if name.is_empty() || inner.contains('{') {
            return None;
        }
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        parts.push(Part::Value { name, path });
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::{Part, parse};

    #[test]
    fn names_and_paths_are_found() {
        let text = |text: &str| Part::Text(text.to_owned());
        let value = |name, path| Part::Value { name, path };
        assert_eq!(parse(""), Some(vec![]));
        assert_eq!(parse("{A}"), Some(vec![value("A", None)]));
        assert_eq!(
            parse("https://{A}.{B#c[0]}/x"),
            Some(vec![text("https://"), value("A", None), text("."), value("B", Some("c[0]")), text("/x")])
        );
        assert_eq!(parse("{{{A}}}"), Some(vec![text("{"), value("A", None), text("}")]));
    }

    #[test]
    fn braces_have_to_match() {
        for template in ["{", "}", "{A", "A}", "{}", "{#a}", "{A{B}}"] {
            assert_eq!(parse(template), None, "{template}");
        }
    }
}
