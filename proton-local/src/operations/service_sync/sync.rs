//! The sync of a service: its ops file is looked at again and again, and what is new is deployed.

use super::blocker;
use super::config::ServiceSyncRecord;
use super::ops_file::{self, Wanted};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::jobs::{Due, Job};
use crate::operations::{below, required, services};
use crate::records::{InstanceRecord, instance_key};
use crate::settings::Settings;
use crate::store::{Reader, StoreError, Writer};
use proton_sdk::operation::create_service_instance::CreateServiceInstanceInput;
use proton_sdk::operation::get_service_instance_sync_status::{
    GetServiceInstanceSyncStatusInput, GetServiceInstanceSyncStatusOutput,
};
use proton_sdk::operation::update_service_instance::UpdateServiceInstanceInput;
use proton_sdk::types::{
    DeploymentUpdateType, RepositorySyncAttempt, RepositorySyncEvent, RepositorySyncStatus, ResourceSyncAttempt,
    ResourceSyncEvent, ResourceSyncStatus, Revision,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How often an ops file is looked at.
const PAUSE: Duration = Duration::from_secs(5);

/// How the syncs of one instance went.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct InstanceSync {
    latest: ResourceSyncAttempt,
    successful: Option<ResourceSyncAttempt>,
}

/// Looks at a service's ops file, deploys what is new, and comes back later; the job of each configuration.
pub(crate) async fn sync(engine: &Engine, due: &Due, service: &str, run: &str) -> Result<(), Fault> {
    let (wanted, current) = (service.to_owned(), run.to_owned());
    let read = move |reader: &Reader<'_>| find(reader, &wanted, &current);
    let Some(record) = engine.store().read(&due.caller, read).await? else {
        return due.finish(engine.store(), |_| Ok(())).await.map(drop);
    };
    let settings = engine.settings().clone();
    let seen = tokio::task::spawn_blocking(move || look(&settings, &record)).await;
    let seen = seen.map_err(|_| StoreError::Stopped)?;
    let (service, run) = (service.to_owned(), run.to_owned());
    let change = move |writer: &mut Writer<'_>| {
        let Some(mut record) = find(writer, &service, &run)? else { return Ok(true) };
        let Some(attempt) = apply(writer, &mut record, seen)? else { return Ok(false) };
        record.attempt = Some(attempt);
        writer.put(&record)?;
        writer.enqueue(&Job::SyncService { service, run }, PAUSE)?;
        Ok(true)
    };
    due.finish_or_put_off(engine.store(), PAUSE, change).await.map(drop)
}

/// The configuration, if it is still the one that the job was started for.
fn find(reader: &Reader<'_>, service: &str, run: &str) -> Result<Option<ServiceSyncRecord>, Fault> {
    let found = reader.get::<ServiceSyncRecord>(&format!("service/{service}"))?;
    Ok(found.filter(|record| record.run == run))
}

fn look(settings: &Settings, record: &ServiceSyncRecord) -> Result<BTreeMap<String, Wanted>, String> {
    let folder = settings.repositories.as_deref();
    let folder = folder.ok_or("This server has no repositories. Start it with --repositories DIR.")?;
    let place = &record.place;
    let outside = || format!("{} is no folder's path.", place.repository);
    let folder = below(folder, &[&place.repository]).ok_or_else(outside)?;
    ops_file::read(&folder, &place.branch, &place.file_path, &record.service)
}

/// Deploys what is new; gives the attempt to remember, where there was something to do.
fn apply(
    writer: &mut Writer<'_>,
    record: &mut ServiceSyncRecord,
    seen: Result<BTreeMap<String, Wanted>, String>,
) -> Result<Option<RepositorySyncAttempt>, Fault> {
    let first = record.attempt.is_none();
    let (status, text) = match seen {
        Err(reason) => {
            let told = record.attempt.iter().flat_map(|attempt| &attempt.events).any(|event| event.event == reason);
            if told {
                return Ok(None);
            }
            (RepositorySyncStatus::Failed, reason)
        }
        Ok(instances) => {
            let mut changed = 0;
            for (name, wanted) in &instances {
                changed += usize::from(sync_instance(writer, record, name, wanted)?);
            }
            let recovered = record.attempt.as_ref().is_some_and(|last| last.status == RepositorySyncStatus::Failed);
            if changed == 0 && !first && !recovered {
                return Ok(None);
            }
            (RepositorySyncStatus::Succeeded, format!("Instances with a new spec: {changed}."))
        }
    };
    let r#type = if first { "CONFIG_UPDATED" } else { "STARTING_SYNC" };
    let event = RepositorySyncEvent::builder().r#type(r#type).event(text).time(writer.now()).build()?;
    Ok(Some(RepositorySyncAttempt::builder().started_at(writer.now()).status(status).events(event).build()?))
}

