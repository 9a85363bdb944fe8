//! The service as plain data, ready to be written out: what `lower` makes and `emit` reads.
//!
//! Every list is in a fixed order (by shape id or as the model orders members), every name is final and
//! every reference resolves, so an emitter neither looks anything up in the model nor can fail.

mod path;
mod shape;
mod types;

pub use path::{Accessor, Comparison, Expr, Path, Step};
pub use shape::{Constraints, Leaf, LeafKind, Number, Prelude, ShapeRef, TimestampFormat};
pub use types::{
    Enum, ErrorInfo, Fault, Literal, Member, NamedKind, Presence, Retry, RustType, Structure, Union, Variant,
    VariantMember,
};

use std::collections::BTreeMap;

/// One service with everything that it reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Facts about the service as a whole.
    pub service: Service,
    /// The operations to generate, by name.
    pub operations: Vec<Operation>,
    /// Structures that are neither the input nor the output of an operation nor an error, by Rust name.
    pub structures: Vec<Structure>,
    /// Unions, by Rust name.
    pub unions: Vec<Union>,
    /// Enums of text, by Rust name. An `intEnum` is an `i32` in Rust and has a [`Leaf`] only.
    pub enums: Vec<Enum>,
    /// Errors, by Rust name; [`Structure::error`] is set.
    pub errors: Vec<Structure>,
    /// Simple shapes, lists and maps that need a table entry of their own, by static name.
    pub leaves: Vec<Leaf>,
    /// What was counted and what was left out.
    pub report: Report,
}

/// Facts about the service as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Absolute shape id.
    pub shape_id: String,
    /// What stands before the operation's name in `X-Amz-Target`: the shape's name.
    pub target_prefix: String,
    /// The SDK id, such as `Proton`; the shape's name where the model states none.
    pub sdk_id: String,
    /// The name for people, such as `AWS Proton`.
    pub title: Option<String>,
    /// The API version, such as `2020-07-20`.
    pub version: String,
    /// Markdown lines; empty where the model says nothing.
    pub docs: Vec<String>,
    /// The service's name in SigV4 signatures.
    pub signing_name: String,
    /// `endpointPrefix` of `aws.api#service`, or the signing name.
    pub endpoint_prefix: String,
    /// `application/x-amz-json-1.0` or `application/x-amz-json-1.1`.
    pub content_type: &'static str,
    /// Whether the service also answers codes of the query protocol (`aws.protocols#awsQueryCompatible`).
    pub query_compatible: bool,
    /// Whether no operation is signed: the service states no SigV4.
    pub no_auth: bool,
    /// `smithy.rules#endpointRuleSet` as the model has it.
    pub rules: Option<serde_json::Value>,
    /// `smithy.rules#endpointBdd` as the model has it: the rules in another form, for models without the first.
    pub diagram: Option<serde_json::Value>,
    /// `smithy.rules#endpointTests` as the model has it; none where it has no cases.
    pub endpoint_tests: Option<serde_json::Value>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The name on the wire, such as `CreateService`.
    pub name: String,
    /// Absolute shape id.
    pub shape_id: String,
    /// The type's name, such as `CreateService`.
    pub rust_name: String,
    /// Module and client method, such as `create_service`; a keyword has `r#` in front.
    pub snake: String,
    /// Markdown lines.
    pub docs: Vec<String>,
    /// Why callers should not use it; `Some("")` where the model gives no reason.
    pub deprecated: Option<String>,
    /// The request, always named `<rust_name>Input`.
    pub input: Structure,
    /// The answer, always named `<rust_name>Output`.
    pub output: Structure,
    /// Rust names of the errors that the operation or the service names, sorted; each is in [`Model::errors`].
    pub errors: Vec<String>,
    /// Index of the input member that takes a fresh token where the caller gave none.
    pub idempotency_token: Option<usize>,
    /// What stands before the endpoint's host name; empty for most.
    pub host_prefix: Vec<HostPart>,
    /// What the operation gives to the endpoint rules, by parameter name.
    pub endpoint_params: Vec<ContextParam>,
    /// Whether it changes nothing.
    pub readonly: bool,
    /// Whether calling it twice is as calling it once.
    pub idempotent: bool,
    /// Whether large bodies are sent compressed with gzip (`smithy.api#requestCompression`).
    pub gzip: bool,
    /// Whether it is called without a signature.
    pub anonymous: bool,
    /// How its pages follow each other.
    pub paginated: Option<Paginated>,
    /// By name.
    pub waiters: Vec<Waiter>,
}

