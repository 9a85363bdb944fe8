//! How a version comes, is published, and goes.

use super::{Source, TemplateKind, VersionRecord, absent, resource};
use crate::fault::Fault;
use crate::jobs::Job;
use crate::operations::templates::{self, TemplateRecord};
use crate::operations::{once, tags, usage};
use crate::store::{Record, Writer};
use proton_sdk::types::{
    CompatibleEnvironmentTemplate, CompatibleEnvironmentTemplateInput, ServiceTemplateSupportedComponentSourceType,
    Tag, TemplateVersionStatus,
};

/// What a request to create a version asks for.
pub(super) struct Asked {
    pub(super) template: String,
    pub(super) major: Option<String>,
    pub(super) description: Option<String>,
    pub(super) source: Source,
    pub(super) tags: Option<Vec<Tag>>,
    pub(super) compatible: Vec<CompatibleEnvironmentTemplateInput>,
    pub(super) component_sources: Option<Vec<ServiceTemplateSupportedComponentSourceType>>,
}

/// What an update of a version may change.
#[derive(Default)]
pub(super) struct Change {
    pub(super) description: Option<String>,
    pub(super) status: Option<TemplateVersionStatus>,
    pub(super) compatible: Option<Vec<CompatibleEnvironmentTemplateInput>>,
    pub(super) component_sources: Option<Vec<ServiceTemplateSupportedComponentSourceType>>,
}

/// The operation that a client token comes with.
fn operation(kind: TemplateKind) -> &'static str {
    match kind {
        TemplateKind::Environment => "CreateEnvironmentTemplateVersion",
        TemplateKind::Service => "CreateServiceTemplateVersion",
    }
}

/// Creates a version and starts its registration, once per token.
pub(super) fn create(
    writer: &mut Writer<'_>,
    kind: TemplateKind,
    token: Option<&str>,
    request: &str,
    asked: Asked,
) -> Result<VersionRecord, Fault> {
    once(writer, operation(kind), token, request, |writer| {
        let mut template = templates::find(writer, kind, &asked.template)?;
        let count = check_quota(writer, &template)?;
        let major = match &asked.major {
            None => template.numbers.next_major,
            Some(major) => known_major(writer, &template, major, count == 0)?,
        };
        start(writer, &mut template, major, asked)
    })
}

/// Creates the next minor of a major, which may be new, from a bundle that the store has.
pub(crate) fn create_synced(
    writer: &mut Writer<'_>,
    kind: TemplateKind,
    template: &str,
    major: u64,
    bundle: &str,
    compatible: Vec<CompatibleEnvironmentTemplateInput>,
    component_sources: Option<Vec<ServiceTemplateSupportedComponentSourceType>>,
) -> Result<VersionRecord, Fault> {
    let mut template = templates::find(writer, kind, template)?;
    check_quota(writer, &template)?;
    let asked = Asked {
        template: template.name.clone(),
        major: None,
        description: None,
        source: Source::Stored { hash: bundle.to_owned() },
        tags: None,
        compatible,
        component_sources,
    };
    start(writer, &mut template, major, asked)
}

/// Gives the number of a template's versions, where there may be another.
fn check_quota(writer: &Writer<'_>, template: &TemplateRecord) -> Result<u64, Fault> {
    let count = super::count(writer, template.kind, &template.name)?;
    let quota = writer.settings().quotas.versions_per_template;
    if count >= quota {
        return Err(Fault::quota(&format!("versions of the {} {}", template.kind.thing(), template.name), quota));
    }
    Ok(count)
}

/// A major that a caller names has versions, or is the first of an empty template.
fn known_major(writer: &Writer<'_>, template: &TemplateRecord, major: &str, empty: bool) -> Result<u64, Fault> {
    let (kind, name) = (template.kind, &template.name);
    match major.parse() {
        Ok(number) if (empty && number == 1) || super::has_major(writer, kind, name, major)? => Ok(number),
        _ => Err(absent(writer, kind, &resource(kind, name, major))),
    }
}

/// Stores the next minor of a major and has it registered.
fn start(
    writer: &mut Writer<'_>,
    template: &mut TemplateRecord,
    major: u64,
    asked: Asked,
) -> Result<VersionRecord, Fault> {
    let numbers = &mut template.numbers;
    let minor = numbers.next_minor.entry(major).or_default();
    let now = writer.now_millis();
    let version = VersionRecord {
        kind: template.kind,
        template: asked.template,
        major,
        minor: *minor,
        description: asked.description,
        status: TemplateVersionStatus::RegistrationInProgress,
        status_message: String::new(),
        source: asked.source,
        schema: None,
        bundle: None,
        method: None,
        pipeline: None,
        compatible: compatible(writer, asked.compatible)?,
        component_sources: asked.component_sources,
        created_at: now,
        last_modified_at: now,
    };
    *minor += 1;
    numbers.next_major = numbers.next_major.max(major + 1);
    writer.put(template)?;
    writer.put(&version)?;
    let (parent, arn) = (writer.arn(&template.key()), writer.arn(&version.key()));
    tags::create(writer, &arn, asked.tags, &[(tags::TEMPLATE, &parent)])?;
    tags::inherit(writer, &parent, &arn)?;
    let simulation = &writer.settings().simulation;
    let delay = simulation.scaled(simulation.registration);
    writer.enqueue(&Job::RegisterVersion { version: version.key() }, delay)?;
    Ok(version)
}

