//! The sync of a template: its folder is looked at again and again, and what is new becomes a version.

use super::config::TemplateSyncRecord;
use super::registration_file::About;
use super::scan::{Found, scan};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::jobs::{Due, Job};
use crate::operations::below;
use crate::operations::templates::TemplateKind;
use crate::operations::versions::{self, VersionRecord};
use crate::settings::Settings;
use crate::store::{Reader, Record, StoreError, Writer};
use proton_sdk::types::{
    RepositorySyncAttempt, RepositorySyncEvent, RepositorySyncStatus, ResourceSyncAttempt, ResourceSyncEvent,
    ResourceSyncStatus, Revision, TemplateVersionStatus,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How often a folder is looked at.
const PAUSE: Duration = Duration::from_secs(5);

/// How the syncs of one major went.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct MajorSync {
    /// The last one.
    pub(super) latest: ResourceSyncAttempt,
    /// The last one that made a version.
    pub(super) successful: Option<ResourceSyncAttempt>,
    /// The version that the last one made.
    version: Option<String>,
}

impl MajorSync {
    /// Whether the last sync of this content failed for this reason.
    fn failed_so(&self, sha: &str, reason: &str) -> bool {
        let same = self.latest.target_revision.as_ref().is_some_and(|revision| revision.sha == sha);
        same && self.latest.events.iter().any(|event| event.event == reason)
    }
}

/// Looks at a template's folder, makes versions of what is new, and comes back later; the job of each configuration.
pub(crate) async fn sync(engine: &Engine, due: &Due, key: &str, run: &str) -> Result<(), Fault> {
    let (wanted, current) = (key.to_owned(), run.to_owned());
    let read = move |reader: &Reader<'_>| find(reader, &wanted, &current);
    let Some(record) = engine.store().read(&due.caller, read).await? else {
        return due.finish(engine.store(), |_| Ok(())).await.map(drop);
    };
    let settings = engine.settings().clone();
    let seen = tokio::task::spawn_blocking(move || look(&settings, &record)).await;
    let seen = seen.map_err(|_| StoreError::Stopped)?;
    let (key, run) = (key.to_owned(), run.to_owned());
    let change = move |writer: &mut Writer<'_>| {
        let Some(mut record) = find(writer, &key, &run)? else { return Ok(true) };
        let Some(attempt) = apply(writer, &mut record, seen)? else { return Ok(false) };
        record.attempt = Some(attempt);
        writer.put(&record)?;
        writer.enqueue(&Job::SyncTemplate { template: key, run }, PAUSE)?;
        Ok(true)
    };
    due.finish_or_put_off(engine.store(), PAUSE, change).await.map(drop)
}

/// The configuration, if it is still the one that the job was started for.
fn find(reader: &Reader<'_>, key: &str, run: &str) -> Result<Option<TemplateSyncRecord>, Fault> {
    Ok(reader.get::<TemplateSyncRecord>(key)?.filter(|record| record.run == run))
}

fn look(settings: &Settings, record: &TemplateSyncRecord) -> Result<BTreeMap<u64, Found>, String> {
    let folder = settings.repositories.as_deref();
    let folder = folder.ok_or("This server has no repositories. Start it with --repositories DIR.")?;
    let place = &record.place;
    let outside = || format!("{} of {} is no folder's path.", place.branch, place.repository);
    let root = below(folder, &[&place.repository, &place.branch]).ok_or_else(outside)?;
    let start = match place.subdirectory.as_deref().map(|path| path.trim_matches('/')) {
        None | Some("" | ".") => root.clone(),
        Some(path) => below(&root, &[path]).ok_or_else(|| format!("{path} is no folder's path."))?,
    };
    scan(&root, &start, &record.template)
}

