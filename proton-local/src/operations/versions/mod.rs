//! Versions of templates: one record and one set of rules for both kinds.

mod compatibility;
mod environment;
mod lifecycle;
mod object;
mod registration;
mod service;
mod source;
#[cfg(test)]
mod tests;

pub(crate) use super::templates::TemplateKind;
pub(crate) use environment::*;
pub(crate) use lifecycle::create_synced;
pub(crate) use registration::register;
pub(crate) use service::*;
pub(crate) use source::Source;

use super::templates;
use crate::fault::Fault;
use crate::records::Method;
use crate::store::{Index, Page, Paging, Reader, Record, StoreError};
use proton_sdk::types::{
    CompatibleEnvironmentTemplate, ServiceTemplateSupportedComponentSourceType, TemplateVersionStatus,
};
use serde::{Deserialize, Serialize};

/// A template's version as it is stored.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct VersionRecord {
    pub(crate) kind: TemplateKind,
    pub(crate) template: String,
    pub(crate) major: u64,
    pub(crate) minor: u64,
    pub(crate) description: Option<String>,
    pub(crate) status: TemplateVersionStatus,
    pub(crate) source: Source,
    /// Why the registration failed; empty where nothing did.
    pub(crate) status_message: String,
    /// The schema's text, once registered.
    pub(crate) schema: Option<String>,
    /// The hash under which the store keeps the bundle, once registered.
    pub(crate) bundle: Option<String>,
    /// Who provisions what is made from it, once registered.
    pub(crate) method: Option<Method>,
    /// Who provisions the pipelines of services made from it, once registered; `None` where they have none.
    pub(crate) pipeline: Option<Method>,
    /// The environment templates that the services can be deployed with; none on an environment template.
    pub(crate) compatible: Vec<CompatibleEnvironmentTemplate>,
    /// The sources of components that the instances accept; unset means none.
    pub(crate) component_sources: Option<Vec<ServiceTemplateSupportedComponentSourceType>>,
    pub(crate) created_at: i64,
    pub(crate) last_modified_at: i64,
}

impl Record for VersionRecord {
    const KIND: &'static str = "template version";

    fn key(&self) -> String {
        resource(self.kind, &self.template, &self.number())
    }

    fn sort(&self) -> String {
        format!("{}:{:020}.{:020}", self.kind.resource(&self.template), self.major, self.minor)
    }

    fn indexes(&self) -> Vec<Index> {
        vec![("major", self.major_key()), ("template", self.kind.resource(&self.template))]
    }
}

impl VersionRecord {
    /// Such as `1.0`.
    pub(crate) fn number(&self) -> String {
        format!("{}.{}", self.major, self.minor)
    }

    /// Such as `service-template/web:1`.
    fn major_key(&self) -> String {
        resource(self.kind, &self.template, &self.major.to_string())
    }

    /// Whether something can be deployed on it.
    pub(crate) fn is_registered(&self) -> bool {
        matches!(self.status, TemplateVersionStatus::Draft | TemplateVersionStatus::Published)
    }

    /// Whether services of this version can run in environments of a template's major version.
    pub(crate) fn is_compatible_with(&self, template: &str, major: &str) -> bool {
        self.compatible.iter().any(|one| one.template_name == template && one.major_version == major)
    }

    /// Whether components that callers define can be attached to instances of this version.
    pub(crate) fn accepts_components(&self) -> bool {
        let wanted = &ServiceTemplateSupportedComponentSourceType::DirectlyDefined;
        self.component_sources.as_ref().is_some_and(|sources| sources.contains(wanted))
    }
}

/// A template's version.
///
/// # Errors
/// There is none of that number, or no such template.
pub(crate) fn find(
    reader: &Reader<'_>,
    kind: TemplateKind,
    template: &str,
    major: &str,
    minor: &str,
) -> Result<VersionRecord, Fault> {
    let resource = resource(kind, template, &format!("{major}.{minor}"));
    reader.get(&resource)?.ok_or_else(|| absent(reader, kind, &resource))
}

/// The version that a template recommends: the highest published one, of a major where one is given.
///
/// # Errors
/// There is no such template.
pub(crate) fn recommended(
    reader: &Reader<'_>,
    kind: TemplateKind,
    template: &str,
    major: Option<&str>,
) -> Result<Option<(String, String)>, Fault> {
    let record = templates::find(reader, kind, template)?;
    let found = match major {
        None => record.recommended(),
        Some(major) => {
            let major = major.parse().ok();
            major.and_then(|major| Some((major, *record.numbers.recommended.get(&major)?)))
        }
    };
    Ok(found.map(|(major, minor)| (major.to_string(), minor.to_string())))
}

/// The minor that a version's major recommends.
fn recommended_minor(reader: &Reader<'_>, version: &VersionRecord) -> Result<Option<String>, Fault> {
    let template = templates::find(reader, version.kind, &version.template)?;
    Ok(template.numbers.recommended.get(&version.major).map(u64::to_string))
}

/// How many versions a template has.
pub(super) fn count(reader: &Reader<'_>, kind: TemplateKind, template: &str) -> Result<u64, StoreError> {
    reader.count_by::<VersionRecord>("template", &kind.resource(template))
}

/// Whether a template has versions of a major.
pub(crate) fn has_major(
    reader: &Reader<'_>,
    kind: TemplateKind,
    template: &str,
    major: &str,
) -> Result<bool, StoreError> {
    Ok(reader.first_by(VersionRecord::KIND, "major", &resource(kind, template, major))?.is_some())
}

/// A page of the minors of a major or, without one, of the majors: each by its newest minor.
fn list(
    reader: &Reader<'_>,
    kind: TemplateKind,
    template: &str,
    major: Option<&str>,
    token: Option<&str>,
    limit: Option<i32>,
) -> Result<Page<VersionRecord>, Fault> {
    templates::find(reader, kind, template)?;
    let resource = kind.resource(template);
    if let Some(major) = major {
        let major = format!("{resource}:{major}");
        let paging = Paging::new(reader, format!("versions of {major}"), token, limit)?;
        return reader.page_by("major", &major, &paging, |_| true);
    }
    let paging = Paging::new(reader, format!("versions of {resource}"), token, limit)?;
    let mut newest: Vec<VersionRecord> = Vec::new();
    for version in reader.all_by::<VersionRecord>("template", &resource)? {
        newest.pop_if(|before| before.major == version.major);
        newest.push(version);
    }
    Ok(Page::of(newest, reader, &paging, |version| format!("{:020}", version.major)))
}

fn resource(kind: TemplateKind, template: &str, number: &str) -> String {
    format!("{}:{number}", kind.resource(template))
}

fn absent(reader: &Reader<'_>, kind: TemplateKind, resource: &str) -> Fault {
    Fault::not_found(&format!("{} version", kind.thing()), &reader.arn(resource))
}

/// Sets what the SDK's four types of a version have in common.
macro_rules! fill {
    ($builder:expr, $reader:expr, $record:expr) => {
        $builder
            .arn($reader.arn(&$crate::store::Record::key($record)))
            .template_name(&$record.template)
            .major_version($record.major.to_string())
            .minor_version($record.minor.to_string())
            .set_recommended_minor_version($crate::operations::versions::recommended_minor($reader, $record)?)
            .set_description($record.description.clone())
            .status($record.status.clone())
            .status_message(&$record.status_message)
            .created_at($crate::operations::time($record.created_at))
            .last_modified_at($crate::operations::time($record.last_modified_at))
    };
}
use fill;
