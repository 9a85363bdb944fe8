//! The formats of OpenAPI that are checked; others only annotate, as OpenAPI says.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format as Time;
use serde_json::Number;
use std::net::{Ipv4Addr, Ipv6Addr};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Int32,
    Int64,
    Date,
    DateTime,
    Ipv4,
    Ipv6,
    Uuid,
}

impl Format {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "int32" => Self::Int32,
            "int64" => Self::Int64,
            "date" => Self::Date,
            "date-time" => Self::DateTime,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "uuid" => Self::Uuid,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uuid => "uuid",
        }
    }

    pub(super) fn fits_text(self, text: &str) -> bool {
        match self {
            Self::Int32 | Self::Int64 => true, // formats of numbers
            Self::Date => DateTime::from_str(&format!("{text}T00:00:00Z"), Time::DateTime).is_ok(),
            Self::DateTime => DateTime::from_str(text, Time::DateTimeWithOffset).is_ok(),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Uuid => uuid::Uuid::try_parse(text).is_ok(),
        }
    }

    pub(super) fn fits_number(self, number: &Number) -> bool {
        match self {
            Self::Int32 => number.as_i64().is_some_and(|value| i32::try_from(value).is_ok()),
            Self::Int64 => number.is_i64(),
            _ => true,
        }
    }
}
