//! Turns a model's documentation into Markdown that rustdoc reads as it was meant.
//!
//! AWS's models hold HTML, others hold CommonMark. Both become lines of at most 110 columns: no raw HTML, no bare
//! URLs, no brackets that rustdoc would take for links to items, and no code that it would take for a test.

mod blocks;
mod html;
mod inline;
mod markdown;

/// Markdown lines; none where the text is blank. No line ends in a space, the first and the last are not blank.
pub(crate) fn lines(text: &str) -> Vec<String> {
    if html::is_html(text) { html::convert(text) } else { markdown::convert(text) }
}

/// Text as a code span, whatever it holds; for a paragraph that [`wrap`] makes.
pub(crate) fn code(text: &str) -> String {
    inline::code(text)
}

/// The lines of one paragraph of inline Markdown.
pub(crate) fn wrap(text: String) -> Vec<String> {
    blocks::render(&[blocks::Block::Paragraph(text)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        for (html, markdown) in [
            ("<p>One.</p> <p>Two  &lt;x&gt;.</p>", "One.\n\nTwo \\<x>."),
            ("<p>A <code>b `c` d</code> <i>e</i> <b>f</b>.</p>", "A ``b `c` d`` *e* **f**."),
            ("<p>See <a href=\"https://x.y/a b\">the  guide</a>.</p>", "See [the guide](https://x.y/a%20b)."),
            ("<p>Go to https://x.y/z.</p>", "Go to <https://x.y/z>."),
            ("<p>a[0] and <a>b</a></p>", "a\\[0\\] and b"),
            ("<ul><li><p>one</p></li><li>two<ul><li>deep</li></ul></li></ul>", "- one\n- two\n  - deep"),
            ("<p>x</p><note><p>y</p></note>", "x\n\n**Note:** y"),
            ("<p><bucket-Name>/x</p>", "\\<bucket-Name>/x"),
            ("<p>a</p><pre>x {\n  y\n}</pre>", "a\n\n```text\nx {\n  y\n}\n```"),
            ("<p># x</p><p>1. y</p><p>- z</p>", "\\# x\n\n1\\. y\n\n\\- z"),
            ("<fullname>S</fullname><p>a_b *c*</p>", "a_b \\*c\\*"),
            ("<p></p>", ""),
        ] {
            assert_eq!(lines(html).join("\n"), markdown, "{html}");
        }
    }

    #[test]
    fn markdown_stays_and_is_made_safe() {
        for (text, markdown) in [
            ("One.\n\nTwo `a<b>` [c](https://d) [e] <f>.", "One.\n\nTwo `a<b>` [c](https://d) \\[e\\] \\<f>."),
            ("- a\n- b\n  c\n\n1. d", "- a\n- b c\n\n1. d"),
            ("    indented is no code", "indented is no code"),
            ("```\nlet x;\n```", "```text\nlet x;\n```"),
            ("https://x.y, or <https://z>", "<https://x.y>, or <https://z>"),
            ("\n \n", ""),
        ] {
            assert_eq!(lines(text).join("\n"), markdown, "{text}");
        }
    }

    #[test]
    fn long_lines_are_wrapped_and_keep_their_meaning() {
        let text = format!("<ul><li>{}wordwor - 1. # x</li></ul>", "word ".repeat(20));
        let lines = lines(&text);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() <= 110), "{lines:?}");
        assert!(lines[1].starts_with("  \\- "), "{lines:?}");
    }
}
