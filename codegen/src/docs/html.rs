//! HTML, as AWS's models hold it, into blocks.

use super::blocks::{Block, render};
use super::inline::{code, escape, link};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Lists within lists beyond this are taken as one list.
const DEPTH: usize = 12;

/// Tags that tell HTML from Markdown, and that are acted on.
const KNOWN: &[&str] = &[
    "a",
    "b",
    "br",
    "caution",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "fullname",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "important",
    "li",
    "note",
    "ol",
    "p",
    "para",
    "pre",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "warning",
];

/// Whether the text holds a tag that is acted on, outside of Markdown's code spans.
pub(super) fn is_html(text: &str) -> bool {
    text.split('`').step_by(2).any(|part| {
        part.split('<').skip(1).any(|rest| {
            let rest = rest.strip_prefix('/').unwrap_or(rest);
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let closed = rest[end..].starts_with(['>', ' ', '/', '\n']) && rest.contains('>');
            closed && known(&rest[..end].to_ascii_lowercase())
        })
    })
}

fn known(name: &str) -> bool {
    KNOWN.binary_search(&name).is_ok()
}

/// The text as Markdown lines.
pub(super) fn convert(text: &str) -> Vec<String> {
    let mut writer = Writer { frames: vec![Frame::default()], ..Writer::default() };
    for Ok(token) in Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span()) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let href =
                    tag.attributes.get(b"href".as_slice()).map(|href| String::from_utf8_lossy(href).into_owned());
                match known(&name) {
                    true => writer.start(&name, href),
                    false => writer.text(text.get(tag.span.start..tag.span.end).unwrap_or_default()),
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if known(&name) {
                    writer.end(&name);
                }
            }
            Token::String(string) => writer.text(&String::from_utf8_lossy(&string)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    writer.finish()
}

/// The blocks of the whole text, of a list or of an item.
#[derive(Default)]
struct Frame {
    blocks: Vec<Block>,
    /// Set for a list: whether it is numbered, and its items.
    list: Option<(bool, Vec<Vec<Block>>)>,
}

/// Markup that is open, and where its text begins.
struct Open {
    name: String,
    start: usize,
    href: Option<String>,
}

