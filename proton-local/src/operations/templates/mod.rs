//! Environment templates and service templates: one record and one set of rules for both kinds.

mod environment;
mod service;
#[cfg(test)]
mod tests;

pub(crate) use environment::*;
pub(crate) use service::*;

use super::template_sync::TemplateSyncRecord;
use super::{Origin, tags};
use crate::fault::Fault;
use crate::store::{Index, Page, Paging, Reader, Record, Writer};
use proton_sdk::types::{Provisioning, Tag};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which of the two kinds of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TemplateKind {
    /// Makes environments.
    Environment,
    /// Makes services.
    Service,
}

impl TemplateKind {
    /// As messages say it.
    pub(crate) fn thing(self) -> &'static str {
        match self {
            Self::Environment => "environment template",
            Self::Service => "service template",
        }
    }

    /// The end of the template's ARN, such as `service-template/web`.
    pub(crate) fn resource(self, name: &str) -> String {
        match self {
            Self::Environment => format!("environment-template/{name}"),
            Self::Service => format!("service-template/{name}"),
        }
    }
}

/// A template as it is stored.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct TemplateRecord {
    pub(crate) kind: TemplateKind,
    pub(crate) name: String,
    pub(crate) display_name: String,
    pub(crate) description: Option<String>,
    pub(crate) encryption_key: Option<String>,
    /// Set where the customer provisions the environment or the pipeline.
    pub(crate) provisioning: Option<Provisioning>,
    pub(crate) created_at: i64,
    pub(crate) last_modified_at: i64,
    pub(crate) numbers: Numbers,
    origin: Origin,
}

/// The numbers of a template's versions.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Numbers {
    /// The next major; numbers of deleted versions do not come back.
    pub(crate) next_major: u64,
    /// The next minor of each major.
    pub(crate) next_minor: BTreeMap<u64, u64>,
    /// The highest published minor of each major that has one.
    pub(crate) recommended: BTreeMap<u64, u64>,
}

impl Record for TemplateRecord {
    const KIND: &'static str = "template";

    fn key(&self) -> String {
        self.kind.resource(&self.name)
    }

    fn indexes(&self) -> Vec<Index> {
        vec![("kind", self.kind.thing().to_owned())]
    }
}

impl TemplateRecord {
    /// The recommended version: the highest published minor of the highest published major.
    pub(crate) fn recommended(&self) -> Option<(u64, u64)> {
        self.numbers.recommended.last_key_value().map(|(major, minor)| (*major, *minor))
    }

    fn recommended_text(&self) -> Option<String> {
        self.recommended().map(|(major, minor)| format!("{major}.{minor}"))
    }
}

/// A template of a kind.
///
/// # Errors
/// There is none of that name.
pub(crate) fn find(reader: &Reader<'_>, kind: TemplateKind, name: &str) -> Result<TemplateRecord, Fault> {
    let resource = kind.resource(name);
    reader.get(&resource)?.ok_or_else(|| Fault::not_found(kind.thing(), &reader.arn(&resource)))
}

/// What a request to create a template asks for.
struct Asked {
    name: String,
    display_name: Option<String>,
    description: Option<String>,
    encryption_key: Option<String>,
    provisioning: Option<Provisioning>,
    tags: Option<Vec<Tag>>,
}

fn create(writer: &mut Writer<'_>, kind: TemplateKind, origin: Origin, asked: Asked) -> Result<TemplateRecord, Fault> {
    let resource = kind.resource(&asked.name);
    if let Some(found) = writer.get::<TemplateRecord>(&resource)? {
        found.origin.check_repeat(&origin, &format!("The {} {}", kind.thing(), asked.name))?;
        return Ok(found);
    }
    writer.check_quota::<TemplateRecord>(writer.settings().quotas.templates, "templates")?;
    let arn = writer.arn(&resource);
    tags::create(writer, &arn, asked.tags, &[(tags::TEMPLATE, &arn)])?;
    let now = writer.now_millis();
    let record = TemplateRecord {
        kind,
        display_name: asked.display_name.unwrap_or_else(|| asked.name.clone()),
        name: asked.name,
        description: asked.description,
        encryption_key: asked.encryption_key,
        provisioning: asked.provisioning,
        created_at: now,
        last_modified_at: now,
        numbers: Numbers { next_major: 1, next_minor: BTreeMap::new(), recommended: BTreeMap::new() },
        origin,
    };
    writer.put(&record)?;
    Ok(record)
}

fn update(
    writer: &mut Writer<'_>,
    kind: TemplateKind,
    name: &str,
    display_name: Option<String>,
    description: Option<String>,
) -> Result<TemplateRecord, Fault> {
    let mut record = find(writer, kind, name)?;
    if display_name.is_none() && description.is_none() {
        return Ok(record);
    }
    record.display_name = display_name.unwrap_or(record.display_name);
    record.description = description.or(record.description);
    record.last_modified_at = writer.now_millis();
    record.origin.set_modified();
    writer.put(&record)?;
    Ok(record)
}

/// Removes a template that has no versions; `None` where there is no such template.
fn delete(writer: &mut Writer<'_>, kind: TemplateKind, name: &str) -> Result<Option<TemplateRecord>, Fault> {
    let resource = kind.resource(name);
    let Some(record) = writer.get::<TemplateRecord>(&resource)? else { return Ok(None) };
    if super::versions::count(writer, kind, name)? > 0 {
        let thing = kind.thing();
        return Err(Fault::conflict(format!("The {thing} {name} still has versions. Delete them first.")));
    }
    writer.delete::<TemplateRecord>(&resource)?;
    writer.delete::<TemplateSyncRecord>(&resource)?;
    tags::forget(writer, &writer.arn(&resource))?;
    Ok(Some(record))
}

fn list(
    reader: &Reader<'_>,
    kind: TemplateKind,
    token: Option<&str>,
    limit: Option<i32>,
) -> Result<Page<TemplateRecord>, Fault> {
    let paging = Paging::new(reader, kind.thing(), token, limit)?;
    reader.page_by("kind", kind.thing(), &paging, |_| true)
}

/// Sets what the SDK's four types of a template have in common.
macro_rules! fill {
    ($builder:expr, $reader:expr, $record:expr) => {
        $builder
            .arn($reader.arn(&$crate::store::Record::key($record)))
            .name(&$record.name)
            .display_name(&$record.display_name)
            .set_description($record.description.clone())
            .set_recommended_version($record.recommended_text())
            .created_at($crate::operations::time($record.created_at))
            .last_modified_at($crate::operations::time($record.last_modified_at))
    };
}
use fill;
