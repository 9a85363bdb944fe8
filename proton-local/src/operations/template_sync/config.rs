//! The operations of template sync configurations.

use super::super::templates::{self, TemplateKind};
use super::super::{repositories, required, usage};
use super::kind;
use super::sync::MajorSync;
use crate::fault::Fault;
use crate::jobs::Job;
use crate::store::{Index, Reader, Record, Writer};
use proton_sdk::operation::create_template_sync_config::{
    CreateTemplateSyncConfigInput, CreateTemplateSyncConfigOutput,
};
use proton_sdk::operation::delete_template_sync_config::{
    DeleteTemplateSyncConfigInput, DeleteTemplateSyncConfigOutput,
};
use proton_sdk::operation::get_template_sync_config::{GetTemplateSyncConfigInput, GetTemplateSyncConfigOutput};
use proton_sdk::operation::update_template_sync_config::{
    UpdateTemplateSyncConfigInput, UpdateTemplateSyncConfigOutput,
};
use proton_sdk::types::{RepositoryProvider, RepositorySyncAttempt, TemplateSyncConfig, TemplateType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// A template whose versions come from a repository, and how that went.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct TemplateSyncRecord {
    pub(crate) kind: TemplateKind,
    pub(crate) template: String,
    pub(crate) place: Place,
    /// Told to the job that looks at this place; another place has another job.
    pub(super) run: String,
    /// The last look that met something new.
    pub(crate) attempt: Option<RepositorySyncAttempt>,
    pub(super) majors: BTreeMap<u64, MajorSync>,
}

/// Where a template's versions come from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) provider: RepositoryProvider,
    /// `owner/name`.
    pub(crate) repository: String,
    pub(crate) branch: String,
    /// Where in the branch to look; everywhere where it is unset.
    pub(crate) subdirectory: Option<String>,
}

impl Record for TemplateSyncRecord {
    const KIND: &'static str = "template sync config";

    fn key(&self) -> String {
        self.kind.resource(&self.template)
    }

    fn indexes(&self) -> Vec<Index> {
        vec![(usage::USES, repositories::resource(&self.place.provider, &self.place.repository))]
    }
}

/// Creates one, or answers with an equal one.
pub(crate) fn create_template_sync_config(
    writer: &mut Writer<'_>,
    input: CreateTemplateSyncConfigInput,
) -> Result<CreateTemplateSyncConfigOutput, Fault> {
    let kind = kind(&required(input.template_type, "templateType")?)?;
    let template = required(input.template_name, "templateName")?;
    let place = Place {
        provider: required(input.repository_provider, "repositoryProvider")?,
        repository: required(input.repository_name, "repositoryName")?,
        branch: required(input.branch, "branch")?,
        subdirectory: input.subdirectory,
    };
    let record = match writer.get::<TemplateSyncRecord>(&kind.resource(&template))? {
        Some(found) if found.place == place => found,
        Some(_) => {
            let thing = kind.thing();
            return Err(Fault::conflict(format!(
                "The {thing} {template} is synced already. Update its configuration."
            )));
        }
        None => {
            // The operation has no error for a resource that is absent.
            templates::find(writer, kind, &template).map_err(Fault::into_validation)?;
            repositories::find(writer, &place.provider, &place.repository).map_err(Fault::into_validation)?;
            start(writer, kind, template, place, BTreeMap::new())?
        }
    };
    Ok(CreateTemplateSyncConfigOutput::builder().template_sync_config(detail(record)?).build())
}

/// Reads one.
pub(crate) fn get_template_sync_config(
    reader: &Reader<'_>,
    input: GetTemplateSyncConfigInput,
) -> Result<GetTemplateSyncConfigOutput, Fault> {
    let kind = kind(&required(input.template_type, "templateType")?)?;
    let record = find(reader, kind, &required(input.template_name, "templateName")?)?;
    Ok(GetTemplateSyncConfigOutput::builder().template_sync_config(detail(record)?).build())
}

/// Points one to another repository, branch or folder.
pub(crate) fn update_template_sync_config(
    writer: &mut Writer<'_>,
    input: UpdateTemplateSyncConfigInput,
) -> Result<UpdateTemplateSyncConfigOutput, Fault> {
    let kind = kind(&required(input.template_type, "templateType")?)?;
    let found = find(writer, kind, &required(input.template_name, "templateName")?)?;
    let place = Place {
        provider: required(input.repository_provider, "repositoryProvider")?,
        repository: required(input.repository_name, "repositoryName")?,
        branch: required(input.branch, "branch")?,
        subdirectory: input.subdirectory,
    };
    repositories::find(writer, &place.provider, &place.repository)?;
    let record = start(writer, kind, found.template, place, found.majors)?;
    Ok(UpdateTemplateSyncConfigOutput::builder().template_sync_config(detail(record)?).build())
}

/// Ends a template's sync; its versions stay.
pub(crate) fn delete_template_sync_config(
    writer: &mut Writer<'_>,
    input: DeleteTemplateSyncConfigInput,
) -> Result<DeleteTemplateSyncConfigOutput, Fault> {
    let kind = kind(&required(input.template_type, "templateType")?)?;
    let key = kind.resource(&required(input.template_name, "templateName")?);
    let found = writer.get::<TemplateSyncRecord>(&key)?;
    writer.delete::<TemplateSyncRecord>(&key)?;
    let config = found.map(detail).transpose()?;
    Ok(DeleteTemplateSyncConfigOutput::builder().set_template_sync_config(config).build())
}

/// The configuration of a template.
///
/// # Errors
/// It has none.
pub(super) fn find(reader: &Reader<'_>, kind: TemplateKind, template: &str) -> Result<TemplateSyncRecord, Fault> {
    let resource = kind.resource(template);
    reader.require(&resource, &resource)
}

/// Has a place looked at from now on.
fn start(
    writer: &mut Writer<'_>,
    kind: TemplateKind,
    template: String,
    place: Place,
    majors: BTreeMap<u64, MajorSync>,
) -> Result<TemplateSyncRecord, Fault> {
    let run = writer.new_id();
    let record = TemplateSyncRecord { kind, template, place, run: run.clone(), attempt: None, majors };
    writer.put(&record)?;
    writer.enqueue(&Job::SyncTemplate { template: record.key(), run }, Duration::ZERO)?;
    Ok(record)
}

fn detail(record: TemplateSyncRecord) -> Result<TemplateSyncConfig, Fault> {
    let kind = match record.kind {
        TemplateKind::Environment => TemplateType::Environment,
        TemplateKind::Service => TemplateType::Service,
    };
    let builder = TemplateSyncConfig::builder().template_name(record.template).template_type(kind);
    let Place { provider, repository, branch, subdirectory } = record.place;
    let builder = builder.repository_provider(provider).repository_name(repository);
    Ok(builder.branch(branch).set_subdirectory(subdirectory).build()?)
}
