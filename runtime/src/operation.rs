//! What a generated crate says about its service and operations.

use crate::endpoint::{Endpoint, Params, ResolveEndpointError};
use crate::error::{SdkError, Unhandled};
use crate::schema::Shape;
use crate::value::{Empty, Structure};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::ErrorKind;
use std::fmt::Debug;

/// One operation: the types of its input, output and error, and what to send.
pub trait Operation: Send + Sync + 'static {
    /// The request.
    type Input: Structure + Empty + Clone + Debug + 'static;
    /// The answer.
    type Output: Structure + Empty + Debug + 'static;
    /// What the service may answer instead.
    type Error: ServiceError;
    /// The facts that the engine needs.
    const METADATA: &'static Metadata;
}

/// What a call of an operation comes to.
pub type Answer<O> = Result<<O as Operation>::Output, SdkError<<O as Operation>::Error>>;

/// The facts of one operation.
#[derive(Debug)]
pub struct Metadata {
    /// The service that offers it.
    pub service: &'static Service,
    /// The operation's name, such as `CreateService`.
    pub name: &'static str,
    /// The input member that takes a fresh token where the caller gave none.
    pub idempotency_token: Option<usize>,
    /// What stands before the endpoint's host name; empty for most.
    pub host_prefix: &'static [HostPart],
    /// Input members that choose the endpoint.
    pub endpoint_params: &'static [ContextParam],
    /// Whether the operation is called without a signature.
    pub anonymous: bool,
    /// Whether a large body is sent compressed with gzip.
    pub gzip: bool,
}

impl Metadata {
    /// An operation without peculiarities.
    pub const fn new(service: &'static Service, name: &'static str) -> Self {
        Self {
            service,
            name,
            idempotency_token: None,
            host_prefix: &[],
            endpoint_params: &[],
            anonymous: false,
            gzip: false,
        }
    }
}

/// A part of a host prefix such as `{AccountId}.api.`.
#[derive(Debug)]
pub enum HostPart {
    /// Fixed text.
    Text(&'static str),
    /// The value of the input member with this index.
    Label(usize),
}

/// A parameter of the endpoint rules that an operation fills.
#[derive(Debug)]
pub struct ContextParam {
    /// The parameter's name in the rules.
    pub name: &'static str,
    /// Where its value comes from.
    pub source: ParamSource,
}

/// Where an endpoint parameter's value comes from.
#[derive(Debug)]
pub enum ParamSource {
    /// The same text on each call.
    Text(&'static str),
    /// The same flag on each call.
    Flag(bool),
    /// The same list of text on each call.
    List(&'static [&'static str]),
    /// The value that the path finds in the input.
    Path(crate::path::Path),
}

/// The facts of one service.
#[derive(Debug)]
pub struct Service {
    /// The SDK id, such as `Proton`; environment variables and profiles spell it in their ways.
    pub id: &'static str,
    /// The service's name in SigV4 signatures.
    pub signing_name: &'static str,
    /// What stands before the operation's name in `X-Amz-Target`.
    pub target_prefix: &'static str,
    /// `application/x-amz-json-1.0` or `-1.1`.
    pub content_type: &'static str,
    /// The generated crate's version, for the user agent.
    pub crate_version: &'static str,
    /// Whether error codes of the older query protocol are asked for and read.
    pub query_compatible: bool,
    /// The errors that the model names.
    pub errors: &'static [ErrorShape],
    /// Whether the endpoint rules ask for the account of the credentials.
    pub account_endpoints: bool,
    /// The endpoint rules.
    pub resolve_endpoint: fn(&Params) -> Result<Endpoint, ResolveEndpointError>,
}

/// One error of the model.
#[derive(Debug)]
pub struct ErrorShape {
    /// The structure that the error carries; its name is the error's code.
    pub shape: &'static Shape,
    /// Whether the model marks it as worth a retry, and of which kind.
    pub retry: Option<ErrorKind>,
}

/// The errors of a service as one Rust type.
pub trait ServiceError: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static {
    /// The variant that the code names, its structure empty; the catch-all for another code.
    fn new(code: Option<&str>, metadata: ErrorMetadata) -> Self
    where
        Self: Sized;

    /// The catch-all for a failure that is not the service's.
    fn from_unhandled(error: Unhandled) -> Self
    where
        Self: Sized;

    /// The structure to read the error's body into; the catch-all has none.
    fn structure_mut(&mut self) -> Option<&mut dyn Structure>;
}

/// An operation whose answer comes in pages.
pub trait Paginated: Operation<Input: Sync> {
    /// What marks the next page; text nearly always.
    type Token: Clone + PartialEq + Send + Sync + 'static;

    /// The token that leads to the next page; `None` at the end.
    fn token(output: &Self::Output) -> Option<&Self::Token>;

    /// Asks for the page after the token.
    fn set_token(input: &mut Self::Input, token: Option<Self::Token>);

    /// The token that the input asks for.
    fn input_token(input: &Self::Input) -> Option<&Self::Token>;

    /// Whether a token marks the end, as empty text does.
    fn is_end(token: &Self::Token) -> bool;
}

/// A paginated operation whose pages hold items.
pub trait PaginatedItems: Paginated {
    /// One item.
    type Item: Send + 'static;

    /// Takes the items out of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// A paginated operation that lets the caller choose how many items a page holds.
pub trait PageSize: Paginated {
    /// Asks for pages of at most this many items.
    fn set_page_size(input: &mut Self::Input, size: i32);
}
