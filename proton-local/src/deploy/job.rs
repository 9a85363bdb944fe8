//! The work of a deployment between its start and its end.

use super::complete::{complete, is_open};
use super::render::{Rendered, render};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::jobs::{Due, Job};
use crate::provision::{Outcome, Step, Work};
use crate::records::{DeploymentRecord, Method};
use crate::store::{Reader, StoreError, Writer};
use proton_sdk::types::DeploymentStatus;
use std::collections::BTreeMap;
use std::time::Duration;

/// Renders the templates once, then asks the provisioner until the work is done.
///
/// # Errors
/// Those of the store; the job is tried again.
pub(crate) async fn deploy_job(engine: &Engine, due: &Due, id: &str) -> Result<(), Fault> {
    let store = engine.store();
    let deployment = id.to_owned();
    let found = store.read(&due.caller, move |reader| Ok(reader.get::<DeploymentRecord>(&deployment)?)).await?;
    let running = |record: &DeploymentRecord| {
        let status = &record.deployment.deployment_status;
        matches!(status, DeploymentStatus::InProgress | DeploymentStatus::DeleteInProgress)
    };
    // A cancelled deployment is the cancellation's to end.
    let Some(record) = found.filter(running) else {
        due.finish(store, |_| Ok(())).await?;
        return Ok(());
    };
    if record.rendered.is_none() {
        let source = record.clone();
        let rendered = store.read(&due.caller, move |reader| render(reader, &source)).await?;
        due.finish(store, move |writer| keep_rendered(writer, record, rendered)).await?;
        return Ok(());
    }
    let step = engine.provisioner().advance(&work(engine, due, &record).await?).await;
    let id = id.to_owned();
    due.finish(store, move |writer| match step {
        Step::Again(after) => Ok(writer.enqueue(&Job::Deploy { deployment: id }, after)?),
        Step::Waits => Ok(()),
        Step::Done(outcome) => complete(writer, &id, outcome),
    })
    .await?;
    Ok(())
}

/// Has the provisioner stop a deployment.
///
/// # Errors
/// Those of the store; the job is tried again.
pub(crate) async fn cancel_job(engine: &Engine, due: &Due, id: &str) -> Result<(), Fault> {
    let store = engine.store();
    let deployment = id.to_owned();
    let found = store.read(&due.caller, move |reader| Ok(reader.get::<DeploymentRecord>(&deployment)?)).await?;
    let Some(record) = found.filter(|record| is_open(&record.deployment.deployment_status)) else {
        due.finish(store, |_| Ok(())).await?;
        return Ok(());
    };
    let step = engine.provisioner().cancel(&work(engine, due, &record).await?).await;
    let id = id.to_owned();
    due.finish(store, move |writer| match step {
        Step::Again(after) => Ok(writer.enqueue(&Job::Cancel { deployment: id }, after)?),
        Step::Waits => Ok(()),
        Step::Done(outcome) => complete(writer, &id, outcome),
    })
    .await?;
    Ok(())
}

/// Keeps what was rendered and lets provisioning begin, or ends the deployment where rendering failed.
fn keep_rendered(
    writer: &mut Writer<'_>,
    record: DeploymentRecord,
    rendered: Result<Rendered, String>,
) -> Result<(), Fault> {
    let id = record.deployment.id.clone();
    let rendered = match rendered {
        Ok(rendered) => rendered,
        Err(reason) => return complete(writer, &id, Outcome::Failed(reason)),
    };
    // It may have been cancelled meanwhile.
    let Some(mut record) = writer.get::<DeploymentRecord>(&id)? else { return Ok(()) };
    let mut files = BTreeMap::new();
    for (path, text) in rendered.files {
        files.insert(path, writer.put_file(text.as_bytes())?);
    }
    record.rendered = Some(files);
    record.method = Some(rendered.method);
    record.provisioning_since = Some(writer.now_millis());
    writer.put(&record)?;
    Ok(writer.enqueue(&Job::Deploy { deployment: id }, Duration::ZERO)?)
}

async fn work(engine: &Engine, due: &Due, record: &DeploymentRecord) -> Result<Work, Fault> {
    let (record, caller) = (record.clone(), due.caller.clone());
    let read = move |reader: &Reader<'_>| {
        let mut files = BTreeMap::new();
        for (path, hash) in record.rendered.iter().flatten() {
            let missing = || StoreError::MissingFile { path: path.clone() };
            let content = reader.file(hash)?.ok_or_else(missing)?;
            files.insert(path.clone(), String::from_utf8_lossy(&content).into_owned());
        }
        let now = reader.now_millis();
        let elapsed = now - record.provisioning_since.unwrap_or(now);
        Ok(Work {
            caller,
            deployment: record.deployment.id.clone(),
            target: record.target.clone(),
            action: record.action,
            method: record.method.unwrap_or(Method::CustomerManaged),
            files,
            elapsed: Duration::from_millis(u64::try_from(elapsed).unwrap_or_default()),
        })
    };
    engine.store().read(&due.caller, read).await
}