/// A part of a host prefix such as `{AccountId}.api.`.
#[derive(Clone, Debug, PartialEq)]
pub enum HostPart {
    /// Fixed text.
    Text(String),
    /// The value of the input member with this index.
    Label(usize),
}

/// A parameter of the endpoint rules that an operation fills.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextParam {
    /// The parameter's name in the rules.
    pub name: String,
    /// Where its value comes from.
    pub source: ParamSource,
}

/// Where an endpoint parameter's value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamSource {
    /// The same text on each call.
    Text(String),
    /// The same flag on each call.
    Flag(bool),
    /// The same texts on each call.
    List(Vec<String>),
    /// What the path finds in the input; a context parameter on a member is a path of one field.
    Path(Path),
}

/// How the pages of an operation follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Paginated {
    /// The top-level input member that asks for a page.
    pub input_token: Accessor,
    /// The token of the next page in the output.
    pub output_token: Accessor,
    /// Rust type of the token, without `Option`.
    pub token_type: RustType,
    /// The items of a page: a list or a map; `None` where the model names none.
    pub items: Option<Accessor>,
    /// The top-level input member that limits a page.
    pub page_size: Option<Accessor>,
}

/// A wait for a state of a resource, by polling the operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiter {
    /// The name in the model, such as `ServiceCreated`.
    pub name: String,
    /// Snake case, such as `service_created`.
    pub snake: String,
    /// The type name, such as `ServiceCreated`.
    pub rust_name: String,
    /// Markdown lines.
    pub docs: Vec<String>,
    /// Shortest delay between two polls, in seconds.
    pub min_delay: u64,
    /// Longest delay between two polls, in seconds.
    pub max_delay: u64,
    /// Why callers should not use it.
    pub deprecated: Option<String>,
    /// In the model's order: the first that matches decides.
    pub acceptors: Vec<Acceptor>,
}

/// One rule of a waiter.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptor {
    /// What follows from a match.
    pub state: WaiterState,
    /// What is looked at.
    pub matcher: Matcher,
    /// Where the output says why, beside the member that the matcher reads; only for output matchers.
    pub reason: Option<Path>,
}

/// What follows from a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiterState {
    /// The wait is over, well.
    Success,
    /// The wait is over: the state will never be reached.
    Failure,
    /// Poll again.
    Retry,
}

/// What an acceptor looks at.
#[derive(Clone, Debug, PartialEq)]
pub enum Matcher {
    /// The call succeeded (`true`) or failed (`false`).
    Success(bool),
    /// The call failed with this error, named without its namespace.
    ErrorType(String),
    /// A value in the output.
    Output {
        /// Where, from the output.
        path: Path,
        /// How it compares.
        comparator: Comparator,
        /// With what, as the model spells it: text, or `true` or `false` for booleans.
        expected: String,
    },
    /// A value in what was sent and answered.
    InputOutput {
        /// Where; the root has the fields `input` (index 0) and `output` (index 1).
        path: Path,
        /// How it compares.
        comparator: Comparator,
        /// With what.
        expected: String,
    },
}

/// How a found value compares with the expected text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// The text is equal.
    StringEquals,
    /// The flag is equal.
    BooleanEquals,
    /// A list, not empty, of which every item equals the text.
    AllStringEquals,
    /// A list of which some item equals the text.
    AnyStringEquals,
}

/// What was counted and what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Operations that are generated.
    pub operations: usize,
    /// Shapes that are generated or that generated code covers, the service itself included.
    pub shapes: usize,
    /// Shapes of each kind among them, such as `structure`.
    pub kinds: BTreeMap<String, usize>,
    /// Shapes of the model that nothing generated reaches.
    pub unreachable: Vec<String>,
    /// Operations that cannot be generated, with the reason.
    pub skipped: Vec<Skipped>,
    /// Operations that the service answers only at an endpoint that it names when asked (`required` in
    /// `aws.api#clientDiscoveredEndpoint`). The client does not ask: such an endpoint has to be configured.
    pub undiscovered: Vec<String>,
    /// Operations that the caller did not select.
    pub unselected: usize,
    /// Patterns that clients do not check, because the runtime's engine does not know their syntax.
    pub unchecked_patterns: Vec<UncheckedPattern>,
}

/// A pattern that clients do not check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UncheckedPattern {
    /// The shape, or the member, whose pattern it is.
    pub shape: String,
    /// The pattern.
    pub pattern: String,
}

/// An operation that cannot be generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its name.
    pub operation: String,
    /// Why, in one line.
    pub reason: String,
}
