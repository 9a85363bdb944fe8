//! What is synced from a repository, and how that went.

use super::resource;
use crate::fault::Fault;
use crate::operations::required;
use crate::operations::service_sync::ServiceSyncRecord;
use crate::operations::template_sync::TemplateSyncRecord;
use crate::operations::usage::USES;
use crate::store::{Reader, Record};
use proton_sdk::error::BuildError;
use proton_sdk::operation::get_repository_sync_status::{GetRepositorySyncStatusInput, GetRepositorySyncStatusOutput};
use proton_sdk::operation::list_repository_sync_definitions::{
    ListRepositorySyncDefinitionsInput, ListRepositorySyncDefinitionsOutput,
};
use proton_sdk::types::{RepositorySyncAttempt, RepositorySyncDefinition, SyncType};

/// Reads how the last sync from a branch went, of those that some configuration asks for.
pub(crate) fn get_repository_sync_status(
    reader: &Reader<'_>,
    input: GetRepositorySyncStatusInput,
) -> Result<GetRepositorySyncStatusOutput, Fault> {
    let provider = required(input.repository_provider, "repositoryProvider")?;
    let repository = super::find(reader, &provider, &required(input.repository_name, "repositoryName")?)?;
    let branch = required(input.branch, "branch")?;
    let attempts: Vec<RepositorySyncAttempt> = match required(input.sync_type, "syncType")? {
        SyncType::TemplateSync => {
            let configs = reader.all_by::<TemplateSyncRecord>(USES, &repository.key())?;
            configs
                .into_iter()
                .filter(|config| config.place.branch == branch)
                .filter_map(|config| config.attempt)
                .collect()
        }
        _ => {
            let configs = reader.all_by::<ServiceSyncRecord>(USES, &repository.key())?;
            configs
                .into_iter()
                .filter(|config| config.place.branch == branch)
                .filter_map(|config| config.attempt)
                .collect()
        }
    };
    let latest = attempts.into_iter().max_by_key(|attempt| attempt.started_at);
    let latest = latest
        .ok_or_else(|| Fault::not_found("sync of branch", &format!("{branch} of {}", reader.arn(&repository.key()))))?;
    Ok(GetRepositorySyncStatusOutput::builder().latest_sync(latest).build())
}

/// Lists which folders of a repository keep which templates up to date, all on one page.
pub(crate) fn list_repository_sync_definitions(
    reader: &Reader<'_>,
    input: ListRepositorySyncDefinitionsInput,
) -> Result<ListRepositorySyncDefinitionsOutput, Fault> {
    let provider = required(input.repository_provider, "repositoryProvider")?;
    let repository = resource(&provider, &required(input.repository_name, "repositoryName")?);
    let definitions = match required(input.sync_type, "syncType")? {
        SyncType::TemplateSync => {
            let configs = reader.all_by::<TemplateSyncRecord>(USES, &repository)?;
            let definition = |config: &TemplateSyncRecord| {
                RepositorySyncDefinition::builder()
                    .branch(&config.place.branch)
                    .directory(config.place.subdirectory.as_deref().unwrap_or("/"))
                    .parent(reader.arn(&repository))
                    .target(reader.arn(&config.key()))
                    .build()
            };
            configs.iter().map(definition).collect::<Result<_, BuildError>>()?
        }
        other => return Err(Fault::validation(format!("Only TEMPLATE_SYNC has definitions, not {other}."))),
    };
    Ok(ListRepositorySyncDefinitionsOutput::builder().set_sync_definitions(Some(definitions)).build()?)
}
