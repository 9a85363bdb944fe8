//! Where logs go: to standard error, as text or as a JSON object a line.

use super::Done;
use std::io::{IsTerminal, stderr};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// The environment variable that says what is logged.
const VARIABLE: &str = "PROTON_LOCAL_LOG";

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people, in colour on a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Begins to log: at level `info`, unless `PROTON_LOCAL_LOG` says otherwise (`debug`, `proton_local=trace,info`).
///
/// # Errors
/// A variable that cannot be read.
pub(crate) fn start(format: Format) -> Done {
    let levels = std::env::var(VARIABLE).unwrap_or_else(|_| "info".to_owned());
    let levels: Targets = levels.parse().map_err(|error| format!("cannot read {VARIABLE}={levels:?}: {error}"))?;
    let layer = match format {
        Format::Text => fmt::layer().with_writer(stderr).with_ansi(stderr().is_terminal()).with_target(false).boxed(),
        Format::Json => fmt::layer().with_writer(stderr).json().flatten_event(true).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(layer.with_filter(levels)).try_init()?;
    Ok(())
}
