//! From a deployment's goal and the template bundle to the text that is provisioned.

use crate::fault::Fault;
use crate::records::{DeploymentRecord, Method};
use crate::store::Reader;
use std::collections::BTreeMap;

/// Rendered templates, and who provisions them.
#[derive(Debug)]
pub(super) struct Rendered {
    pub(super) files: BTreeMap<String, String>,
    pub(super) method: Method,
}

/// Renders what a deployment needs; the inner error is why it cannot be.
///
/// # Errors
/// Those of the store.
pub(super) fn render(_: &Reader<'_>, _: &DeploymentRecord) -> Result<Result<Rendered, String>, Fault> {
    Ok(Ok(Rendered { files: BTreeMap::new(), method: Method::CloudFormation }))
}
