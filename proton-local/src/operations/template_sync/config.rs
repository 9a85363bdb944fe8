//! The operations of template sync configurations.

use super::super::templates::{self, TemplateKind};
use super::super::{repositories, required, usage};
use super::kind;
use crate::fault::Fault;
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
use proton_sdk::types::{RepositoryProvider, TemplateSyncConfig, TemplateType};
use serde::{Deserialize, Serialize};

/// Where a template's versions come from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TemplateSyncRecord {
    pub(crate) kind: TemplateKind,
    pub(crate) template: String,
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
        vec![(usage::USES, repositories::resource(&self.provider, &self.repository))]
    }
}

/// Creates one, or answers with an equal one.
pub(crate) fn create_template_sync_config(
    writer: &mut Writer<'_>,
    input: CreateTemplateSyncConfigInput,
) -> Result<CreateTemplateSyncConfigOutput, Fault> {
    let record = TemplateSyncRecord {
        kind: kind(&required(input.template_type, "templateType")?)?,
        template: required(input.template_name, "templateName")?,
        provider: required(input.repository_provider, "repositoryProvider")?,
        repository: required(input.repository_name, "repositoryName")?,
        branch: required(input.branch, "branch")?,
        subdirectory: input.subdirectory,
    };
    match writer.get::<TemplateSyncRecord>(&record.key())? {
        Some(found) if found == record => {}
        Some(_) => {
            let (thing, name) = (record.kind.thing(), &record.template);
            return Err(Fault::conflict(format!("The {thing} {name} is synced already. Update its configuration.")));
        }
        None => {
            // The operation has no error for a resource that is absent.
            templates::find(writer, record.kind, &record.template).map_err(Fault::into_validation)?;
            repositories::find(writer, &record.provider, &record.repository).map_err(Fault::into_validation)?;
            writer.put(&record)?;
        }
    }
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
    let record = TemplateSyncRecord {
        provider: required(input.repository_provider, "repositoryProvider")?,
        repository: required(input.repository_name, "repositoryName")?,
        branch: required(input.branch, "branch")?,
        subdirectory: input.subdirectory,
        ..found
    };
    repositories::find(writer, &record.provider, &record.repository)?;
    writer.put(&record)?;
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

fn detail(record: TemplateSyncRecord) -> Result<TemplateSyncConfig, Fault> {
    let kind = match record.kind {
        TemplateKind::Environment => TemplateType::Environment,
        TemplateKind::Service => TemplateType::Service,
    };
    let builder = TemplateSyncConfig::builder().template_name(record.template).template_type(kind);
    let builder = builder.repository_provider(record.provider).repository_name(record.repository);
    Ok(builder.branch(record.branch).set_subdirectory(record.subdirectory).build()?)
}
