//! The file that says which instances of which services come from which specs:
//!
//! ```yaml
//! sync:
//!   services:
//!     web:
//!       blue: {branch: main, spec: specs/web.yaml}
//! ```

use crate::bundle;
use crate::operations::below;
use crate::store::hash;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// The largest file that is read, in bytes; more than any spec may have.
const LIMIT: u64 = 256 * 1024;

/// The spec that an instance is to have.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) branch: String,
    /// The spec's file in that branch.
    pub(super) path: String,
    /// The whole spec of the service, or why it cannot be had.
    pub(super) spec: Result<String, String>,
    /// The same for the same text.
    pub(super) sha: String,
}

/// Reads what a service's instances are to be; `folder` is the repository with its branches.
///
/// # Errors
/// What cannot be read or is not of this form, in words for the status of the sync.
pub(super) fn read(folder: &Path, branch: &str, file: &str, service: &str) -> Result<BTreeMap<String, Wanted>, String> {
    let text = text(folder, branch, file)?;
    let content = bundle::yaml(&text).map_err(|error| format!("{file}, {error}."))?;
    let services = content["sync"].get("services").ok_or_else(|| format!("{file} has no sync.services."))?;
    let Some(instances) = services.get(service) else { return Ok(BTreeMap::new()) };
    let wrong = |place: &str| format!("{file}: {place} must be a map with branch and spec.");
    let instances = instances.as_object().ok_or_else(|| wrong(service))?;
    let wanted = instances.iter().map(|(instance, value)| {
        let member = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(branch), Some(path)) = (member("branch"), member("spec")) else {
            return Err(wrong(&format!("{service}.{instance}")));
        };
        let spec = self::text(folder, &branch, &path);
        let sha = hash(spec.as_ref().map_or(&[], |text| text.as_bytes()));
        Ok((instance.clone(), Wanted { branch, path, spec, sha }))
    });
    wanted.collect()
}

fn text(folder: &Path, branch: &str, file: &str) -> Result<String, String> {
    let path = below(folder, &[branch, file.trim_start_matches('/')]);
    let path = path.ok_or_else(|| format!("{file} of {branch} is no file's path."))?;
    let failed = |error: std::io::Error| format!("{file} of {branch} cannot be read: {error}.");
    let mut text = String::new();
    std::fs::File::open(path).map_err(failed)?.take(LIMIT).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}
