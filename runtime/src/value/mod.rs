//! Values without their Rust types: what lets one codec serve every generated structure.
//!
//! A generated type gives a read view ([`Node`]) and a write view ([`Slot`]) of itself and its
//! members by index; the [`Shape`] beside it says what each index means. Nothing here is generic
//! over the type, so that a model of a thousand shapes costs no more code than a model of ten.

mod collection;
mod compare;
mod debug;
mod default;
mod empty;
mod leaf;
mod metadata;
mod unit;
mod unknown;

pub use compare::{equal, hash};
pub use debug::{REDACTED, debug};
pub use default::{document, number};
pub use empty::Empty;
pub use metadata::ResponseMetadata;
pub use unit::Unit;
pub use unknown::{UnknownUnion, UnknownVariantValue};

use crate::schema::Shape;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// Any value that a member can hold, optional or not.
pub trait Value: Send + Sync {
    /// What the value is now.
    fn node(&self) -> Node<'_>;

    /// Where to write; an absent value comes into being, empty.
    fn slot(&mut self) -> Slot<'_>;

    /// Makes an optional value absent. A value that cannot be absent stays as it is.
    fn clear(&mut self) {}
}

/// The read view of a value.
#[allow(missing_debug_implementations)] // it may show sensitive values
pub enum Node<'a> {
    /// No value.
    Absent,
    /// A boolean.
    Boolean(bool),
    /// A whole number of at most 64 bits.
    Integer(i64),
    /// A 32-bit floating point number.
    Float(f32),
    /// A 64-bit floating point number.
    Double(f64),
    /// A number in decimal digits.
    Number(&'a str),
    /// Text, also of an enum.
    String(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
    /// An instant.
    Timestamp(&'a DateTime),
    /// Any JSON value.
    Document(&'a Document),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// A structure.
    Structure(&'a dyn Structure),
    /// A union.
    Union(&'a dyn Union),
}

/// The write view of a value.
#[allow(missing_debug_implementations)] // it may show sensitive values
pub enum Slot<'a> {
    /// A boolean.
    Boolean(&'a mut bool),
    /// 8 bits.
    Byte(&'a mut i8),
    /// 16 bits.
    Short(&'a mut i16),
    /// 32 bits.
    Integer(&'a mut i32),
    /// 64 bits.
    Long(&'a mut i64),
    /// A 32-bit floating point number.
    Float(&'a mut f32),
    /// A 64-bit floating point number.
    Double(&'a mut f64),
    /// An integer of any length.
    BigInteger(&'a mut BigInteger),
    /// A decimal number of any length.
    BigDecimal(&'a mut BigDecimal),
    /// Text.
    String(&'a mut String),
    /// Text out of an open set.
    Enum(&'a mut dyn Enum),
    /// Bytes.
    Blob(&'a mut Blob),
    /// An instant.
    Timestamp(&'a mut DateTime),
    /// Any JSON value.
    Document(&'a mut Document),
    /// A list.
    List(&'a mut dyn List),
    /// A map.
    Map(&'a mut dyn Map),
    /// A structure.
    Structure(&'a mut dyn Structure),
    /// A union.
    Union(&'a mut dyn Union),
}

/// Named members, by their index in [`Shape::members`].
pub trait Structure: Value {
    /// The table that describes the structure.
    fn shape(&self) -> &'static Shape;

    /// One member; `None` past the last.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// One member to write; `None` past the last.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// Keeps what the response says about itself; only outputs do.
    fn set_response_metadata(&mut self, _: ResponseMetadata) {}
}

/// Exactly one of several members, by their index in [`Shape::members`].
pub trait Union: Value {
    /// The table that describes the union.
    fn shape(&self) -> &'static Shape;

    /// The member that is set, or what a newer service sent.
    fn variant(&self) -> Result<(usize, &dyn Value), &UnknownUnion>;

    /// Sets the member at `index` to an empty value to write; `None` past the last.
    fn select(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// Keeps what this model does not know.
    fn set_unknown(&mut self, unknown: UnknownUnion);
}

/// Text out of a set that a service may extend.
pub trait Enum {
    /// Takes the text, known or not.
    fn set(&mut self, text: &str);
}

/// Values in order.
pub trait List {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them; `None` past the last.
    fn item(&self, index: usize) -> Option<&dyn Value>;

    /// A new empty one at the end, to write.
    fn push(&mut self) -> &mut dyn Value;
}

/// Values under text keys.
pub trait Map {
    /// Keys and values, sorted by key, so that equal maps give equal bytes.
    fn entries(&self) -> Vec<(&str, &dyn Value)>;

    /// A new empty value under `key`, to write; it replaces the value that was there.
    fn insert(&mut self, key: &str) -> &mut dyn Value;
}
