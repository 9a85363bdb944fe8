//! Templates whose versions come from a repository: which one, and how the last syncs went.

mod config;

pub(crate) use config::*;

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