/// Makes versions of what is new; gives the attempt to remember, where there was something to do.
fn apply(
    writer: &mut Writer<'_>,
    record: &mut TemplateSyncRecord,
    seen: Result<BTreeMap<u64, Found>, String>,
) -> Result<Option<RepositorySyncAttempt>, Fault> {
    let first = record.attempt.is_none();
    let (status, last) = match seen {
        Err(reason) => {
            let told = record.attempt.iter().flat_map(|attempt| &attempt.events).any(|event| event.event == reason);
            if told {
                return Ok(None);
            }
            (RepositorySyncStatus::Failed, ("SYNC_FAILED", reason))
        }
        Ok(majors) => {
            let mut changed = 0;
            for (major, found) in majors {
                changed += usize::from(sync_major(writer, record, major, found)?);
            }
            let recovered = record.attempt.as_ref().is_some_and(|last| last.status == RepositorySyncStatus::Failed);
            if changed == 0 && !first && !recovered {
                return Ok(None);
            }
            (RepositorySyncStatus::Succeeded, ("SYNC_SUCCEEDED", format!("Folders with new content: {changed}.")))
        }
    };
    let now = writer.now();
    let began = if first {
        ("CONFIG_UPDATED", "The configuration is new or was changed.".to_owned())
    } else {
        ("STARTING_SYNC", "The content of the branch has changed.".to_owned())
    };
    let mut attempt = RepositorySyncAttempt::builder().started_at(now).status(status);
    for (r#type, text) in [began, last] {
        attempt = attempt.events(RepositorySyncEvent::builder().r#type(r#type).event(text).time(now).build()?);
    }
    Ok(Some(attempt.build()?))
}

/// Makes a version of a major's folder, if it holds something new; says whether it does.
fn sync_major(
    writer: &mut Writer<'_>,
    record: &mut TemplateSyncRecord,
    major: u64,
    found: Found,
) -> Result<bool, Fault> {
    let before = record.majors.remove(&major);
    if let Some(before) = &before
        && !is_new(writer, before, &found.sha)?
    {
        record.majors.insert(major, before.clone());
        return Ok(false);
    }
    let revision = Revision::builder()
        .repository_provider(record.place.provider.clone())
        .repository_name(&record.place.repository)
        .branch(&record.place.branch)
        .directory(&found.directory)
        .sha(&found.sha)
        .build()?;
    let initial = before.as_ref().and_then(|before| before.latest.target_revision.clone());
    let made = writer.attempt(|writer| make(writer, record, major, &found));
    let (status, version, text) = match made {
        Ok(version) => {
            let text = format!("Version {} is being registered.", version.number());
            (ResourceSyncStatus::InProgress, Some(version.key()), text)
        }
        Err(fault @ (Fault::Store(_) | Fault::Build(_))) => return Err(fault),
        Err(fault) => {
            let text = fault.to_string();
            if let Some(before) = before.as_ref().filter(|before| before.failed_so(&found.sha, &text)) {
                record.majors.insert(major, before.clone());
                return Ok(false);
            }
            (ResourceSyncStatus::Failed, None, text)
        }
    };
    let latest = ResourceSyncAttempt::builder()
        .started_at(writer.now())
        .status(status)
        .target(writer.arn(&format!("{}:{major}", record.key())))
        .initial_revision(initial.unwrap_or_else(|| revision.clone()))
        .target_revision(revision)
        .events(event(writer, "STARTING_SYNC", &text, Some(&found.sha))?)
        .build()?;
    let successful = before.and_then(|before| before.successful);
    record.majors.insert(major, MajorSync { latest, successful, version });
    Ok(true)
}

/// Whether a folder's content is to become a version: it differs from what was synced last, or that version is gone. What
/// comes while a version is being registered waits for its end.
fn is_new(reader: &Reader<'_>, before: &MajorSync, sha: &str) -> Result<bool, Fault> {
    let same = before.latest.target_revision.as_ref().is_some_and(|revision| revision.sha == sha);
    match &before.version {
        Some(version) if !reader.has::<VersionRecord>(version)? => Ok(true),
        _ if before.latest.status == ResourceSyncStatus::InProgress => Ok(false),
        // What made no version is tried again: the reason may be gone.
        version => Ok(!same || version.is_none()),
    }
}

fn make(
    writer: &mut Writer<'_>,
    record: &TemplateSyncRecord,
    major: u64,
    found: &Found,
) -> Result<VersionRecord, Fault> {
    let about = match record.kind {
        TemplateKind::Environment => About::default(),
        TemplateKind::Service => About::read(&found.about).map_err(Fault::validation)?,
    };
    let About { compatible, component_sources } = about;
    let bundle = writer.put_file(&found.bundle)?;
    versions::create_synced(writer, record.kind, &record.template, major, &bundle, compatible, component_sources)
}

/// Takes note that the version of a sync was registered, or failed to be.
pub(crate) fn registered(writer: &mut Writer<'_>, version: &VersionRecord) -> Result<(), Fault> {
    let key = version.kind.resource(&version.template);
    let Some(mut record) = writer.get::<TemplateSyncRecord>(&key)? else { return Ok(()) };
    let Some(sync) = record.majors.get_mut(&version.major) else { return Ok(()) };
    if sync.version.as_ref() != Some(&version.key()) {
        return Ok(());
    }
    if version.status == TemplateVersionStatus::RegistrationFailed {
        sync.latest.status = ResourceSyncStatus::Failed;
        sync.latest.events.push(event(writer, "SYNC_FAILED", &version.status_message, None)?);
    } else {
        sync.latest.status = ResourceSyncStatus::Succeeded;
        let text = format!("Version {} is registered.", version.number());
        sync.latest.events.push(event(writer, "SYNC_SUCCEEDED", &text, None)?);
        sync.successful = Some(sync.latest.clone());
    }
    Ok(writer.put(&record)?)
}

fn event(reader: &Reader<'_>, r#type: &str, text: &str, commit: Option<&str>) -> Result<ResourceSyncEvent, Fault> {
    let event = ResourceSyncEvent::builder().r#type(r#type).event(text).time(reader.now());
    Ok(event.set_external_id(commit.map(str::to_owned)).build()?)
}
