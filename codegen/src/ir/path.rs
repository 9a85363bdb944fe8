//! Paths into inputs and outputs, checked against the shapes that they walk.

use super::{Presence, RustType};

/// A chain of fields, such as `service.pipeline.name`, as Rust code walks it.
#[derive(Clone, Debug, PartialEq)]
pub struct Accessor {
    /// At least one; the last is the value itself.
    pub steps: Vec<Step>,
}

/// One field of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Index of the member in its structure.
    pub index: usize,
    /// The name on the wire.
    pub name: String,
    /// The field's name.
    pub rust_name: String,
    /// The field's name without `r#`.
    pub bare_name: String,
    /// What it holds, without `Option` and `Box`.
    pub ty: RustType,
    /// Whether a value is always there.
    pub presence: Presence,
    /// Whether the value is boxed.
    pub boxed: bool,
}

impl Accessor {
    /// The Rust type of the value at the end; `None` only for a chain without steps, which `lower` never makes.
    pub fn ty(&self) -> Option<&RustType> {
        self.steps.last().map(|step| &step.ty)
    }
}

/// A JMESPath expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// As the model spells it.
    pub text: String,
    /// What it computes.
    pub expr: Expr,
}

/// A JMESPath expression, with the fields of known structures resolved to member indexes.
///
/// A missing value is `null` and goes on being `null`, as JMESPath has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `@`: the value that the expression is applied to; the whole input or output at the top.
    Current,
    /// `of.name`. `index` is the member's, where `of` is a structure or union; a map's key has none.
    Field {
        /// The value to look into.
        of: Box<Expr>,
        /// Name on the wire, or the key of a map.
        name: String,
        /// Index of the member.
        index: Option<usize>,
    },
    /// `of[index]`; counted from the end where negative.
    Index {
        /// The list.
        of: Box<Expr>,
        /// Position.
        index: i32,
    },
    /// `of[start:stop:step]`.
    Slice {
        /// The list.
        of: Box<Expr>,
        /// First position.
        start: Option<i32>,
        /// Position after the last.
        stop: Option<i32>,
        /// Distance, never 0.
        step: i32,
    },
    /// `of[]`: the items, with items that are lists replaced by their own items.
    Flatten(Box<Expr>),
    /// `of.*`: the values of a map or structure.
    Values(Box<Expr>),
    /// `of[*].each`: `each` applied to every item; `null` results are dropped.
    Project {
        /// The list.
        of: Box<Expr>,
        /// Applied to every item.
        each: Box<Expr>,
    },
    /// `of[?condition].each`.
    Filter {
        /// The list.
        of: Box<Expr>,
        /// Applied to every item; keeps those for which it is true.
        condition: Box<Expr>,
        /// Applied to every item that is kept; `null` results are dropped.
        each: Box<Expr>,
    },
    /// `left | right` and `left.[…]`: `right` applied to what `left` gives.
    Pipe(Box<Expr>, Box<Expr>),
    /// `[a, b]`: a list of the results; `null` where the current value is `null`.
    List(Vec<Expr>),
    /// `{a: x, b: y}`.
    Map(Vec<(String, Expr)>),
    /// `` `…` `` or `'…'`.
    Literal(serde_json::Value),
    /// `left == right` and its like.
    Compare {
        /// How.
        by: Comparison,
        /// One side.
        left: Box<Expr>,
        /// The other side.
        right: Box<Expr>,
    },
    /// `left && right`.
    And(Box<Expr>, Box<Expr>),
    /// `left || right`.
    Or(Box<Expr>, Box<Expr>),
    /// `!of`.
    Not(Box<Expr>),
    /// `name(args…)`: `length`, `contains`, `keys` and the other functions of JMESPath.
    Call {
        /// The function.
        name: String,
        /// What it is called with.
        args: Vec<Expr>,
    },
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`; of numbers only.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
}
