//! A bundle's files, out of a folder or a tarball that anybody may have made.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The largest bundle, in bytes as it is stored.
const STORED: u64 = 5 * 1024 * 1024;
/// The most that a bundle may grow to when it is unpacked.
const UNPACKED: u64 = 50 * 1024 * 1024;
/// How many files it may have.
const COUNT: usize = 2000;

/// What makes a bundle unreadable, before its content matters.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FilesError {
    /// It is larger than a bundle may be.
    #[error("the bundle is larger than {} MB {what}", limit >> 20)]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
        /// Packed or unpacked.
        what: &'static str,
    },
    /// It has more files than a bundle may have.
    #[error("the bundle has more than {COUNT} files")]
    TooMany,
    /// A path that leads out of the bundle.
    #[error("{path}: the path leads out of the bundle")]
    Outside {
        /// The path.
        path: String,
    },
    /// Something that is neither file nor folder.
    #[error("{path}: a {what} is not taken; use plain files")]
    Special {
        /// The path.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// The archive is broken.
    #[error("the bundle is not a gzip tarball: {0}")]
    Archive(#[source] std::io::Error),
    /// A folder cannot be read.
    #[error("{}: {source}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Paths with `/` between their parts, and contents.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Unpacks a gzip tarball in memory.
///
/// # Errors
/// An archive that is broken, too large, or holds more than plain files and folders inside of it.
pub(crate) fn unpack(archive: &[u8]) -> Result<Files, FilesError> {
    if archive.len() as u64 > STORED {
        return Err(FilesError::TooLarge { limit: STORED, what: "as it is stored" });
    }
    let unpacked = flate2::read::GzDecoder::new(archive).take(UNPACKED + 1);
    let mut archive = tar::Archive::new(unpacked);
    let mut files = Files::new();
    let mut total = 0;
    for entry in archive.entries().map_err(FilesError::Archive)? {
        let mut entry = entry.map_err(FilesError::Archive)?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let kind = entry.header().entry_type();
        match kind {
            tar::EntryType::Regular | tar::EntryType::Continuous => {}
            tar::EntryType::Directory | tar::EntryType::XGlobalHeader => continue,
            tar::EntryType::Symlink | tar::EntryType::Link => return Err(FilesError::Special { path, what: "link" }),
            _ => return Err(FilesError::Special { path, what: "special file" }),
        }
        let name = inside(Path::new(&path)).ok_or(FilesError::Outside { path })?;
        if name.rsplit('/').next().is_some_and(|name| name.starts_with("._")) {
            continue; // tar on macOS keeps a file's attributes beside it.
        }
        total += entry.size();
        if total > UNPACKED {
            return Err(FilesError::TooLarge { limit: UNPACKED, what: "unpacked" });
        }
        if files.len() >= COUNT {
            return Err(FilesError::TooMany);
        }
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(FilesError::Archive)?;
        files.insert(name, content);
    }
    Ok(files)
}

/// Packs files as a bundle is stored: the same bytes for the same files.
///
/// # Errors
/// A path that a tarball cannot name.
pub(crate) fn pack(files: &Files) -> std::io::Result<Vec<u8>> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, &content[..])?;
    }
    archive.into_inner()?.finish()
}

/// Reads a folder with all below it; names that begin with a dot are skipped.
///
/// # Errors
/// A folder or file that cannot be read, and the limits of a bundle.
pub(crate) fn read_folder(root: &Path) -> Result<Files, FilesError> {
    let mut files = Files::new();
    let mut total = 0;
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| FilesError::Folder { path, source }
        };
        for entry in std::fs::read_dir(&folder).map_err(failed(&folder))? {
            let path = entry.map_err(failed(&folder))?.path();
            let kind = std::fs::symlink_metadata(&path).map_err(failed(&path))?;
            let relative = path.strip_prefix(root).unwrap_or(&path);
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let name = inside(relative).ok_or_else(|| FilesError::Outside { path: relative.display().to_string() })?;
            if kind.is_symlink() {
                return Err(FilesError::Special { path: name, what: "link" });
            }
            total += kind.len();
            if total > UNPACKED {
                return Err(FilesError::TooLarge { limit: UNPACKED, what: "unpacked" });
            }
            if files.len() >= COUNT {
                return Err(FilesError::TooMany);
            }
            files.insert(name, std::fs::read(&path).map_err(failed(&path))?);
        }
    }
    Ok(files)
}

/// The path as parts with `/` between; `None` where it leads out.
fn inside(path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            _ => return None,
        }
    }
    if parts.is_empty() { None } else { Some(parts.join("/")) }
}
