//! Paths into inputs and outputs, as waiters and endpoint parameters name them.
//!
//! A path is data in a generated table. The plain ones, four out of five that AWS models use, walk
//! the value in place; any other JMESPath expression needs the cargo feature `jmespath`.
//!
//! ```
//! use smithy_runtime::path::{Path, Step};
//!
//! static STATUSES: Path = Path::Plain(&[Step::Field("services"), Step::Flatten, Step::Field("status")]);
//! assert_eq!(STATUSES.to_string(), "services[].status");
//! ```

#[cfg(feature = "jmespath")]
mod expression;
#[cfg(test)]
pub(crate) mod fixture;
mod found;
mod plain;
#[cfg(test)]
mod tests;

pub use found::{Found, Scalar};

use crate::schema::Shape;
use crate::value::{Node, Structure};
use std::fmt::{Display, Formatter};

/// Where in an input or output to look.
#[derive(Clone, Copy, Debug)]
pub enum Path {
    /// Steps from the top, by wire names. No steps at all find the value itself.
    Plain(&'static [Step]),
    /// A JMESPath expression: filters, functions, comparisons, multi-selects.
    ///
    /// An expression that does not parse, or that fails on a value (`length` of a number, say),
    /// finds nothing and says so in a `tracing` warning.
    #[cfg(feature = "jmespath")]
    Expression(&'static str),
}

/// One step of a plain path. Where a step finds nothing, the path finds nothing there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of a structure or union, or an entry of a map: `status`.
    Field(&'static str),
    /// Every item of a list, the items of inner lists among them: `[]`.
    Flatten,
    /// Every value of a map, or of a structure's members: `.*`.
    Values,
    /// The keys of a map, as `keys(…)` around the steps before gives.
    Keys,
}

impl Path {
    /// What the path finds in a structure.
    pub fn find<'a>(&self, value: &'a dyn Structure) -> Found<'a> {
        match self {
            Self::Plain(steps) => plain::find(Node::Structure(value), steps),
            #[cfg(feature = "jmespath")]
            Self::Expression(text) => expression::find(text, &[("", value)]),
        }
    }

    /// What the path finds in `{"input": …, "output": …}`.
    pub fn find_in_call<'a>(&self, input: &'a dyn Structure, output: &'a dyn Structure) -> Found<'a> {
        match self {
            Self::Plain([Step::Field("input"), steps @ ..]) => plain::find(Node::Structure(input), steps),
            Self::Plain([Step::Field("output"), steps @ ..]) => plain::find(Node::Structure(output), steps),
            Self::Plain(_) => Found::Absent,
            #[cfg(feature = "jmespath")]
            Self::Expression(text) => expression::find(text, &[("input", input), ("output", output)]),
        }
    }

    /// Whether what the path finds must not be shown, as the model says or where the model is
    /// silent because the path computes something.
    pub(crate) fn is_sensitive(&self, shape: &'static Shape) -> bool {
        match self {
            Self::Plain(steps) => plain::is_sensitive(shape, steps),
            #[cfg(feature = "jmespath")]
            Self::Expression(_) => true,
        }
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(steps) => plain::display(steps, f),
            #[cfg(feature = "jmespath")]
            Self::Expression(text) => f.write_str(text),
        }
    }
}
