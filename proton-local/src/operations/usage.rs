//! Which resource uses which: what keeps one from being deleted.
//!
//! A record that uses other resources names each in an index called [`USES`], by the end of its ARN
//! (`service-template/web:1.0`, `repository/github:me/web`), and its kind stands in [`KINDS`].

use super::templates::TemplateKind;
use crate::store::{Reader, StoreError};

/// The index that names what a record uses.
pub(crate) const USES: &str = "uses";

/// The kinds of records that use others.
const KINDS: &[&str] = &[
    "environment",
    // While it is under way.
    "deployment",
    "service instance",
    "service pipeline",
    "template sync config",
    "service sync config",
    "account settings",
];

/// What uses a resource, such as `environment staging`; `None` where nothing does.
pub(crate) fn user_of(reader: &Reader<'_>, resource: &str) -> Result<Option<String>, StoreError> {
    for kind in KINDS {
        if let Some(key) = reader.first_by(kind, USES, resource)? {
            return Ok(Some(format!("{kind} {key}").trim_end().to_owned()));
        }
    }
    Ok(None)
}

/// What is deployed on a template's version.
pub(crate) fn in_use(
    reader: &Reader<'_>,
    kind: TemplateKind,
    template: &str,
    major: u64,
    minor: u64,
) -> Result<Option<String>, StoreError> {
    user_of(reader, &format!("{}:{major}.{minor}", kind.resource(template)))
}
