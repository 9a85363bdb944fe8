//! Paths that requests name, below folders that the operator chose.

use std::path::{Component, Path, PathBuf};

/// The path of these parts, each of one or more names with `/` between, below a folder; `None` where a part is no such
/// path or would lead out of the folder.
pub(crate) fn below(folder: &Path, parts: &[&str]) -> Option<PathBuf> {
    let is_name = |text: &str| {
        let mut components = Path::new(text).components();
        matches!(components.next(), Some(Component::Normal(name)) if name == text) && components.next().is_none()
    };
    let inside = parts.iter().flat_map(|part| part.split('/')).all(is_name);
    inside.then(|| parts.iter().fold(folder.to_owned(), |path, part| path.join(part)))
}

#[cfg(test)]
mod tests {
    use super::below;
    use std::path::Path;

    #[test]
    fn a_path_stays_in_its_folder() {
        let root = Path::new("/s3");
        let found = below(root, &["bundles", "a/b.tar.gz"]);
        assert_eq!(found.as_deref(), Some(Path::new("/s3/bundles/a/b.tar.gz")));
        for part in ["", "/etc/passwd", "../other/x", "a/../../x", "a//b", "./a", "a/", ".."] {
            assert_eq!(below(root, &["bundles", part]), None, "{part}");
        }
        assert_eq!(below(root, &["..", "x"]), None);
    }
}