/// Deploys an instance, if its spec is another than was synced last; says whether it is.
fn sync_instance(
    writer: &mut Writer<'_>,
    record: &mut ServiceSyncRecord,
    name: &str,
    wanted: &Wanted,
) -> Result<bool, Fault> {
    let service = &record.service;
    let before = record.instances.get(name);
    let known = before.and_then(|before| before.latest.target_revision.as_ref());
    let same = known.is_some_and(|known| known.sha == wanted.sha && known.branch == wanted.branch);
    let latest = before.filter(|_| same).map(|before| &before.latest);
    if latest.is_some_and(|latest| latest.status == ResourceSyncStatus::Succeeded)
        || blocker::is_active(writer, service, None)?
        || blocker::is_active(writer, service, Some(name))?
    {
        return Ok(false);
    }
    let (status, event) = match writer.attempt(|writer| deploy(writer, service, name, wanted)) {
        Ok(()) => (ResourceSyncStatus::Succeeded, "The deployment has begun.".to_owned()),
        // The service or the instance is busy: the next look finds it idle.
        Err(Fault::Conflict(_)) => return Ok(false),
        Err(fault @ (Fault::Store(_) | Fault::Build(_))) => return Err(fault),
        Err(fault) => {
            let text = fault.to_string();
            if latest.is_some_and(|latest| latest.events.iter().any(|event| event.event == text)) {
                return Ok(false);
            }
            (ResourceSyncStatus::Failed, text)
        }
    };
    let revision = Revision::builder()
        .repository_provider(record.place.provider.clone())
        .repository_name(&record.place.repository)
        .branch(&wanted.branch)
        .directory(&wanted.path)
        .sha(&wanted.sha)
        .build()?;
    let event = ResourceSyncEvent::builder().r#type("STARTING_SYNC").event(event).time(writer.now());
    let latest = ResourceSyncAttempt::builder()
        .started_at(writer.now())
        .status(status)
        .target(writer.arn(&format!("service/{service}/service-instance/{name}")))
        .initial_revision(known.cloned().unwrap_or_else(|| revision.clone()))
        .target_revision(revision)
        .events(event.external_id(&wanted.sha).build()?)
        .build()?;
    let successful = match latest.status {
        ResourceSyncStatus::Succeeded => Some(latest.clone()),
        _ => before.and_then(|before| before.successful.clone()),
    };
    record.instances.insert(name.to_owned(), InstanceSync { latest, successful });
    Ok(true)
}

fn deploy(writer: &mut Writer<'_>, service: &str, name: &str, wanted: &Wanted) -> Result<(), Fault> {
    let spec = wanted.spec.as_ref().map_err(Fault::validation)?;
    if writer.has::<InstanceRecord>(&instance_key(service, name))? {
        let input = UpdateServiceInstanceInput::builder().service_name(service).name(name).spec(spec);
        let input = input.deployment_type(DeploymentUpdateType::CurrentVersion).build()?;
        services::update_instance(writer, input, None).map(drop)
    } else {
        let input = CreateServiceInstanceInput::builder().service_name(service).name(name).spec(spec).build()?;
        services::create_instance(writer, input, None).map(drop)
    }
}

/// Reads how the syncs of an instance went.
pub(crate) fn get_service_instance_sync_status(
    reader: &Reader<'_>,
    input: GetServiceInstanceSyncStatusInput,
) -> Result<GetServiceInstanceSyncStatusOutput, Fault> {
    let mut record = super::config::find(reader, &required(input.service_name, "serviceName")?)?;
    let name = required(input.service_instance_name, "serviceInstanceName")?;
    let output = GetServiceInstanceSyncStatusOutput::builder();
    Ok(match record.instances.remove(&name) {
        None => {
            services::find_instance(reader, &record.service, &name)?;
            output.build()
        }
        Some(sync) => output
            .set_desired_state(sync.latest.target_revision.clone())
            .latest_sync(sync.latest)
            .set_latest_successful_sync(sync.successful)
            .build(),
    })
}
