//! The entries of the shape table that no Rust type stands for.

/// A shape that a member, list or map refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ShapeRef {
    /// A simple shape without peculiarities: an entry of the runtime's prelude.
    Prelude(Prelude),
    /// An entry of the generated table, by the name of its static: a leaf, an enum, a structure or a union.
    Table(String),
}

/// The simple shapes of Smithy's prelude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Prelude {
    /// `true` or `false`.
    Boolean,
    /// A signed integer of 8 bits.
    Byte,
    /// A signed integer of 16 bits.
    Short,
    /// A signed integer of 32 bits.
    Integer,
    /// A signed integer of 64 bits.
    Long,
    /// A floating point number of 32 bits.
    Float,
    /// A floating point number of 64 bits.
    Double,
    /// An integer of any length.
    BigInteger,
    /// A decimal number of any length.
    BigDecimal,
    /// Unicode text.
    String,
    /// Bytes.
    Blob,
    /// An instant, written as seconds since 1970.
    Timestamp,
    /// Any JSON value.
    Document,
    /// No value: what a variant of a union holds that only has a name.
    Unit,
}

impl Prelude {
    /// Name of the static in the runtime's `schema::prelude`, such as `BIG_DECIMAL`.
    pub fn static_name(self) -> &'static str {
        match self {
            Self::Boolean => "BOOLEAN",
            Self::Byte => "BYTE",
            Self::Short => "SHORT",
            Self::Integer => "INTEGER",
            Self::Long => "LONG",
            Self::Float => "FLOAT",
            Self::Double => "DOUBLE",
            Self::BigInteger => "BIG_INTEGER",
            Self::BigDecimal => "BIG_DECIMAL",
            Self::String => "STRING",
            Self::Blob => "BLOB",
            Self::Timestamp => "TIMESTAMP",
            Self::Document => "DOCUMENT",
            Self::Unit => "UNIT",
        }
    }
}

/// A simple shape, list or map with a table entry of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Name of the static, unique in the table, such as `RESOURCE_NAME`.
    pub table: String,
    /// Absolute shape id; that of the member where a trait on a member made the entry.
    pub shape_id: String,
    /// What it is.
    pub kind: LeafKind,
    /// Whether the value is hidden in `Debug` and logs.
    pub sensitive: bool,
    /// The values that the model admits.
    pub constraints: Constraints,
}

/// What a leaf is.
#[derive(Clone, Debug, PartialEq)]
pub enum LeafKind {
    /// A simple shape; a timestamp has a kind of its own.
    Simple(Prelude),
    /// Text out of an open set: an enum's entry with other constraints, made by traits on a member.
    Enum(Vec<String>),
    /// A 32-bit number out of an open set.
    IntEnum(Vec<i32>),
    /// An instant in a stated form.
    Timestamp(TimestampFormat),
    /// Values in order.
    List {
        /// What they are.
        item: ShapeRef,
        /// Whether `null` is a value.
        sparse: bool,
    },
    /// Values under keys.
    Map {
        /// What the keys are: text or an enum.
        key: ShapeRef,
        /// What the values are.
        value: ShapeRef,
        /// Whether `null` is a value.
        sparse: bool,
    },
}

/// How an instant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// A number of seconds since 1970.
    EpochSeconds,
    /// RFC 3339 text.
    DateTime,
    /// RFC 7231 text.
    HttpDate,
}

/// Constraint traits of a shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Shortest and longest length; no upper bound is `u64::MAX`.
    pub length: Option<(u64, u64)>,
    /// A regular expression that text matches somewhere.
    pub pattern: Option<String>,
    /// Lowest and highest number.
    pub range: Option<(Option<Number>, Option<Number>)>,
    /// Whether all items of a list differ.
    pub unique_items: bool,
}

impl Constraints {
    /// Whether every value is admitted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A bound of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
}
