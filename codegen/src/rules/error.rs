//! What can be wrong with endpoint rules.

use std::fmt;

/// Why endpoint rules cannot become code.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// The trait's value is not a rule set.
    #[error("endpoint rules of `{service}` are malformed: {problem}; correct `smithy.rules#endpointRuleSet`")]
    Malformed {
        /// The service's shape id.
        service: String,
        /// What the reader says.
        problem: String,
    },
    /// The value of `smithy.rules#endpointBdd` is no decision diagram.
    #[error("endpoint rules of `{service}` are malformed: {problem}; correct `smithy.rules#endpointBdd`")]
    Diagram {
        /// The service's shape id.
        service: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The published cases are not readable.
    #[error("endpoint test {case} is malformed: {problem}; correct `smithy.rules#endpointTests`")]
    Case {
        /// Number of the case, from 1; 0 for the list as a whole.
        case: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A function that this crate does not know.
    #[error(
        "{at}: unknown function `{function}`; add it to smithy_runtime::endpoint::functions and to \
         codegen/src/emit/endpoint/calls.rs, or remove the rule"
    )]
    UnknownFunction {
        /// Where.
        at: Place,
        /// Its name.
        function: String,
    },
    /// A function is given too little or too much.
    #[error("{at}: `{function}` takes {expected} arguments, not {found}; correct `argv`")]
    Arguments {
        /// Where.
        at: Place,
        /// The function.
        function: String,
        /// How many it takes.
        expected: usize,
        /// How many it is given.
        found: usize,
    },
    /// A name that is neither a parameter nor assigned by a condition before.
    #[error("{at}: `{name}` is no parameter and not assigned before; add it to `parameters` or assign it first")]
    UnknownName {
        /// Where.
        at: Place,
        /// The name.
        name: String,
    },
    /// A name is assigned that has a value already.
    #[error("{at}: `{name}` is assigned, but has a value already; choose another name")]
    Taken {
        /// Where.
        at: Place,
        /// The name.
        name: String,
    },
    /// A value is not of the type that its place asks for.
    #[error("{at}: {found} stands where {expected} belongs; {advice}")]
    Type {
        /// Where.
        at: Place,
        /// What is there.
        found: String,
        /// What has to be there.
        expected: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A value has no such part.
    #[error("{at}: {value} has no `{attribute}`; correct the path")]
    Attribute {
        /// Where.
        at: Place,
        /// What kind of value it is.
        value: String,
        /// The part that was asked for.
        attribute: String,
    },
    /// Braces in text do not match, or hold no name.
    #[error("{at}: braces in {template:?} do not match; write `{{{{` and `}}}}` for braces that are meant as such")]
    Template {
        /// Where.
        at: Place,
        /// The text.
        template: String,
    },
    /// `authSchemes` holds something that this crate does not understand.
    #[error("{at}: {problem}; correct it, or add it to smithy_runtime::endpoint::AuthScheme")]
    AuthScheme {
        /// Where.
        at: Place,
        /// What it is.
        problem: String,
    },
    /// A parameter's default is not of the parameter's type.
    #[error("{at}: the default {found} does not fit the parameter's type; correct one of the two")]
    Default {
        /// Where.
        at: Place,
        /// The default as JSON.
        found: String,
    },
}

/// A place in a service's endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The service's shape id.
    pub service: String,
    /// The way from the top of the rule set, such as `rules[0].conditions[1]`.
    pub path: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "endpoint rules of `{}`, {}", self.service, self.path)
    }
}
