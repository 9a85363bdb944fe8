//! Reading and writing the simple kinds.

use crate::schema::{Kind, Shape, TimestampFormat};
use crate::value::Enum;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime};
use serde::de::{Error, Unexpected, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::value::RawValue;
use std::fmt::{Formatter, Result as FmtResult};
use std::str::FromStr;

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

pub(super) struct BooleanVisitor<'a>(pub(super) &'a mut bool);

impl Visitor<'_> for BooleanVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("true or false")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        *self.0 = value;
        Ok(())
    }
}

pub(super) fn read_integer<'de, D, T>(deserializer: D, slot: &mut T) -> Result<(), D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64>,
{
    let number = deserializer.deserialize_any(IntegerVisitor)?;
    *slot = T::try_from(number).map_err(|_| {
        let bits = size_of::<T>() * 8;
        D::Error::custom(format_args!("{number} does not fit in {bits} bits"))
    })?;
    Ok(())
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
        // 2^63 is the first f64 past i64.
        if value.fract() == 0.0 && value.abs() < 9_223_372_036_854_775_808.0 {
            Ok(value as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }
}

/// Hands a number, or the text of one that JSON cannot write, to the function.
pub(super) struct FloatVisitor<F>(pub(super) F);

impl<F: FnOnce(f64)> Visitor<'_> for FloatVisitor<F> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.0(value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        match value {
            "NaN" => self.visit_f64(f64::NAN),
            "Infinity" => self.visit_f64(f64::INFINITY),
            "-Infinity" => self.visit_f64(f64::NEG_INFINITY),
            _ => Err(E::invalid_value(Unexpected::Str(value), &self)),
        }
    }
}

/// Reads a number of any length. serde_json keeps all its digits; another format gives text.
pub(super) fn read_number<'de, D, T>(deserializer: D, slot: &mut T, wire: bool) -> Result<(), D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
{
    let text = if wire {
        <&RawValue>::deserialize(deserializer)?.get().trim_matches('"').to_owned()
    } else {
        deserializer.deserialize_any(NumberVisitor)?
    };
    *slot = text.parse().map_err(|_| D::Error::invalid_value(Unexpected::Str(&text), &"a number"))?;
    Ok(())
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = String;

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }
}

pub(super) struct StringVisitor<'a>(pub(super) &'a mut String);

impl Visitor<'_> for StringVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        *self.0 = value;
        Ok(())
    }
}

pub(super) struct EnumVisitor<'a>(pub(super) &'a mut dyn Enum);

impl Visitor<'_> for EnumVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.0.set(value);
        Ok(())
    }
}

pub(super) struct BlobVisitor<'a>(pub(super) &'a mut Blob);

impl Visitor<'_> for BlobVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("base64 text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let bytes = aws_smithy_types::base64::decode(value).map_err(|_| E::custom("not base64"))?;
        *self.0 = Blob::new(bytes);
        Ok(())
    }
}

/// Reads seconds since 1970 or text in the format of the shape.
pub(super) struct TimestampVisitor<'a> {
    pub(super) slot: &'a mut DateTime,
    pub(super) shape: &'static Shape,
}

impl Visitor<'_> for TimestampVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str(match timestamp_format(self.shape) {
            TimestampFormat::EpochSeconds => "seconds since 1970",
            TimestampFormat::DateTime => "an RFC 3339 date and time",
            TimestampFormat::HttpDate => "an HTTP date",
        })
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if !SECONDS.contains(&value) {
            return Err(E::invalid_value(Unexpected::Float(value), &self));
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
        *self.slot = DateTime::from_secs_and_nanos(seconds + carry, micros * 1000);
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let format = match timestamp_format(self.shape) {
            TimestampFormat::HttpDate => Format::HttpDate,
            _ => Format::DateTimeWithOffset,
        };
        *self.slot = DateTime::from_str(value, format).map_err(|_| E::invalid_value(Unexpected::Str(value), &self))?;
        Ok(())
    }
}
