//! Types of the generated crate: structures, unions and enums, and what their members hold.

use super::ShapeRef;

/// A structure: an input, an output, an error or a nested type.
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    /// Absolute shape id. An input or output that was made or copied has the id of its Rust name.
    pub shape_id: String,
    /// The type's name.
    pub rust_name: String,
    /// Name of its static in the shape table.
    pub table: String,
    /// Markdown lines.
    pub docs: Vec<String>,
    /// Whether `Debug` hides it whole.
    pub sensitive: bool,
    /// Why callers should not use it; `Some("")` where the model gives no reason.
    pub deprecated: Option<String>,
    /// In the model's order.
    pub members: Vec<Member>,
    /// Whether every member may be absent or has a default, so that the type can be `Default` and `build()`
    /// cannot fail.
    pub all_optional: bool,
    /// Whether it can be `Eq` and `Hash`: no floating point number or document below.
    pub can_eq: bool,
    /// Set for errors.
    pub error: Option<ErrorInfo>,
}

/// What makes a structure an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorInfo {
    /// Who is at fault.
    pub fault: Fault,
    /// The HTTP status that the model publishes, or 400 and 500 for client and server errors.
    pub http_status: u16,
    /// Whether it is worth a retry.
    pub retry: Option<Retry>,
    /// The code under the older query protocol (`aws.protocols#awsQueryError`).
    pub query_code: Option<String>,
    /// Whether an operation names it; others are only members of something.
    pub thrown: bool,
    /// Index of the member that holds the message; every error has one, added where the model has none.
    pub message: usize,
}

/// Who is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The caller.
    Client,
    /// The service.
    Server,
}

/// How an error that is worth a retry is classified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Too many calls.
    Throttling,
    /// A failure of the service.
    Server,
    /// A failure that the model counts to the caller, such as a lost race.
    Client,
}

/// A member of a structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name on the wire.
    pub name: String,
    /// The field's name; a keyword has `r#` in front (or `_` behind where Rust forbids that).
    pub rust_name: String,
    /// The field's name without `r#`: what stands behind `set_` and `get_`.
    pub bare_name: String,
    /// What it holds, in the shape table.
    pub shape: ShapeRef,
    /// What it holds in Rust, without `Option` and `Box`.
    pub ty: RustType,
    /// Whether a value is always there.
    pub presence: Presence,
    /// Whether the value is boxed because the type contains itself.
    pub boxed: bool,
    /// Whether the model requires a value (`smithy.api#required`), whatever [`Member::presence`] says.
    pub required: bool,
    /// Markdown lines, the limits at the end.
    pub docs: Vec<String>,
    /// Why callers should not use it.
    pub deprecated: Option<String>,
    /// Whether a fresh token stands in for an absent value.
    pub idempotency_token: bool,
    /// Whether the value is hidden in `Debug` and logs.
    pub sensitive: bool,
}

/// Whether a member's value is always there.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// `Option<T>`.
    Optional,
    /// `T`, and building without it fails.
    Required,
    /// `T`, and this where the caller gives none.
    Default(Literal),
}

/// A default value.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// For `bool`.
    Boolean(bool),
    /// For every integer type of up to 64 bits.
    Integer(i64),
    /// For `f32` and `f64`.
    Float(f64),
    /// For `String`.
    String(String),
    /// For an enum: the value on the wire.
    Enum(String),
    /// For `Blob`.
    Blob(Vec<u8>),
    /// For `DateTime`: seconds since 1970 and nanoseconds.
    Timestamp(i64, u32),
    /// For `BigInteger` and `BigDecimal`: the digits.
    Number(String),
    /// For `Document`.
    Document(serde_json::Value),
    /// For a list: no items.
    EmptyList,
    /// For a map: no entries.
    EmptyMap,
}

