//! Versions that can be deployed, and the specs that fit them.

use super::TemplateKind;
use super::versions::{self, VersionRecord};
use crate::fault::Fault;
use crate::records::Method;
use crate::store::Reader;

/// A version to deploy: the one of this minor, or else the minor that the major recommends.
///
/// # Errors
/// It is absent or not registered; none is named and none is published.
pub(crate) fn deployable(
    reader: &Reader<'_>,
    kind: TemplateKind,
    template: &str,
    major: &str,
    minor: Option<&str>,
) -> Result<VersionRecord, Fault> {
    let recommended;
    let minor = match minor {
        Some(minor) => minor,
        None => {
            recommended = versions::recommended(reader, kind, template, Some(major))?;
            let Some((_, minor)) = &recommended else {
                if !versions::has_major(reader, kind, template, major)? {
                    let arn = reader.arn(&format!("{}:{major}", kind.resource(template)));
                    return Err(Fault::not_found(&format!("{} version", kind.thing()), &arn));
                }
                return Err(Fault::validation(format!(
                    "Major version {major} of {} {template} has no published minor version. Publish one, or name a minor.",
                    kind.thing()
                )));
            };
            minor
        }
    };
    let version = versions::find(reader, kind, template, major, minor)?;
    if !version.is_registered() {
        let (number, status) = (version.number(), &version.status);
        return Err(Fault::validation(format!("Version {number} of {} {template} is {status}.", kind.thing())));
    }
    Ok(version)
}

/// Who provisions what is made from a version.
///
/// # Errors
/// Those of the store.
pub(crate) fn method(_: &Reader<'_>, _: &VersionRecord) -> Result<Method, Fault> {
    Ok(Method::CloudFormation)
}

pub(crate) fn check_environment(_: &Reader<'_>, _: &VersionRecord, _: &str) -> Result<(), Fault> {
    Ok(())
}

pub(crate) fn check_service(_: &Reader<'_>, _: &VersionRecord, _: &str) -> Result<(), Fault> {
    Ok(())
}

pub(crate) fn check_component(_: &str, _: &str) -> Result<(), Fault> {
    Ok(())
}
