//! Where a version's bundle comes from: a folder that stands in for S3, or the demo that every server has.

use super::files::{Files, FilesError, STORED, read_folder, unpack};
use crate::demo;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// A bundle that cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    /// The server has no folder for S3.
    #[error("s3://{bucket}/{key}: this server has no S3 sources; start it with --s3-root DIR")]
    NoRoot {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
    },
    /// The object is not there.
    #[error("s3://{bucket}/{key}: there is no such object")]
    Absent {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
    },
    /// The key would lead out of its bucket.
    #[error("s3://{bucket}/{key}: the key does not name a file")]
    Outside {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
    },
    /// The object cannot be read.
    #[error("s3://{bucket}/{key}: {source}")]
    Read {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
        /// Why.
        source: std::io::Error,
    },
    /// What it holds is no bundle.
    #[error(transparent)]
    Files(#[from] FilesError),
}

/// The files of an object: a gzip tarball, or a folder where the object's file would be.
///
/// # Errors
/// An object that is absent or unreadable, or is no bundle.
pub(crate) fn fetch(root: Option<&Path>, bucket: &str, key: &str) -> Result<Files, SourceError> {
    let (bucket, key) = (bucket.to_owned(), key.to_owned());
    if bucket == demo::BUCKET {
        let Some(files) = demo::files(&key) else { return Err(SourceError::Absent { bucket, key }) };
        return Ok(files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect());
    }
    let Some(root) = root else { return Err(SourceError::NoRoot { bucket, key }) };
    let Some(path) = object(root, &bucket, &key) else { return Err(SourceError::Outside { bucket, key }) };
    if path.is_dir() {
        return Ok(read_folder(&path)?);
    }
    let mut archive = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(STORED + 1).read_to_end(&mut archive));
    match read {
        Ok(_) => Ok(unpack(&archive)?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(SourceError::Absent { bucket, key }),
        Err(source) => Err(SourceError::Read { bucket, key, source }),
    }
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
