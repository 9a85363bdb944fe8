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