/// Changes texts and compatibility, and publishes.
pub(super) fn update(
    writer: &mut Writer<'_>,
    kind: TemplateKind,
    (template, major, minor): (&str, &str, &str),
    change: Change,
) -> Result<VersionRecord, Fault> {
    let mut version = super::find(writer, kind, template, major, minor)?;
    if let Some(status) = change.status.filter(|status| *status != version.status) {
        check_publication(&version, &status)?;
        version.status = status;
        let mut template = templates::find(writer, kind, template)?;
        let best = template.numbers.recommended.entry(version.major).or_insert(version.minor);
        *best = version.minor.max(*best);
        writer.put(&template)?;
    }
    version.description = change.description.or(version.description);
    if let Some(asked) = change.compatible {
        version.compatible = compatible(writer, asked)?;
    }
    version.component_sources = change.component_sources.or(version.component_sources);
    version.last_modified_at = writer.now_millis();
    writer.put(&version)?;
    Ok(version)
}

/// A draft can be published; nothing else about a status is for callers to change.
fn check_publication(version: &VersionRecord, to: &TemplateVersionStatus) -> Result<(), Fault> {
    use TemplateVersionStatus::{Draft, Published, RegistrationInProgress};
    let number = version.number();
    match (&version.status, to) {
        (Draft, Published) => Ok(()),
        (RegistrationInProgress, Published) => {
            Err(Fault::conflict(format!("Version {number} is still being registered. Publish it once it is DRAFT.")))
        }
        (from, to) => Err(Fault::validation(format!(
            "The status of version {number} cannot be changed from {from} to {to}; only from DRAFT to PUBLISHED."
        ))),
    }
}

/// Removes a version that nothing depends on; `None` where there is no such version.
pub(super) fn delete(
    writer: &mut Writer<'_>,
    kind: TemplateKind,
    (template, major, minor): (&str, &str, &str),
) -> Result<Option<VersionRecord>, Fault> {
    let key = resource(kind, template, &format!("{major}.{minor}"));
    let Some(version) = writer.get::<VersionRecord>(&key)? else { return Ok(None) };
    let mut template = templates::find(writer, kind, template)?;
    let number = version.number();
    if let Some(user) = usage::in_use(writer, kind, &template.name, version.major, version.minor)? {
        return Err(Fault::conflict(format!("Version {number} is in use by {user}.")));
    }
    let recommended = template.recommended() == Some((version.major, version.minor));
    if recommended && super::count(writer, kind, &template.name)? > 1 {
        return Err(Fault::conflict(format!(
            "Version {number} is the recommended one. Publish a higher version or delete the others first."
        )));
    }
    writer.delete::<VersionRecord>(&key)?;
    writer.forget_tokens(operation(kind), &key)?;
    tags::forget(writer, &writer.arn(&key))?;
    recompute(writer, &mut template, version.major)?;
    Ok(Some(version))
}

/// A major recommends its highest published minor that is left.
fn recompute(writer: &mut Writer<'_>, template: &mut TemplateRecord, major: u64) -> Result<(), Fault> {
    let left = writer.all_by::<VersionRecord>("major", &resource(template.kind, &template.name, &major.to_string()))?;
    let published = left.iter().filter(|version| version.status == TemplateVersionStatus::Published);
    match published.map(|version| version.minor).max() {
        Some(minor) => template.numbers.recommended.insert(major, minor),
        None => template.numbers.recommended.remove(&major),
    };
    Ok(writer.put(template)?)
}

/// What environments a version's services can run in; each named template has that major.
fn compatible(
    writer: &Writer<'_>,
    asked: Vec<CompatibleEnvironmentTemplateInput>,
) -> Result<Vec<CompatibleEnvironmentTemplate>, Fault> {
    let check = |one: CompatibleEnvironmentTemplateInput| {
        let (template, major) = (one.template_name, one.major_version);
        let kind = TemplateKind::Environment;
        if !super::has_major(writer, kind, &template, &major)? {
            return Err(absent(writer, kind, &resource(kind, &template, &major)));
        }
        Ok(CompatibleEnvironmentTemplate::builder().template_name(template).major_version(major).build()?)
    };
    asked.into_iter().map(check).collect()
}
