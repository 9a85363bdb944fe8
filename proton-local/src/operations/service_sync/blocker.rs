//! Blockers: after a change by hand, sync leaves an instance or a whole service alone until somebody resolves them.

use super::config::ServiceSyncRecord;
use crate::fault::Fault;
use crate::operations::{required, time};
use crate::store::{Index, Reader, Record, StoreError, Writer};
use proton_sdk::operation::get_service_sync_blocker_summary::{
    GetServiceSyncBlockerSummaryInput, GetServiceSyncBlockerSummaryOutput,
};
use proton_sdk::operation::update_service_sync_blocker::{
    UpdateServiceSyncBlockerInput, UpdateServiceSyncBlockerOutput,
};
use proton_sdk::types::{BlockerStatus, BlockerType, ServiceSyncBlockerSummary, SyncBlocker, SyncBlockerContext};
use serde::{Deserialize, Serialize};

/// How many blockers a summary shows.
const SHOWN: usize = 10;

/// One blocker; it stays after it is resolved.
#[derive(Clone, Serialize, Deserialize)]
struct BlockerRecord {
    id: String,
    service: String,
    /// `None` where it blocks the whole service.
    instance: Option<String>,
    created_at: i64,
    created_reason: String,
    resolved: Option<Resolved>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Resolved {
    at: i64,
    reason: String,
}

impl Record for BlockerRecord {
    const KIND: &'static str = "service sync blocker";

    fn key(&self) -> String {
        self.id.clone()
    }

    fn sort(&self) -> String {
        format!("{:020}/{}", self.created_at, self.id)
    }

    fn indexes(&self) -> Vec<Index> {
        let blocked = target(&self.service, self.instance.as_deref());
        vec![("service", self.service.clone()), ("target", blocked)]
    }
}

/// Blocks the sync of an instance, or of the whole service, after a change by hand; nothing happens where the service is
/// not synced or the same is blocked already.
pub(crate) fn raise(writer: &mut Writer<'_>, service: &str, instance: Option<&str>, reason: &str) -> Result<(), Fault> {
    if !writer.has::<ServiceSyncRecord>(&format!("service/{service}"))? || is_active(writer, service, instance)? {
        return Ok(());
    }
    let blocker = BlockerRecord {
        id: writer.new_id(),
        service: service.to_owned(),
        instance: instance.map(str::to_owned),
        created_at: writer.now_millis(),
        created_reason: reason.to_owned(),
        resolved: None,
    };
    Ok(writer.put(&blocker)?)
}

/// Whether just this, an instance or the whole service, is blocked.
pub(super) fn is_active(reader: &Reader<'_>, service: &str, instance: Option<&str>) -> Result<bool, StoreError> {
    let found = reader.all_by::<BlockerRecord>("target", &target(service, instance))?;
    Ok(found.iter().any(|blocker| blocker.resolved.is_none()))
}

/// Forgets the blockers of a service that is no longer synced.
pub(super) fn forget(writer: &mut Writer<'_>, service: &str) -> Result<(), StoreError> {
    for blocker in writer.all_by::<BlockerRecord>("service", service)? {
        writer.delete::<BlockerRecord>(&blocker.id)?;
    }
    Ok(())
}

/// Shows what blocks a service or one of its instances, the newest first.
pub(crate) fn get_service_sync_blocker_summary(
    reader: &Reader<'_>,
    input: GetServiceSyncBlockerSummaryInput,
) -> Result<GetServiceSyncBlockerSummaryOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    super::config::find(reader, &service)?;
    let target = target(&service, input.service_instance_name.as_deref());
    let found = reader.all_by::<BlockerRecord>("target", &target)?;
    let latest = found.iter().rev().take(SHOWN).map(detail).collect::<Result<_, _>>()?;
    let summary = ServiceSyncBlockerSummary::builder().service_name(service);
    let summary = summary.set_service_instance_name(input.service_instance_name).set_latest_blockers(Some(latest));
    Ok(GetServiceSyncBlockerSummaryOutput::builder().service_sync_blocker_summary(summary.build()?).build())
}

/// Resolves one; one that is resolved stays as it is.
pub(crate) fn update_service_sync_blocker(
    writer: &mut Writer<'_>,
    input: UpdateServiceSyncBlockerInput,
) -> Result<UpdateServiceSyncBlockerOutput, Fault> {
    let id = required(input.id, "id")?;
    let reason = required(input.resolved_reason, "resolvedReason")?;
    let found = writer.get::<BlockerRecord>(&id)?;
    let mut blocker = found.ok_or_else(|| Fault::not_found(BlockerRecord::KIND, &id))?;
    if blocker.resolved.is_none() {
        blocker.resolved = Some(Resolved { at: writer.now_millis(), reason });
        writer.put(&blocker)?;
    }
    let shown = detail(&blocker)?;
    let output = UpdateServiceSyncBlockerOutput::builder().service_name(blocker.service);
    Ok(output.set_service_instance_name(blocker.instance).service_sync_blocker(shown).build()?)
}

fn detail(blocker: &BlockerRecord) -> Result<SyncBlocker, Fault> {
    let context = |key: &str, value: &str| SyncBlockerContext::builder().key(key).value(value).build();
    let mut contexts = vec![context("serviceName", &blocker.service)?];
    if let Some(instance) = &blocker.instance {
        contexts.push(context("serviceInstanceName", instance)?);
    }
    let builder = SyncBlocker::builder()
        .id(&blocker.id)
        .r#type(BlockerType::Automated)
        .created_at(time(blocker.created_at))
        .created_reason(&blocker.created_reason)
        .set_contexts(Some(contexts));
    let builder = match &blocker.resolved {
        None => builder.status(BlockerStatus::Active),
        Some(Resolved { at, reason }) => {
            builder.status(BlockerStatus::Resolved).resolved_at(time(*at)).resolved_reason(reason)
        }
    };
    Ok(builder.build()?)
}

fn target(service: &str, instance: Option<&str>) -> String {
    match instance {
        Some(instance) => format!("{service}/{instance}"),
        None => service.to_owned(),
    }
}
