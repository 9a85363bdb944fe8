//! Shapes as data: the tables that generated crates hold and that the codec, validation and
//! `Debug` walk.
//!
//! ```
//! use smithy_runtime::schema::{Member, Shape, prelude};
//!
//! static NAME: Shape = Shape::string("example#Name").length(1, 100).sensitive();
//! static PERSON: Shape = Shape::structure(
//!     "example#Person",
//!     &[Member::new("name", &NAME).required(), Member::new("age", &prelude::INTEGER)],
//! );
//! assert_eq!(PERSON.name(), "Person");
//! assert_eq!(PERSON.members()[0].name, "name");
//! ```

mod constraints;
pub mod prelude;

pub use constraints::{Constraints, Number};

/// One shape of a model: what it is, how it travels and which values it admits.
#[derive(Debug)]
pub struct Shape {
    /// The absolute shape id, such as `com.amazonaws.proton#Service`.
    pub id: &'static str,
    /// What the shape is, with what lies below it.
    pub kind: Kind,
    /// Whether the value is hidden in `Debug` and logs (`smithy.api#sensitive`).
    pub sensitive: bool,
    /// The values that the model admits.
    pub constraints: Constraints,
}

/// What a shape is.
#[derive(Debug)]
pub enum Kind {
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
    /// An IEEE 754 number of 32 bits; `NaN` and the infinities travel as strings.
    Float,
    /// An IEEE 754 number of 64 bits; `NaN` and the infinities travel as strings.
    Double,
    /// An integer of any length.
    BigInteger,
    /// A decimal number of any length.
    BigDecimal,
    /// Unicode text.
    String,
    /// Text out of a set that a service may extend.
    Enum(&'static [&'static str]),
    /// A 32-bit number out of a set that a service may extend.
    IntEnum(&'static [i32]),
    /// Bytes; they travel as base64.
    Blob,
    /// An instant.
    Timestamp(TimestampFormat),
    /// Any JSON value.
    Document,
    /// Values of one shape in order.
    List(Collection),
    /// Values of one shape under text keys.
    Map(Collection),
    /// Named members.
    Structure(&'static [Member]),
    /// Exactly one of the named members.
    Union(&'static [Member]),
}

/// What a list or a map holds.
#[derive(Debug)]
pub struct Collection {
    /// The shape of a map's keys; a list has none.
    pub key: Option<&'static Shape>,
    /// The shape of the values.
    pub value: &'static Shape,
    /// Whether `null` is a value (`smithy.api#sparse`).
    pub sparse: bool,
}

/// How an instant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970 as a JSON number, with a fraction where there is one.
    EpochSeconds,
    /// RFC 3339 text in UTC.
    DateTime,
    /// RFC 7231 text, such as `Tue, 29 Apr 2014 18:30:38 GMT`.
    HttpDate,
}

/// One member of a structure or union.
#[derive(Debug)]
pub struct Member {
    /// The name on the wire.
    pub name: &'static str,
    /// The name of the Rust field.
    pub field: &'static str,
    /// What the member holds.
    pub shape: &'static Shape,
    /// Whether the model requires a value (`smithy.api#required`).
    pub required: bool,
}

impl Shape {
    const fn new(id: &'static str, kind: Kind) -> Self {
        Self { id, kind, sensitive: false, constraints: Constraints::NONE }
    }

    /// A shape of a simple kind.
    pub const fn simple(id: &'static str, kind: Kind) -> Self {
        Self::new(id, kind)
    }

    /// Text.
    pub const fn string(id: &'static str) -> Self {
        Self::new(id, Kind::String)
    }

    /// Text out of an open set.
    pub const fn string_enum(id: &'static str, values: &'static [&'static str]) -> Self {
        Self::new(id, Kind::Enum(values))
    }

    /// A number out of an open set.
    pub const fn int_enum(id: &'static str, values: &'static [i32]) -> Self {
        Self::new(id, Kind::IntEnum(values))
    }

    /// An instant in the given form.
    pub const fn timestamp(id: &'static str, format: TimestampFormat) -> Self {
        Self::new(id, Kind::Timestamp(format))
    }

    /// A list without `null`s.
    pub const fn list(id: &'static str, value: &'static Shape) -> Self {
        Self::new(id, Kind::List(Collection { key: None, value, sparse: false }))
    }

    /// A map without `null` values.
    pub const fn map(id: &'static str, key: &'static Shape, value: &'static Shape) -> Self {
        Self::new(id, Kind::Map(Collection { key: Some(key), value, sparse: false }))
    }

    /// A structure with these members, in the order of the model.
    pub const fn structure(id: &'static str, members: &'static [Member]) -> Self {
        Self::new(id, Kind::Structure(members))
    }

    /// A union of these members.
    pub const fn union(id: &'static str, members: &'static [Member]) -> Self {
        Self::new(id, Kind::Union(members))
    }

    /// Lets a list or map hold `null`.
    pub const fn sparse(mut self) -> Self {
        match &mut self.kind {
            Kind::List(collection) | Kind::Map(collection) => collection.sparse = true,
            _ => {}
        }
        self
    }

    /// Hides the value in `Debug` and logs.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Admits lengths from `min` to `max`: characters of text, bytes of a blob, entries of a
    /// list or map.
    pub const fn length(mut self, min: u64, max: u64) -> Self {
        self.constraints.length = Some((min, max));
        self
    }

    /// Admits text in which the regular expression matches (ECMA 262 form, not anchored).
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.constraints.pattern = Some(pattern);
        self
    }

    /// Admits numbers from `min` to `max`.
    pub const fn range(mut self, min: Option<Number>, max: Option<Number>) -> Self {
        self.constraints.range = Some((min, max));
        self
    }

    /// Refuses two equal items in a list.
    pub const fn unique_items(mut self) -> Self {
        self.constraints.unique_items = true;
        self
    }

    /// The name without the namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// The members of a structure or union; none for another kind.
    pub const fn members(&self) -> &'static [Member] {
        match &self.kind {
            Kind::Structure(members) | Kind::Union(members) => members,
            _ => &[],
        }
    }
}

impl Member {
    /// An optional member.
    pub const fn new(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, field: name, shape, required: false }
    }

    /// Names the Rust field, where it is not that of the wire.
    pub const fn field(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }

    /// Requires a value.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
