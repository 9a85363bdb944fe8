//! Reading and writing the simple kinds.

use super::context::Place;
use super::document;
use crate::schema::{Kind, Shape, TimestampFormat};
use crate::value::Slot;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime, Document, Number};
use serde::Serializer;
use serde::de::{Error, Unexpected};
use serde::ser::Error as _;
use std::fmt::{Formatter, Result as FmtResult};

/// The seconds of 0000-01-01 and 9999-12-31: what RFC 3339 can write.
const SECONDS: std::ops::RangeInclusive<f64> = -62_167_219_200.0..=253_402_300_799.0;

/// The text that stands for a number which JSON has no form for.
pub(super) fn non_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}

pub(super) fn write_timestamp<S: Serializer>(
    value: &DateTime,
    shape: &Shape,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match timestamp_format(shape) {
        TimestampFormat::EpochSeconds if value.subsec_nanos() == 0 => serializer.serialize_i64(value.secs()),
        TimestampFormat::EpochSeconds => serializer.serialize_f64(value.as_secs_f64()),
        TimestampFormat::DateTime => serializer.serialize_str(&value.fmt(Format::DateTime).map_err(S::Error::custom)?),
        TimestampFormat::HttpDate => serializer.serialize_str(&value.fmt(Format::HttpDate).map_err(S::Error::custom)?),
    }
}

fn timestamp_format(shape: &Shape) -> TimestampFormat {
    match &shape.kind {
        Kind::Timestamp(format) => *format,
        _ => TimestampFormat::EpochSeconds,
    }
}

/// What a shape's text, number or structure is called in an error.
pub(super) fn expecting(shape: &Shape, f: &mut Formatter<'_>) -> FmtResult {
    f.write_str(match &shape.kind {
        Kind::Boolean => "true or false",
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum(_) => "a whole number",
        Kind::Float | Kind::Double => "a number, \"NaN\", \"Infinity\" or \"-Infinity\"",
        Kind::BigInteger | Kind::BigDecimal => "a number",
        Kind::String | Kind::Enum(_) => "text",
        Kind::Blob => "base64 text",
        Kind::Timestamp(TimestampFormat::EpochSeconds) => "seconds since 1970",
        Kind::Timestamp(TimestampFormat::DateTime) => "an RFC 3339 date and time",
        Kind::Timestamp(TimestampFormat::HttpDate) => "an HTTP date",
        Kind::Document => "any value",
        Kind::List(_) => "a list",
        Kind::Map(_) => "a map",
        Kind::Structure(_) => return write!(f, "a JSON object for {}", shape.name()),
        Kind::Union(_) => return write!(f, "a JSON object with one member of {}", shape.name()),
    })
}

/// Another kind of value stands there. One that is sensitive is not shown.
#[cold]
pub(super) fn mismatch<E: Error>(place: &Place<'_>, found: Unexpected<'_>) -> E {
    E::invalid_type(shown(place, found), &Expected(place.shape))
}

/// The kind is right, the value is not.
#[cold]
fn invalid<E: Error>(place: &Place<'_>, found: Unexpected<'_>) -> E {
    E::invalid_value(shown(place, found), &Expected(place.shape))
}

fn shown<'a>(place: &Place<'_>, found: Unexpected<'a>) -> Unexpected<'a> {
    if place.is_sensitive() { Unexpected::Other("a sensitive value") } else { found }
}

struct Expected(&'static Shape);

impl serde::de::Expected for Expected {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        expecting(self.0, f)
    }
}

pub(super) fn read_boolean<E: Error>(slot: Slot<'_>, place: &Place<'_>, value: bool) -> Result<(), E> {
    match slot {
        Slot::Boolean(slot) => *slot = value,
        Slot::Document(slot) => *slot = Document::Bool(value),
        _ => return Err(mismatch(place, Unexpected::Bool(value))),
    }
    Ok(())
}

pub(super) fn read_integer<E: Error>(slot: Slot<'_>, place: &Place<'_>, value: i64) -> Result<(), E> {
    match slot {
        Slot::Byte(slot) => return narrow(slot, place, value),
        Slot::Short(slot) => return narrow(slot, place, value),
        Slot::Integer(slot) => return narrow(slot, place, value),
        Slot::Long(slot) => *slot = value,
        Slot::Float(_) | Slot::Double(_) | Slot::Timestamp(_) => return read_float(slot, place, value as f64),
        Slot::BigInteger(_) | Slot::BigDecimal(_) => return read_text(slot, place, &value.to_string()),
        Slot::Document(slot) => *slot = document::integer(value),
        _ => return Err(mismatch(place, Unexpected::Signed(value))),
    }
    Ok(())
}

fn narrow<T: TryFrom<i64>, E: Error>(slot: &mut T, place: &Place<'_>, value: i64) -> Result<(), E> {
    *slot = T::try_from(value).map_err(|_| {
        let bits = size_of::<T>() * 8;
        let number = shown(place, Unexpected::Signed(value));
        E::custom(format_args!("{number} does not fit in {bits} bits"))
    })?;
    Ok(())
}

