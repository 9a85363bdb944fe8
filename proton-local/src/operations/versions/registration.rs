//! Registration: a version's bundle is fetched, checked and kept; then the version is a draft, or says what is wrong.

use super::object;
use super::source::{self, Source};
use super::{TemplateKind, VersionRecord, compatibility};
use crate::bundle::{self, Expected, Report};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::jobs::Due;
use crate::operations::{template_sync, templates};
use crate::store::{Record, StoreError, Writer};
use proton_sdk::types::{Provisioning, TemplateVersionStatus};
use std::time::Duration;

/// How long a version waits for the one before it.
const PAUSE: Duration = Duration::from_millis(50);

/// How many faults of a bundle a status message tells.
const FAULTS: usize = 10;

/// What registration found.
struct Registered {
    bundle: Vec<u8>,
    report: Report,
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
        let template = templates::find(reader, version.kind, &version.template)?;
        Ok(Some((version, siblings, stored, template.provisioning)))
    };
    let Some((version, mut earlier, stored, provisioning)) = engine.store().read(&due.caller, read).await? else {
        return due.finish(engine.store(), |_| Ok(())).await.map(drop);
    };
    earlier.retain(|other| other.minor < version.minor);
    if earlier.iter().any(|other| other.status == TemplateVersionStatus::RegistrationInProgress) {
        // What a minor must be compatible with is known once those before it are registered.
        let id = due.id;
        return engine.store().write(&due.caller, move |writer| Ok(writer.postpone_job(id, PAUSE)?)).await;
    }
    let stored = match (stored, source::elsewhere(engine.settings(), &version.source)) {
        (None, Some((endpoint, bucket, key))) => {
            let now = engine.clock().time.now();
            Some(object::get(endpoint, &due.caller.region, bucket, key, now).await)
        }
        (stored, _) => stored.map(Ok),
    };
    let settings = engine.settings().clone();
    let subject = version.clone();
    let attempt = move || {
        let bundle = stored.unwrap_or_else(|| source::fetch(&settings, &subject.source))?;
        let report = examine(&bundle, &subject, provisioning.as_ref(), &earlier)?;
        Ok(Registered { bundle, report })
    };
    let outcome = tokio::task::spawn_blocking(attempt).await;
    let outcome = outcome.map_err(|_| StoreError::Stopped)?;
    due.finish(engine.store(), move |writer| settle(writer, &version, outcome)).await.map(drop)
}

/// Checks a bundle; the error is what the version's status message says.
fn examine(
    bundle: &[u8],
    version: &VersionRecord,
    provisioning: Option<&Provisioning>,
    earlier: &[VersionRecord],
) -> Result<Report, String> {
    let files = bundle::unpack(bundle).map_err(|error| format!("{error}."))?;
    let customer = provisioning == Some(&Provisioning::CustomerManaged);
    let expected = match version.kind {
        TemplateKind::Environment => Expected::Environment { customer_managed: customer },
        TemplateKind::Service => Expected::Service { customer_pipeline: customer },
    };
    let report = bundle::check(&files, expected);
    if !report.faults.is_empty() {
        let faults: Vec<_> = report.faults.iter().take(FAULTS).map(ToString::to_string).collect();
        return Err(faults.join("\n"));
    }
    let Some(before) = earlier.iter().rfind(|other| other.is_registered()) else { return Ok(report) };
    let old = before.schema.as_deref().unwrap_or_default();
    match (bundle::yaml(old), bundle::yaml(&report.schema_text)) {
        (Ok(old), Ok(new)) => match compatibility::breaks(&old, &new)[..] {
            [] => Ok(report),
            ref breaks => Err(format!(
                "The schema is not compatible with that of version {}: {}. Register it as a new major version.",
                before.number(),
                breaks.join("; ")
            )),
        },
        (Err(error), _) | (_, Err(error)) => Err(error.to_string()),
    }
}

/// Writes what came of it on the version, if it is still the one that the work began with.
fn settle(writer: &mut Writer<'_>, began: &VersionRecord, outcome: Result<Registered, String>) -> Result<(), Fault> {
    let Some(mut version) = writer.get::<VersionRecord>(&began.key())? else { return Ok(()) };
    if (version.created_at, &version.source) != (began.created_at, &began.source) {
        return Ok(());
    }
    match outcome {
        Ok(Registered { bundle, report }) => {
            version.bundle = Some(writer.put_file(&bundle)?);
            version.schema = Some(report.schema_text);
            version.method = Some(report.method);
            version.pipeline = report.pipeline;
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
