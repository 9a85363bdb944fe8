//! Versions that can be deployed, and the specs that fit them.

use super::TemplateKind;
use super::versions::{self, VersionRecord};
use crate::bundle::schema::Schema;
use crate::bundle::spec::{Instance, Only, ServiceSpec, SpecError, resolve_current};
use crate::bundle::{self, render};
use crate::fault::Fault;
use crate::records::Method;
use crate::store::Reader;
use serde_json::Value as Json;
use std::collections::BTreeSet;

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

/// Who provisions what is made from a registered version.
///
/// # Errors
/// None yet: a version that is registered knows it.
pub(crate) fn method(_: &Reader<'_>, version: &VersionRecord) -> Result<Method, Fault> {
    Ok(version.method.unwrap_or(Method::CloudFormation))
}

/// The inputs that an environment's spec gives, defaults filled in.
///
/// # Errors
/// A spec that does not fit the version's schema, with the path of what does not.
pub(crate) fn environment_inputs(version: &VersionRecord, spec: &str) -> Result<Json, Fault> {
    schema(version).environment_inputs(spec).map_err(invalid)
}

/// What a service's spec asks for, with defaults in those parts that must fit the version.
///
/// # Errors
/// A spec that does not fit the version's schema, with the path of what does not.
pub(crate) fn service(version: &VersionRecord, spec: &str, only: Only<'_>) -> Result<ServiceSpec, Fault> {
    schema(version).service_spec(spec, only).map_err(invalid)
}

/// What a service's spec asks for one instance, defaults filled in; its other parts need not fit the version.
///
/// # Errors
/// An instance that is not in the spec, or does not fit the version's schema.
pub(crate) fn service_instance(version: &VersionRecord, spec: &str, name: &str) -> Result<Instance, Fault> {
    let parsed = service(version, spec, Only::Instances(&BTreeSet::from([name.to_owned()])))?;
    let found = parsed.instances.into_iter().find(|instance| instance.name == name);
    found.ok_or_else(|| Fault::validation(format!("The spec has no instance called {name}.")))
}

/// The text of a service's spec with what it keeps (`${Proton::CURRENT_VAL}`) filled in from the stored one.
///
/// # Errors
/// It is not a service's spec, or keeps what is not there.
pub(crate) fn resolve(spec: &str, stored: &str) -> Result<String, Fault> {
    resolve_current(spec, stored).map_err(invalid)
}

/// Whether a component's manifest and template file can be rendered.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub(crate) fn check_component(manifest: &str, template: &str) -> Result<Method, Fault> {
    let read = render::component_manifest(manifest);
    let method = read.map_err(|fault| Fault::validation(format!("The component's {fault}.")))?.method;
    let found = (method == Method::CloudFormation).then(|| render::check_template("templateFile", template));
    match found.into_iter().flatten().next() {
        Some(error) => Err(Fault::validation(format!("The component's {error}."))),
        None => Ok(method),
    }
}

/// The schema of a registered version; registration has found nothing wrong with it.
fn schema(version: &VersionRecord) -> Schema {
    bundle::schema::read("schema/schema.yaml", version.schema.as_deref().unwrap_or_default(), &mut Vec::new())
}

fn invalid(error: SpecError) -> Fault {
    Fault::validation(error.to_string())
}
