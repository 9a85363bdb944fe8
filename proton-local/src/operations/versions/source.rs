//! Where bundles come from.

use crate::bundle;
use crate::demo;
use crate::fault::Fault;
use crate::operations::below;
use crate::settings::{S3Endpoint, Settings};
use proton_sdk::types::TemplateVersionSourceInput;
use serde::{Deserialize, Serialize};
use std::io::Read;

/// The largest bundle, in bytes as it is packed.
pub(super) const LIMIT: u64 = 5 * 1024 * 1024;

/// Where a version's bundle comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Source {
    /// An object in what stands in for S3.
    S3 { bucket: String, key: String },
    /// What a sync packed and put into the store.
    Stored { hash: String },
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

/// The endpoint, bucket and key of a bundle that the server has not at hand.
pub(super) fn elsewhere<'a>(settings: &'a Settings, source: &'a Source) -> Option<(&'a S3Endpoint, &'a str, &'a str)> {
    let Source::S3 { bucket, key } = source else { return None };
    let root = settings.s3_root.as_deref();
    let at_hand =
        bucket == demo::BUCKET || root.and_then(|root| below(root, &[bucket, key])).is_some_and(|path| path.exists());
    settings.s3_endpoint.as_ref().filter(|_| !at_hand).map(|endpoint| (endpoint, bucket.as_str(), key.as_str()))
}

/// Reads a bundle from where a request said it is.
///
/// # Errors
/// It is not there or cannot be read, in words for the version's status.
pub(super) fn fetch(settings: &Settings, source: &Source) -> Result<Vec<u8>, String> {
    let (bucket, key) = match source {
        Source::S3 { bucket, key } => (bucket, key),
        Source::Stored { .. } => return Err("The bundle is no longer stored.".to_owned()),
    };
    if bucket == demo::BUCKET {
        let files = demo::files(key).ok_or_else(|| format!("There is no object s3://{bucket}/{key}."))?;
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        return bundle::pack(&files).map_err(|error| error.to_string());
    }
    let root = settings.s3_root.as_deref();
    let root = root.ok_or("This server has no S3 sources. Start it with --s3-root DIR, or give it an s3_endpoint.")?;
    let path = below(root, &[bucket, key]).ok_or_else(|| format!("The key {key} does not name a file."))?;
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            format!("There is no object s3://{bucket}/{key}: looked for below {}.", root.display())
        }
        _ => format!("The object s3://{bucket}/{key} cannot be read: {error}."),
    };
    if path.is_dir() {
        let files = bundle::read_folder(&path).map_err(|error| error.to_string())?;
        return bundle::pack(&files).map_err(failed);
    }
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bundle = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bundle).map_err(failed)?;
    if bundle.len() as u64 > LIMIT {
        return Err(format!("The bundle is larger than {} MB.", LIMIT >> 20));
    }
    Ok(bundle)
}
