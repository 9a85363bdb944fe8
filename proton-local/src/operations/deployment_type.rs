//! Which template version an update deploys.

use super::versions::{self, VersionRecord};
use super::{TemplateKind, specs};
use crate::fault::Fault;
use crate::store::Reader;
use proton_sdk::types::DeploymentUpdateType;

/// What an update asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// How far the update goes.
    pub(crate) deployment_type: Option<&'a DeploymentUpdateType>,
    /// The major version, where it is named.
    pub(crate) major: Option<&'a str>,
    /// The minor version, where it is named.
    pub(crate) minor: Option<&'a str>,
}

/// The version that an update of a resource on `current` (major and minor) deploys; `None` where it deploys nothing.
///
/// # Errors
/// A version together with a type that takes none; one that the type does not lead to; one that is absent, or not
/// registered; no recommended version where none is named.
pub(crate) fn choose(
    reader: &Reader<'_>,
    kind: TemplateKind,
    template: &str,
    current: (&str, &str),
    wanted: Wanted<'_>,
) -> Result<Option<VersionRecord>, Fault> {
    let Wanted { major, minor, .. } = wanted;
    let named = major.is_some() || minor.is_some();
    let Some(deployment_type) = wanted.deployment_type else {
        return Err(Fault::validation("The request has no deploymentType."));
    };
    let refuse = |why: &str| Err(Fault::validation(format!("deploymentType {deployment_type}: {why}")));
    match deployment_type {
        DeploymentUpdateType::None | DeploymentUpdateType::CurrentVersion if named => {
            refuse("a template version cannot be given with it.")
        }
        DeploymentUpdateType::None => Ok(None),
        DeploymentUpdateType::CurrentVersion => versions::find(reader, kind, template, current.0, current.1).map(Some),
        DeploymentUpdateType::MinorVersion => {
            if major.is_some_and(|major| major != current.0) {
                return refuse("the major version cannot change; use MAJOR_VERSION.");
            }
            specs::deployable(reader, kind, template, current.0, minor).map(Some)
        }
        DeploymentUpdateType::MajorVersion => {
            let recommended;
            let major = match major {
                Some(major) => major,
                None if minor.is_some() => return refuse("a minor version needs its major version."),
                None => {
                    recommended = versions::recommended(reader, kind, template, None)?;
                    match &recommended {
                        Some((major, _)) => major,
                        None => return refuse("the template has no published version."),
                    }
                }
            };
            if number(major) < number(current.0) || (wanted.major.is_some() && number(major) == number(current.0)) {
                return refuse("the major version must be higher than the present one.");
            }
            specs::deployable(reader, kind, template, major, minor).map(Some)
        }
        _ => refuse("it is not one that exists."),
    }
}

fn number(part: &str) -> u64 {
    part.parse().unwrap_or_default()
}
