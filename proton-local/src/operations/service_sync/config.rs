//! The operations of service sync configurations.

use super::super::{repositories, required, usage};
use super::blocker;
use super::sync::InstanceSync;
use crate::fault::Fault;
use crate::jobs::Job;
use crate::store::{Index, Reader, Record, Writer};
use proton_sdk::operation::create_service_sync_config::{CreateServiceSyncConfigInput, CreateServiceSyncConfigOutput};
use proton_sdk::operation::delete_service_sync_config::{DeleteServiceSyncConfigInput, DeleteServiceSyncConfigOutput};
use proton_sdk::operation::get_service_sync_config::{GetServiceSyncConfigInput, GetServiceSyncConfigOutput};
use proton_sdk::operation::update_service_sync_config::{UpdateServiceSyncConfigInput, UpdateServiceSyncConfigOutput};
use proton_sdk::types::{RepositoryProvider, RepositorySyncAttempt, ServiceSyncConfig};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// A service whose instances come from a repository, and how that went.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ServiceSyncRecord {
    pub(crate) service: String,
    pub(crate) place: Place,
    /// Told to the job that looks at this place; another place has another job.
    pub(super) run: String,
    /// The last look that met something new.
    pub(crate) attempt: Option<RepositorySyncAttempt>,
    pub(super) instances: BTreeMap<String, InstanceSync>,
}

/// Where a service's instances come from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) provider: RepositoryProvider,
    /// `owner/name`.
    pub(crate) repository: String,
    pub(crate) branch: String,
    /// The file that says which instance has which spec.
    pub(crate) file_path: String,
}

impl Record for ServiceSyncRecord {
    const KIND: &'static str = "service sync config";

    fn key(&self) -> String {
        format!("service/{}", self.service)
    }

    fn indexes(&self) -> Vec<Index> {
        vec![(usage::USES, repositories::resource(&self.place.provider, &self.place.repository))]
    }
}

/// Creates one, or answers with an equal one. The service itself may come later.
pub(crate) fn create_service_sync_config(
    writer: &mut Writer<'_>,
    input: CreateServiceSyncConfigInput,
) -> Result<CreateServiceSyncConfigOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let place = Place {
        provider: required(input.repository_provider, "repositoryProvider")?,
        repository: required(input.repository_name, "repositoryName")?,
        branch: required(input.branch, "branch")?,
        file_path: required(input.file_path, "filePath")?,
    };
    let record = match writer.get::<ServiceSyncRecord>(&format!("service/{service}"))? {
        Some(found) if found.place == place => found,
        Some(_) => {
            return Err(Fault::conflict(format!("The service {service} is synced already. Update its configuration.")));
        }
        None => {
            // The operation has no error for a resource that is absent.
            repositories::find(writer, &place.provider, &place.repository).map_err(Fault::into_validation)?;
            start(writer, service, place, BTreeMap::new())?
        }
    };
    Ok(CreateServiceSyncConfigOutput::builder().service_sync_config(detail(record)?).build())
}

/// Reads one.
pub(crate) fn get_service_sync_config(
    reader: &Reader<'_>,
    input: GetServiceSyncConfigInput,
) -> Result<GetServiceSyncConfigOutput, Fault> {
    let record = find(reader, &required(input.service_name, "serviceName")?)?;
    Ok(GetServiceSyncConfigOutput::builder().service_sync_config(detail(record)?).build())
}

/// Points one to another repository, branch or file.
pub(crate) fn update_service_sync_config(
    writer: &mut Writer<'_>,
    input: UpdateServiceSyncConfigInput,
) -> Result<UpdateServiceSyncConfigOutput, Fault> {
    let found = find(writer, &required(input.service_name, "serviceName")?)?;
    let place = Place {
        provider: required(input.repository_provider, "repositoryProvider")?,
        repository: required(input.repository_name, "repositoryName")?,
        branch: required(input.branch, "branch")?,
        file_path: required(input.file_path, "filePath")?,
    };
    repositories::find(writer, &place.provider, &place.repository)?;
    let record = start(writer, found.service, place, found.instances)?;
    Ok(UpdateServiceSyncConfigOutput::builder().service_sync_config(detail(record)?).build())
}

/// Ends a service's sync; its instances stay.
pub(crate) fn delete_service_sync_config(
    writer: &mut Writer<'_>,
    input: DeleteServiceSyncConfigInput,
) -> Result<DeleteServiceSyncConfigOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let key = format!("service/{service}");
    let found = writer.get::<ServiceSyncRecord>(&key)?;
    writer.delete::<ServiceSyncRecord>(&key)?;
    blocker::forget(writer, &service)?;
    let config = found.map(detail).transpose()?;
    Ok(DeleteServiceSyncConfigOutput::builder().set_service_sync_config(config).build())
}

/// The configuration of a service.
///
/// # Errors
/// It has none.
pub(super) fn find(reader: &Reader<'_>, service: &str) -> Result<ServiceSyncRecord, Fault> {
    let resource = format!("service/{service}");
    reader.require(&resource, &resource)
}

/// Has a place looked at from now on.
fn start(
    writer: &mut Writer<'_>,
    service: String,
    place: Place,
    instances: BTreeMap<String, InstanceSync>,
) -> Result<ServiceSyncRecord, Fault> {
    let run = writer.new_id();
    let record = ServiceSyncRecord { service, place, run: run.clone(), attempt: None, instances };
    writer.put(&record)?;
    writer.enqueue(&Job::SyncService { service: record.service.clone(), run }, Duration::ZERO)?;
    Ok(record)
}

fn detail(record: ServiceSyncRecord) -> Result<ServiceSyncConfig, Fault> {
    let Place { provider, repository, branch, file_path } = record.place;
    let builder = ServiceSyncConfig::builder().service_name(record.service).repository_provider(provider);
    Ok(builder.repository_name(repository).branch(branch).file_path(file_path).build()?)
}
