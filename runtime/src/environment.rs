//! The one place that reads variables and files of the process, or those that a test gives instead.

use crate::error::ConfigError;
use std::collections::HashMap;
use std::env::VarError;
use std::fmt::{Debug, Formatter};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where settings outside a program are looked up: environment variables and files.
///
/// ```
/// use smithy_runtime::config::{Config, Environment};
///
/// let environment = Environment::empty()
///     .with_variable("HOME", "/home/me")
///     .with_variable("AWS_PROFILE", "dev")
///     .with_file("/home/me/.aws/config", "[profile dev]\nregion = eu-west-1\n");
/// let config = Config::from_environment(&environment)?;
/// assert_eq!(config.region().map(|region| region.as_ref()), Some("eu-west-1"));
/// # Ok::<(), smithy_runtime::error::ConfigError>(())
/// ```
#[derive(Clone, Default)]
pub struct Environment {
    given: Arc<Given>,
    /// Whether the process's own is hidden.
    alone: bool,
}

#[derive(Clone, Default)]
struct Given {
    variables: HashMap<String, String>,
    files: HashMap<PathBuf, Vec<u8>>,
}

impl Environment {
    /// That of the process, read anew at each look.
    pub fn process() -> Self {
        Self::default()
    }

    /// One without variables and files, to fill.
    pub fn empty() -> Self {
        Self { alone: true, ..Self::default() }
    }

    /// With this variable in place of the one that is there; blank is unset.
    pub fn with_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.given).variables.insert(name.into(), value.into());
        self
    }

    /// With this file in place of the one that is there.
    pub fn with_file(mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) -> Self {
        Arc::make_mut(&mut self.given).files.insert(path.into(), content.into());
        self
    }

    /// The variable without white space around it; blank is unset.
    pub(crate) fn variable(&self, name: &str) -> Result<Option<String>, ConfigError> {
        let value = match self.given.variables.get(name) {
            Some(value) => Some(value.clone()),
            None if self.alone => None,
            None => match std::env::var(name) {
                Ok(value) => Some(value),
                Err(VarError::NotPresent) => None,
                Err(VarError::NotUnicode(_)) => return Err(ConfigError::setting(name, "is not Unicode text")),
            },
        };
        Ok(value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()))
    }

    /// The file's text; `None` where there is no such file.
    pub(crate) fn file(&self, path: &Path) -> Result<Option<String>, ConfigError> {
        let read = match self.given.files.get(path) {
            Some(content) => Ok(content.clone()),
            None if self.alone => return Ok(None),
            None => std::fs::read(path),
        };
        match read {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(ConfigError::setting(path.display(), "is not UTF-8 text")),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ConfigError::setting(path.display(), format!("cannot be read: {error}"))),
        }
    }

    /// The user's home directory.
    pub(crate) fn home(&self) -> Result<Option<PathBuf>, ConfigError> {
        for name in ["HOME", "USERPROFILE"] {
            if let Some(home) = self.variable(name)? {
                return Ok(Some(home.into()));
            }
        }
        let parts = (self.variable("HOMEDRIVE")?, self.variable("HOMEPATH")?);
        Ok(if let (Some(drive), Some(path)) = parts { Some((drive + &path).into()) } else { None })
    }

    /// The path with a leading `~` replaced by the home directory.
    pub(crate) fn path(&self, text: &str) -> Result<PathBuf, ConfigError> {
        match text.strip_prefix('~') {
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '\\']) => match self.home()? {
                Some(home) => Ok(home.join(rest.trim_start_matches(['/', '\\']))),
                None => Err(ConfigError::setting("HOME", format!("is not set, but `{text}` stands below it"))),
            },
            _ => Ok(text.into()),
        }
    }
}

// By hand: variables and files hold secrets.
impl Debug for Environment {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.given.variables.keys().collect();
        f.debug_struct("Environment").field("alone", &self.alone).field("variables", &names).finish_non_exhaustive()
    }
}
