//! Default values of members.

use super::Context;
use super::graph::{self, Node};
use crate::ir::{Literal, Prelude};
use crate::parse::{Kind, Member};
use crate::traits::TraitsExt;
use crate::{Error, base64};
use serde_json::Value;

const NAME: &str = "smithy.api#default";

impl Context<'_> {
    /// The member's default; `None` where it has none, or `null`.
    pub(super) fn default_of(&self, member_id: &str, member: &Member) -> Result<Option<Literal>, Error> {
        let Some(value) = member.traits.api("default").filter(|value| !value.is_null()) else { return Ok(None) };
        let prelude = match self.graph.get(member_id, &member.target)? {
            Node::Prelude(prelude) => Some(prelude),
            Node::Unit => None,
            Node::Shape(_, shape) if super::types::is_text_enum(shape) => {
                return text(member_id, value).map(|text| Some(Literal::Enum(text.into())));
            }
            Node::Shape(_, shape) => match shape.kind {
                Kind::List if value.as_array().is_some_and(Vec::is_empty) => return Ok(Some(Literal::EmptyList)),
                Kind::Map if value.as_object().is_some_and(serde_json::Map::is_empty) => {
                    return Ok(Some(Literal::EmptyMap));
                }
                kind => graph::simple(kind),
            },
        };
        let Some(prelude) = prelude else {
            return Err(Error::bad_trait(member_id, NAME, format!("`{value}` cannot be a default of its shape")));
        };
        simple(member_id, prelude, value).map(Some)
    }
}

fn simple(member: &str, prelude: Prelude, value: &Value) -> Result<Literal, Error> {
    let wrong = |what: &str| Error::bad_trait(member, NAME, format!("`{value}` is not {what}"));
    let integer = |min: i64, max: i64, what: &str| {
        let number =
            value.as_i64().or_else(|| value.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 9e15).map(|n| n as i64));
        number.filter(|n| (min..=max).contains(n)).map(Literal::Integer).ok_or_else(|| wrong(what))
    };
    match prelude {
        Prelude::Boolean => value.as_bool().map(Literal::Boolean).ok_or_else(|| wrong("true or false")),
        Prelude::Byte => integer(i8::MIN.into(), i8::MAX.into(), "a byte"),
        Prelude::Short => integer(i16::MIN.into(), i16::MAX.into(), "a short"),
        Prelude::Integer => integer(i32::MIN.into(), i32::MAX.into(), "an integer"),
        Prelude::Long => integer(i64::MIN, i64::MAX, "a long"),
        Prelude::Float | Prelude::Double => match value.as_str() {
            Some("NaN") => Ok(Literal::Float(f64::NAN)),
            Some("Infinity") => Ok(Literal::Float(f64::INFINITY)),
            Some("-Infinity") => Ok(Literal::Float(f64::NEG_INFINITY)),
            _ => value.as_f64().map(Literal::Float).ok_or_else(|| wrong("a number")),
        },
        Prelude::BigInteger | Prelude::BigDecimal => match value {
            Value::Number(number) => Ok(Literal::Number(number.to_string())),
            Value::String(text) if text.parse::<f64>().is_ok_and(f64::is_finite) => Ok(Literal::Number(text.clone())),
            _ => Err(wrong("a number")),
        },
        Prelude::String => text(member, value).map(|text| Literal::String(text.into())),
        Prelude::Blob => {
            let bytes = value.as_str().and_then(base64::decode);
            bytes.map(Literal::Blob).ok_or_else(|| wrong("base64"))
        }
        Prelude::Timestamp => timestamp(value).ok_or_else(|| wrong("seconds since 1970 or RFC 3339 text in UTC")),
        Prelude::Document | Prelude::Unit => Ok(Literal::Document(value.clone())),
    }
}

fn text<'a>(member: &str, value: &'a Value) -> Result<&'a str, Error> {
    value.as_str().ok_or_else(|| Error::bad_trait(member, NAME, format!("`{value}` is not text")))
}

fn timestamp(value: &Value) -> Option<Literal> {
    if let Some(seconds) = value.as_i64() {
        return Some(Literal::Timestamp(seconds, 0));
    }
    if let Some(seconds) = value.as_f64().filter(|seconds| seconds.abs() < 1e12) {
        let nanos = ((seconds - seconds.floor()) * 1e9).round().min(999_999_999.0);
        return Some(Literal::Timestamp(seconds.floor() as i64, nanos as u32));
    }
    let (date, time) = value.as_str()?.strip_suffix('Z')?.split_once('T')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    let nanos = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    fits.then_some(Literal::Timestamp(seconds, nanos))
}

fn numbers(text: &str, separator: char) -> Option<[i64; 3]> {
    let all: Option<Vec<i64>> =
        text.split(separator).map(|part| part.parse().ok().filter(|n| (0..10_000).contains(n))).collect();
    all?.try_into().ok()
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March put the leap day at their end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (month * 153 + 2) / 5 + day
        - 719_469
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn timestamps() {
        assert_eq!(timestamp(&json!("1970-01-01T00:00:00Z")), Some(Literal::Timestamp(0, 0)));
        assert_eq!(timestamp(&json!("2024-02-29T12:30:05.25Z")), Some(Literal::Timestamp(1_709_209_805, 250_000_000)));
        assert_eq!(timestamp(&json!(-1.5)), Some(Literal::Timestamp(-2, 500_000_000)));
        assert_eq!(timestamp(&json!("yesterday")), None);
        assert_eq!(timestamp(&json!("2024-13-01T00:00:00Z")), None);
    }
}
