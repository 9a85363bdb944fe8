//! What can be wrong with a model: one line each, saying what failed, where, and what to do.

/// Why a model cannot be turned into code.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not JSON, or not a Smithy JSON AST.
    #[error(
        "the model is not a Smithy JSON AST: {}; export it with `smithy ast` or fix it at that place",
        one_line(&.0.to_string())
    )]
    Parse(String),
    /// The AST is of a version that this crate does not read.
    #[error("the model has Smithy version `{0}`; only 1.0 and 2.x are read, so convert it with the Smithy CLI")]
    Version(String),
    /// The model has no service, or several.
    #[error("the model has {found}; it has to have exactly one service, or the options have to name one of them")]
    Service {
        /// What was found.
        found: String,
    },
    /// A shape refers to another that is not there.
    #[error("`{from}` refers to `{to}`, which the model does not have; add the shape or remove the reference")]
    MissingShape {
        /// The shape with the reference.
        from: String,
        /// The shape that is missing.
        to: String,
    },
    /// A shape is not what the place where it is used asks for.
    #[error("`{from}` refers to `{to}`, which is {found} where {expected} belongs; point it at another shape")]
    WrongKind {
        /// The shape with the reference.
        from: String,
        /// The shape that it refers to.
        to: String,
        /// What that is.
        found: &'static str,
        /// What it has to be.
        expected: &'static str,
    },
    /// A shape's definition lacks something or contradicts itself.
    #[error("`{shape}` {problem}; {advice}")]
    Shape {
        /// The shape or member.
        shape: String,
        /// What is wrong with it.
        problem: String,
        /// What to do.
        advice: &'static str,
    },
    /// The service speaks no protocol that this crate knows.
    #[error(
        "service `{service}` speaks {found}; only `aws.protocols#awsJson1_0` and `aws.protocols#awsJson1_1` are \
         supported, so add one of these traits if the service answers it"
    )]
    Protocol {
        /// The service.
        service: String,
        /// The protocols that it names.
        found: String,
    },
    /// A trait that this crate does not know.
    #[error(
        "`{shape}` has the trait `{name}`, which the generator does not know; support it, or list it with a reason in \
         codegen/src/traits.rs if it has no effect on awsJson clients, or remove it from the model"
    )]
    UnknownTrait {
        /// The shape or member.
        shape: String,
        /// The trait.
        name: String,
    },
    /// A trait's value does not have the form that Smithy prescribes.
    #[error("trait `{name}` of `{shape}` is malformed: {problem}; correct its value")]
    Trait {
        /// The shape or member.
        shape: String,
        /// The trait.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Two things get the same Rust name.
    #[error("`{first}` and `{second}` both become `{rust}` in {place}; {advice}")]
    Collision {
        /// One of them.
        first: String,
        /// The other.
        second: String,
        /// The Rust name.
        rust: String,
        /// Where they meet.
        place: String,
        /// What to do.
        advice: &'static str,
    },
    /// A selected operation does not exist.
    #[error("the service has no operation `{name}`; {near}")]
    UnknownOperation {
        /// The name that was given.
        name: String,
        /// Names like it.
        near: String,
    },
    /// A selected operation is one that is left out of every client.
    #[error("the operation `{name}` cannot be generated: {reason}; take it out of the selection")]
    LeftOut {
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
    /// A path of a waiter, paginator or endpoint parameter does not fit the shapes that it walks.
    #[error("{what}: path `{path}` {problem}; correct the path or the shape")]
    Path {
        /// Whose path it is, such as ``waiter `TableExists` of `ns#DescribeTable` ``.
        what: String,
        /// The path.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Endpoint rules that cannot become code.
    #[error(transparent)]
    Rules(#[from] crate::rules::RulesError),
    /// The generator wrote something that is not Rust: a mistake of its own.
    #[error(
        "the generator wrote code that does not parse ({0}); this is a bug of the generator, please report the model"
    )]
    Emit(String),
}

// The reader's words are in the message, so they are not a source as well: a printed chain would say them twice.
impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Parse(error.to_string())
    }
}

impl From<syn::Error> for Error {
    fn from(error: syn::Error) -> Self {
        Self::Emit(error.to_string())
    }
}

impl Error {
    pub(crate) fn shape(shape: impl Into<String>, problem: impl Into<String>, advice: &'static str) -> Self {
        Self::Shape { shape: one_line(&shape.into()), problem: one_line(&problem.into()), advice }
    }

    pub(crate) fn bad_trait(shape: impl Into<String>, name: &str, problem: impl Into<String>) -> Self {
        Self::Trait { shape: one_line(&shape.into()), name: name.into(), problem: one_line(&problem.into()) }
    }

    pub(crate) fn missing(from: &str, to: &str) -> Self {
        Self::MissingShape { from: one_line(from), to: one_line(to) }
    }

    pub(crate) fn path(what: &str, path: &str, problem: &str) -> Self {
        Self::Path { what: one_line(what), path: one_line(path), problem: one_line(problem) }
    }
}

/// Text of a model without line breaks, so that a message stays on one line.
fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}
