//! Measurements of calls, for whoever has set a telemetry provider. Without the cargo feature `metrics` nothing is left
//! of them.

#[cfg(not(feature = "metrics"))]
mod off;
#[cfg(feature = "metrics")]
mod on;

#[cfg(not(feature = "metrics"))]
pub(crate) use off::Metrics;
#[cfg(feature = "metrics")]
pub(crate) use on::Metrics;
#[cfg(all(feature = "metrics", feature = "http-client"))]
pub(crate) use on::connections;

use crate::client::Failure;

/// How a call ended.
#[derive(Debug)]
#[cfg_attr(not(feature = "metrics"), allow(dead_code))] // nobody looks then
pub(crate) struct Outcome<'a> {
    pub(crate) failure: Option<&'a Failure>,
    /// The status of the last answer.
    pub(crate) status: Option<u16>,
}