pub(super) fn read_unsigned<E: Error>(slot: Slot<'_>, place: &Place<'_>, value: u64) -> Result<(), E> {
    if let Ok(value) = i64::try_from(value) {
        return read_integer(slot, place, value);
    }
    match slot {
        Slot::Float(_) | Slot::Double(_) | Slot::Timestamp(_) => read_float(slot, place, value as f64),
        Slot::BigInteger(_) | Slot::BigDecimal(_) => read_text(slot, place, &value.to_string()),
        Slot::Document(slot) => {
            *slot = Document::Number(Number::PosInt(value));
            Ok(())
        }
        Slot::Byte(_) | Slot::Short(_) | Slot::Integer(_) | Slot::Long(_) => {
            Err(invalid(place, Unexpected::Unsigned(value)))
        }
        _ => Err(mismatch(place, Unexpected::Unsigned(value))),
    }
}

pub(super) fn read_float<E: Error>(slot: Slot<'_>, place: &Place<'_>, value: f64) -> Result<(), E> {
    match slot {
        Slot::Timestamp(slot) => match instant(value) {
            Some(instant) => *slot = instant,
            None => return Err(invalid(place, Unexpected::Float(value))),
        },
        Slot::Double(slot) => *slot = value,
        Slot::Float(slot) => *slot = value as f32,
        // 2^63 is the first double past 64 bits. A whole number may be written as `1e3`.
        Slot::Byte(_) | Slot::Short(_) | Slot::Integer(_) | Slot::Long(_) => {
            if value.fract() == 0.0 && value.abs() < 9_223_372_036_854_775_808.0 {
                return read_integer(slot, place, value as i64);
            }
            return Err(invalid(place, Unexpected::Float(value)));
        }
        Slot::BigInteger(_) | Slot::BigDecimal(_) => return read_text(slot, place, &value.to_string()),
        Slot::Document(slot) => *slot = Document::Number(Number::Float(value)),
        _ => return Err(mismatch(place, Unexpected::Float(value))),
    }
    Ok(())
}

/// The instant so many seconds from 1970.
fn instant(value: f64) -> Option<DateTime> {
    if !SECONDS.contains(&value) {
        return None;
    }
    // A double holds this century's seconds to a quarter of a microsecond; the rest is noise.
    let mut seconds = value as i64;
    let mut fraction = value - seconds as f64;
    if fraction < 0.0 {
        seconds -= 1;
        fraction += 1.0;
    }
    // Cheaper than `floor` and `round`, which are calls on x86-64.
    let micros = (fraction * 1e6 + 0.5) as u32;
    let (carry, micros) = (i64::from(micros / 1_000_000), micros % 1_000_000);
    Some(DateTime::from_secs_and_nanos(seconds + carry, micros * 1000))
}

/// The instant that a text says, in the shape's format or another: services mix them, and one odd timestamp is no reason
/// to lose a whole answer.
fn instant_of(text: &str, format: TimestampFormat) -> Option<DateTime> {
    let http = || DateTime::from_str(text, Format::HttpDate).ok();
    let rfc3339 = || DateTime::from_str(text, Format::DateTimeWithOffset).ok();
    let seconds = || text.parse().ok().and_then(instant);
    match format {
        TimestampFormat::EpochSeconds => seconds().or_else(rfc3339).or_else(http),
        TimestampFormat::DateTime => rfc3339().or_else(http).or_else(seconds),
        TimestampFormat::HttpDate => http().or_else(rfc3339).or_else(seconds),
    }
}

pub(super) fn read_text<E: Error>(slot: Slot<'_>, place: &Place<'_>, text: &str) -> Result<(), E> {
    let found = Unexpected::Str(text);
    match slot {
        Slot::String(slot) => *slot = text.to_owned(),
        Slot::Enum(slot) => slot.set(text),
        Slot::Blob(slot) => match aws_smithy_types::base64::decode(text) {
            Ok(bytes) => *slot = Blob::new(bytes),
            Err(_) => return Err(E::custom("not base64")),
        },
        Slot::Timestamp(slot) => {
            *slot = instant_of(text, timestamp_format(place.shape)).ok_or_else(|| invalid(place, found))?
        }
        Slot::Float(_) | Slot::Double(_) => {
            let value = match text {
                "NaN" => f64::NAN,
                "Infinity" => f64::INFINITY,
                "-Infinity" => f64::NEG_INFINITY,
                _ => return Err(invalid(place, found)),
            };
            return read_float(slot, place, value);
        }
        Slot::BigInteger(slot) => *slot = text.parse().map_err(|_| invalid(place, found))?,
        Slot::BigDecimal(slot) => *slot = text.parse().map_err(|_| invalid(place, found))?,
        Slot::Document(slot) => *slot = Document::String(text.to_owned()),
        _ => return Err(mismatch(place, found)),
    }
    Ok(())
}
