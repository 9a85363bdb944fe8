//! What the operations do: one function each, over the types of the SDK and one moment of the store.
//!
//! The limits of the model (required, length, pattern, range, values of enums) hold before an operation runs; what is
//! checked here are rules between members and between resources.

pub(crate) mod account_settings;
mod below;
pub(crate) mod components;
pub(crate) mod connections;
mod deployment_type;
pub(crate) mod deployments;
pub(crate) mod environments;
pub(crate) mod notify;
pub(crate) mod outputs;
mod repeat;
pub(crate) mod repositories;
pub(crate) mod service_sync;
pub(crate) mod services;
pub(crate) mod specs;
pub(crate) mod summary;
pub(crate) mod tags;
pub(crate) mod template_sync;
pub(crate) mod templates;
pub(crate) mod usage;
pub(crate) mod versions;

pub(crate) use below::below;
pub(crate) use repeat::{Origin, once};
pub(crate) use templates::TemplateKind;

use crate::fault::Fault;
use crate::store::StoreError;
use aws_smithy_types::DateTime;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A member without which the request says nothing.
///
/// # Errors
/// It is absent.
pub(crate) fn required<T>(value: Option<T>, member: &str) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::validation(format!("The request has no {member}.")))
}

/// A stored moment as the wire carries it.
pub(crate) fn time(millis: i64) -> DateTime {
    DateTime::from_millis(millis)
}

/// A summary of a resource: a type with some of its members, of the same names.
pub(crate) fn narrow<S: DeserializeOwned>(full: &impl Serialize) -> Result<S, StoreError> {
    let narrow = serde_json::to_value(full).and_then(serde_json::from_value);
    narrow.map_err(|source| StoreError::Encode { kind: "summary", source })
}
