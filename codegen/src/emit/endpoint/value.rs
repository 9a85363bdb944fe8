//! Values of the rule language and the Rust expressions that give them.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use std::fmt;

/// A Rust expression and what the rules know of it.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) tokens: TokenStream,
    pub(super) kind: Kind,
    /// The value of a flag that is known while generating.
    pub(super) constant: Option<bool>,
    /// An expression for the opposite of a flag, where a better one exists than `!`.
    opposite: Option<TokenStream>,
    /// Whether it is a literal.
    literal: bool,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Flag,
    /// `&str`.
    Text,
    /// `String`, made on the spot.
    OwnedText,
    /// `&[String]`.
    Strings,
    /// `Vec<&str>`.
    Parts,
    Url,
    Arn,
    Partition,
    /// `Option` of another.
    Optional(Box<Kind>),
}

impl Value {
    pub(super) fn new(kind: Kind, tokens: TokenStream) -> Self {
        Self { tokens, kind, constant: None, opposite: None, literal: false }
    }

    pub(super) fn optional(kind: Kind, tokens: TokenStream) -> Self {
        Self::new(Kind::Optional(Box::new(kind)), tokens)
    }

    pub(super) fn flag(flag: bool) -> Self {
        Self { constant: Some(flag), ..Self::new(Kind::Flag, quote!(#flag)) }
    }

    pub(super) fn literal(text: &str) -> Self {
        Self { literal: true, ..Self::new(Kind::Text, quote!(#text)) }
    }

    /// Whether two values are equal.
    pub(super) fn equal(left: &Self, right: &Self) -> Self {
        if right.is_empty_literal() {
            let left = &left.tokens;
            return Self {
                opposite: Some(quote!(!#left.is_empty())),
                ..Self::new(Kind::Flag, quote!(#left.is_empty()))
            };
        }
        if left.is_empty_literal() {
            return Self::equal(right, left);
        }
        let (left, right) = (left.operand(), right.operand());
        Self { opposite: Some(quote!(#left != #right)), ..Self::new(Kind::Flag, quote!(#left == #right)) }
    }

    /// Whether an optional value is there.
    pub(super) fn is_set(&self) -> Self {
        let tokens = &self.tokens;
        Self { opposite: Some(quote!(#tokens.is_none())), ..Self::new(Kind::Flag, quote!(#tokens.is_some())) }
    }

    /// The opposite of a flag.
    pub(super) fn negated(self) -> Self {
        let Self { tokens, constant, opposite, .. } = self;
        if let Some(flag) = constant {
            return Self::flag(!flag);
        }
        let negated = opposite.unwrap_or_else(|| quote!(!#tokens));
        Self { opposite: Some(tokens), ..Self::new(Kind::Flag, negated) }
    }

    /// The value that an optional one holds.
    pub(super) fn unwrapped(mut self) -> Self {
        if let Kind::Optional(kind) = self.kind {
            self.kind = *kind;
        }
        self
    }

    /// The expression for a parameter of type `&str`.
    pub(super) fn borrowed(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.kind == Kind::OwnedText { quote!(&#tokens) } else { quote!(#tokens) }
    }

    /// The expression for text that outlives the parameters.
    pub(super) fn into_static(self) -> TokenStream {
        let tokens = self.tokens;
        if self.kind == Kind::OwnedText || self.literal { tokens } else { quote!(#tokens.to_owned()) }
    }

    /// The identifier, where the expression is nothing but one.
    pub(super) fn ident(&self) -> Option<Ident> {
        let mut tokens = self.tokens.clone().into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Ident(ident)), None) => Some(ident),
            _ => None,
        }
    }

    fn is_empty_literal(&self) -> bool {
        self.literal && self.tokens.to_string() == "\"\""
    }

    /// The expression as one side of a comparison.
    fn operand(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.kind == Kind::Flag && self.opposite.is_some() { quote!((#tokens)) } else { quote!(#tokens) }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flag => "a boolean",
            Self::Text | Self::OwnedText => "a string",
            Self::Strings | Self::Parts => "a list of strings",
            Self::Url => "a parsed URL",
            Self::Arn => "a parsed ARN",
            Self::Partition => "a partition",
            Self::Optional(kind) => return write!(f, "{kind} that may be unset"),
        })
    }
}