#[derive(Default)]
struct Writer {
    frames: Vec<Frame>,
    inline: String,
    open: Vec<Open>,
    /// The text of a code span or a `pre`, and whether it is a `pre`.
    verbatim: Option<(String, bool)>,
    /// What the next paragraph begins with.
    prefix: &'static str,
    /// Inside an element whose text is left out.
    hidden: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if self.hidden {
        } else if let Some((verbatim, _)) = &mut self.verbatim {
            verbatim.push_str(text);
        } else {
            let escaped = escape(text);
            let space = self.inline.is_empty() || self.inline.ends_with(' ');
            self.inline.push_str(if space { escaped.trim_start() } else { &escaped });
        }
    }

    fn start(&mut self, name: &str, href: Option<String>) {
        if self.verbatim.is_some() {
            return;
        }
        match name {
            "code" | "tt" => self.verbatim = Some((String::new(), false)),
            "pre" => {
                self.flush();
                self.verbatim = Some((String::new(), true));
            }
            "a" | "b" | "em" | "i" | "strong" | "var" => {
                self.open.push(Open { name: name.into(), start: self.inline.len(), href });
            }
            "ul" | "ol" | "dl" | "table" => self.open_list(name == "ol"),
            "li" | "dt" | "tr" => self.open_item(),
            "note" => self.begin_prefixed("**Note:**"),
            "important" => self.begin_prefixed("**Important:**"),
            "caution" | "warning" => self.begin_prefixed("**Warning:**"),
            "fullname" => self.hidden = true,
            "sub" | "sup" | "span" | "u" => {}
            _ if heading(name) => {
                self.flush();
                self.open.push(Open { name: "b".into(), start: 0, href: None });
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, name: &str) {
        if name == "fullname" {
            self.hidden = false;
        }
        match (name, self.verbatim.take()) {
            ("code" | "tt", Some((text, false))) => self.inline.push_str(&code(&text)),
            ("pre", Some((text, true))) => self.push_code(&text),
            (_, Some(verbatim)) => self.verbatim = Some(verbatim),
            ("a" | "b" | "em" | "i" | "strong" | "var", None) => self.close(name),
            ("ul" | "ol" | "dl" | "table", None) => self.close_list(),
            ("li" | "tr", None) => {
                self.flush();
                self.close_item();
            }
            ("note" | "important" | "caution" | "warning", None) => {
                self.flush();
                self.prefix = "";
            }
            ("sub" | "sup" | "span" | "u" | "br", None) => {}
            (_, None) => {
                if heading(name) {
                    self.close("b");
                }
                self.flush();
            }
        }
    }

    /// Ends emphasis or a link: markers go around the words, not around the spaces beside them.
    fn close(&mut self, name: &str) {
        let Some(position) = self.open.iter().rposition(|open| open.name == name) else { return };
        let open = self.open.remove(position);
        let inner = self.inline.split_off(open.start.min(self.inline.len()));
        let text = inner.trim();
        let nested = self.open.iter().any(|outer| (outer.name == "a") == (name == "a"));
        let marked = match name {
            _ if text.is_empty() || nested => text.to_owned(),
            "a" => link(text, open.href.as_deref().unwrap_or_default()),
            "b" | "strong" => format!("**{text}**"),
            _ => format!("*{text}*"),
        };
        if inner.starts_with(' ') && !self.inline.is_empty() {
            self.inline.push(' ');
        }
        self.inline.push_str(&marked);
        if inner.ends_with(' ') {
            self.inline.push(' ');
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        while let Some(name) = self.open.last().map(|open| open.name.clone()) {
            self.close(&name);
        }
        let text = std::mem::take(&mut self.inline);
        let text = text.trim();
        if !text.is_empty() {
            let prefix = std::mem::take(&mut self.prefix);
            let text = if prefix.is_empty() { text.to_owned() } else { format!("{prefix} {text}") };
            self.push(Block::Paragraph(text));
        }
    }

    fn begin_prefixed(&mut self, prefix: &'static str) {
        self.flush();
        self.prefix = prefix;
    }

    fn push_code(&mut self, text: &str) {
        let lines: Vec<String> = text.trim_matches('\n').lines().map(|line| line.trim_end().to_owned()).collect();
        if lines.iter().any(|line| !line.is_empty()) {
            self.push(Block::Code(lines));
        }
    }

    /// Adds to the innermost item or to the whole; a list takes it as an item.
    fn push(&mut self, block: Block) {
        if let Some(frame) = self.frames.last_mut() {
            match &mut frame.list {
                Some((_, items)) => items.push(vec![block]),
                None => frame.blocks.push(block),
            }
        }
    }

    fn open_list(&mut self, ordered: bool) {
        self.flush();
        if self.frames.len() < 2 * DEPTH {
            self.frames.push(Frame { blocks: Vec::new(), list: Some((ordered, Vec::new())) });
        }
    }

    fn open_item(&mut self) {
        self.flush();
        self.close_item();
        if self.frames.last().is_some_and(|frame| frame.list.is_some()) {
            self.frames.push(Frame::default());
        }
    }

    fn close_item(&mut self) {
        if self.frames.len() > 1 && self.frames.last().is_some_and(|frame| frame.list.is_none()) {
            let item = self.frames.pop().unwrap_or_default();
            if let Some((_, items)) = self.frames.last_mut().and_then(|frame| frame.list.as_mut())
                && !item.blocks.is_empty()
            {
                items.push(item.blocks);
            }
        }
    }

    fn close_list(&mut self) {
        self.flush();
        self.close_item();
        if self.frames.len() > 1 && self.frames.last().is_some_and(|frame| frame.list.is_some()) {
            let frame = self.frames.pop().unwrap_or_default();
            if let Some((ordered, items)) = frame.list
                && !items.is_empty()
            {
                self.push(Block::List { ordered, items });
            }
        }
    }

    fn finish(mut self) -> Vec<String> {
        match self.verbatim.take() {
            Some((text, true)) => self.push_code(&text),
            Some((text, false)) => self.inline.push_str(&code(&text)),
            None => {}
        }
        self.flush();
        while self.frames.len() > 1 {
            self.close_list();
        }
        render(&self.frames.pop().unwrap_or_default().blocks)
    }
}

fn heading(name: &str) -> bool {
    name == "title" || (name.len() == 2 && name.starts_with('h') && name.ends_with(|c: char| c.is_ascii_digit()))
}
