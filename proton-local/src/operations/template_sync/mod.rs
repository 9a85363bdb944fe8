//! Templates whose versions come from a repository: which one, and how the last syncs went.

mod config;
mod registration_file;
mod scan;
mod status;
mod sync;

pub(crate) use config::*;
pub(crate) use status::*;
pub(crate) use sync::{registered, sync};

use super::templates::TemplateKind;
use crate::fault::Fault;
use proton_sdk::types::TemplateType;

/// The kind of template that a request names.
fn kind(of: &TemplateType) -> Result<TemplateKind, Fault> {
    match of {
        TemplateType::Environment => Ok(TemplateKind::Environment),
        TemplateType::Service => Ok(TemplateKind::Service),
        other => Err(Fault::validation(format!("There is no template type {other}."))),
    }
}

#[cfg(test)]
mod tests;
