//! The shapes of Smithy's prelude (`smithy.api#String` and the like), as awsJson writes them.

use super::{Kind, Shape, TimestampFormat};

/// `smithy.api#Boolean` and `PrimitiveBoolean`.
pub static BOOLEAN: Shape = Shape::simple("smithy.api#Boolean", Kind::Boolean);

/// `smithy.api#Byte` and `PrimitiveByte`.
pub static BYTE: Shape = Shape::simple("smithy.api#Byte", Kind::Byte);

/// `smithy.api#Short` and `PrimitiveShort`.
pub static SHORT: Shape = Shape::simple("smithy.api#Short", Kind::Short);

/// `smithy.api#Integer` and `PrimitiveInteger`.
pub static INTEGER: Shape = Shape::simple("smithy.api#Integer", Kind::Integer);

/// `smithy.api#Long` and `PrimitiveLong`.
pub static LONG: Shape = Shape::simple("smithy.api#Long", Kind::Long);

/// `smithy.api#Float` and `PrimitiveFloat`.
pub static FLOAT: Shape = Shape::simple("smithy.api#Float", Kind::Float);

/// `smithy.api#Double` and `PrimitiveDouble`.
pub static DOUBLE: Shape = Shape::simple("smithy.api#Double", Kind::Double);

/// `smithy.api#BigInteger`.
pub static BIG_INTEGER: Shape = Shape::simple("smithy.api#BigInteger", Kind::BigInteger);

/// `smithy.api#BigDecimal`.
pub static BIG_DECIMAL: Shape = Shape::simple("smithy.api#BigDecimal", Kind::BigDecimal);

/// `smithy.api#String`.
pub static STRING: Shape = Shape::string("smithy.api#String");

/// `smithy.api#Blob`.
pub static BLOB: Shape = Shape::simple("smithy.api#Blob", Kind::Blob);

/// `smithy.api#Timestamp`; awsJson counts seconds unless a trait says otherwise.
pub static TIMESTAMP: Shape = Shape::timestamp("smithy.api#Timestamp", TimestampFormat::EpochSeconds);

/// `smithy.api#Document`.
pub static DOCUMENT: Shape = Shape::simple("smithy.api#Document", Kind::Document);

/// `smithy.api#Unit` as an input or output: a structure without members.
pub static UNIT: Shape = Shape::structure("smithy.api#Unit", &[]);
