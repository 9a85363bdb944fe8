//! Both shared files, found, read and laid over each other.

use super::{File, Property, Section, parse};
use crate::config::Environment;
use crate::error::ConfigError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Profiles and other sections by name. The credentials file wins over the config file, later lines over earlier ones.
#[derive(Debug, Default)]
pub(crate) struct SharedFiles {
    profiles: BTreeMap<String, Group>,
    services: BTreeMap<String, Group>,
    /// Where a header stands that names a profile in the other file's way, and the header that it should be.
    misplaced: BTreeMap<String, String>,
    /// Where the files are or would be.
    pub(crate) places: Vec<(Kind, PathBuf)>,
}

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Config,
    Credentials,
}

/// The properties of all sections with one name.
#[derive(Debug, Default)]
pub(crate) struct Group(BTreeMap<String, Entry>);

/// A property and the file that it is from.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    property: Property,
    file: Arc<Path>,
}

impl SharedFiles {
    /// Reads the files that the environment names, or those in the home directory; these need not exist.
    pub(crate) fn load(environment: &Environment) -> Result<Self, ConfigError> {
        let mut files = Self::default();
        for (kind, variable, name) in [
            (Kind::Config, "AWS_CONFIG_FILE", "config"),
            (Kind::Credentials, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
        ] {
            let named = environment.variable(variable)?;
            let path = match &named {
                Some(path) => environment.path(path)?,
                None => match environment.home()? {
                    Some(home) => home.join(".aws").join(name),
                    None => continue,
                },
            };
            files.places.push((kind, path.clone()));
            match environment.file(&path)? {
                Some(text) => files.add(kind, &text, path.into())?,
                None if named.is_some() => {
                    let reason = format!("there is no file `{}`", path.display());
                    return Err(ConfigError::setting(variable, reason));
                }
                None => {}
            }
        }
        Ok(files)
    }

    fn add(&mut self, kind: Kind, text: &str, path: Arc<Path>) -> Result<(), ConfigError> {
        let File { sections } = parse(text)
            .map_err(|error| ConfigError::setting(format_args!("{}:{}", path.display(), error.line), error.reason))?;
        let named_default = sections.iter().any(|section| section.kind == "profile" && section.name == "default");
        for section in sections {
            let groups = match (kind, section.kind.as_str()) {
                (Kind::Config, "") if section.name == "default" => {
                    if named_default {
                        continue;
                    }
                    &mut self.profiles
                }
                (Kind::Config, "profile") | (Kind::Credentials, "") => &mut self.profiles,
                (Kind::Config, "services") => &mut self.services,
                _ => {
                    self.note_misplaced(kind, &section, &path);
                    continue;
                }
            };
            let Group(entries) = groups.entry(section.name).or_default();
            for property in section.properties {
                entries.insert(property.key.clone(), Entry { property, file: Arc::clone(&path) });
            }
        }
        Ok(())
    }

    fn note_misplaced(&mut self, kind: Kind, section: &Section, path: &Path) {
        let Section { name, line, .. } = section;
        let header = match (kind, section.kind.as_str()) {
            (Kind::Config, "") => format!("[profile {name}]"),
            (Kind::Credentials, "profile") => format!("[{name}]"),
            _ => return,
        };
        self.misplaced.insert(name.clone(), format!("{}:{line} should be `{header}`", path.display()));
    }

    pub(crate) fn profile(&self, name: &str) -> Option<&Group> {
        self.profiles.get(name)
    }

    pub(crate) fn services(&self, name: &str) -> Option<&Group> {
        self.services.get(name)
    }

    /// Where the files are or would be.
    pub(crate) fn places(&self) -> String {
        let places: Vec<_> = self.places.iter().map(|(_, path)| path.display().to_string()).collect();
        if places.is_empty() { "files, for want of a home directory".to_owned() } else { places.join(" or ") }
    }

    /// What to tell someone who asks for a profile that is not there.
    pub(crate) fn without(&self, profile: &str) -> String {
        let missing = format!("there is no profile `{profile}` in {}", self.places());
        match self.misplaced.get(profile) {
            Some(hint) => format!("{missing}: {hint}"),
            None if self.profiles.is_empty() => format!("{missing}: no profile is there"),
            None => {
                let names: Vec<_> = self.profiles.keys().map(|name| format!("`{name}`")).collect();
                format!("{missing}: there is {}", names.join(", "))
            }
        }
    }
}

impl Group {
    /// The property with this key; one without a value counts only for what is nested in it.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.0.get(key).filter(|entry| !entry.value().is_empty() || !entry.property.nested.is_empty())
    }

    /// The first of the keys that is there.
    pub(crate) fn first(&self, keys: &[&str]) -> Option<&Entry> {
        keys.iter().find_map(|key| self.get(key))
    }
}

impl Entry {
    pub(crate) fn value(&self) -> &str {
        &self.property.value
    }

    /// The property with this key below this one.
    pub(crate) fn nested(&self, key: &str) -> Option<Self> {
        let property =
            self.property.nested.iter().rev().find(|nested| nested.key == key && !nested.value.is_empty())?;
        Some(Self { property: property.clone(), file: Arc::clone(&self.file) })
    }

    /// File, line and key, for messages.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}: {}", self.file.display(), self.property.line, self.property.key)
    }

    /// What is wrong with the value.
    pub(crate) fn refuse(&self, reason: impl std::fmt::Display) -> ConfigError {
        ConfigError::setting(self.place(), reason)
    }
}