impl Literal {
    /// Whether this is what `Default::default()` gives for the member's Rust type. Enums, timestamps
    /// and numbers without bound have no such value.
    pub fn is_rust_default(&self) -> bool {
        match self {
            Self::Boolean(value) => !value,
            Self::Integer(value) => *value == 0,
            Self::Float(value) => value.to_bits() == 0,
            Self::String(value) => value.is_empty(),
            Self::Blob(value) => value.is_empty(),
            Self::EmptyList | Self::EmptyMap => true,
            Self::Document(value) => value.is_null(),
            Self::Enum(_) | Self::Timestamp(..) | Self::Number(_) => false,
        }
    }
}

/// The Rust type of a value, without `Option` and `Box`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RustType {
    /// `bool`.
    Bool,
    /// `i8`.
    I8,
    /// `i16`.
    I16,
    /// `i32`, also of an `intEnum`.
    I32,
    /// `i64`.
    I64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// `primitives::Blob`.
    Blob,
    /// `primitives::DateTime`.
    Timestamp,
    /// `Document`.
    Document,
    /// `BigInteger`.
    BigInteger,
    /// `BigDecimal`.
    BigDecimal,
    /// A generated type: its Rust name.
    Named(NamedKind, String),
    /// `Vec<T>`, or `Vec<Option<T>>` where sparse.
    List {
        /// `T`.
        item: Box<RustType>,
        /// Whether `null` is a value.
        sparse: bool,
    },
    /// `HashMap<K, T>`, or `HashMap<K, Option<T>>` where sparse.
    Map {
        /// `K`: [`RustType::String`] or an enum.
        key: Box<RustType>,
        /// `T`.
        value: Box<RustType>,
        /// Whether `null` is a value.
        sparse: bool,
    },
}

/// Where a generated type lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NamedKind {
    /// `types`: a structure.
    Structure,
    /// `types`: a union.
    Union,
    /// `types`: an enum.
    Enum,
    /// `types::error`: an error.
    Error,
}

/// A union.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Absolute shape id.
    pub shape_id: String,
    /// The type's name.
    pub rust_name: String,
    /// Name of its static in the shape table.
    pub table: String,
    /// Markdown lines.
    pub docs: Vec<String>,
    /// Whether `Debug` hides it whole.
    pub sensitive: bool,
    /// Why callers should not use it.
    pub deprecated: Option<String>,
    /// In the model's order.
    pub members: Vec<VariantMember>,
    /// Whether it can be `Eq` and `Hash`: no floating point number or document below.
    pub can_eq: bool,
}

/// A member of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantMember {
    /// The name on the wire.
    pub name: String,
    /// The variant's name.
    pub rust_name: String,
    /// Snake case, for `as_x` and `is_x`.
    pub snake: String,
    /// What it holds, in the shape table.
    pub shape: ShapeRef,
    /// What it holds in Rust, without `Box`; `None` for `smithy.api#Unit`, a variant without a value.
    pub ty: Option<RustType>,
    /// Whether the value is boxed because the type contains itself.
    pub boxed: bool,
    /// Markdown lines, the limits at the end.
    pub docs: Vec<String>,
    /// Why callers should not use it.
    pub deprecated: Option<String>,
    /// Whether the value is hidden in `Debug` and logs.
    pub sensitive: bool,
}

/// An enum of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Absolute shape id.
    pub shape_id: String,
    /// The type's name.
    pub rust_name: String,
    /// Name of its static in the shape table.
    pub table: String,
    /// Markdown lines.
    pub docs: Vec<String>,
    /// Whether `Debug` hides the value.
    pub sensitive: bool,
    /// Why callers should not use it.
    pub deprecated: Option<String>,
    /// By value, as the official SDK orders them; never two with one value.
    pub variants: Vec<Variant>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The value on the wire.
    pub value: String,
    /// The variant's name; `Unknown` is left free for values that the model does not have.
    pub rust_name: String,
    /// Markdown lines.
    pub docs: Vec<String>,
    /// Why callers should not use it.
    pub deprecated: Option<String>,
}
