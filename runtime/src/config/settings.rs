//! Variables of the environment and keys of a profile, looked up together.

use super::{Environment, Region};
use crate::endpoint::functions::is_valid_host_label;
use crate::error::ConfigError;
use crate::profile::{Group, SharedFiles};
use std::fmt::Display;
use std::path::PathBuf;

/// The environment, the shared files, and the profile that is chosen.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) environment: Environment,
    pub(crate) files: SharedFiles,
    pub(crate) profile: String,
}

/// A value, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) text: String,
    place: String,
}

impl Settings {
    /// Reads the shared files. The profile is that of `AWS_PROFILE`, then `AWS_DEFAULT_PROFILE`, then `default`; only
    /// the last may be missing.
    pub(crate) fn load(environment: &Environment) -> Result<Self, ConfigError> {
        let files = SharedFiles::load(environment)?;
        for variable in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] {
            let Some(profile) = environment.variable(variable)? else { continue };
            if files.profile(&profile).is_none() && profile != "default" {
                return Err(ConfigError::setting(variable, files.without(&profile)));
            }
            return Ok(Self { environment: environment.clone(), files, profile });
        }
        Ok(Self { environment: environment.clone(), files, profile: "default".to_owned() })
    }

    /// The section of the chosen profile.
    pub(crate) fn group(&self) -> Option<&Group> {
        self.files.profile(&self.profile)
    }

    pub(crate) fn variable(&self, name: &str) -> Result<Option<Setting>, ConfigError> {
        Ok(self.environment.variable(name)?.map(|text| Setting { text, place: name.to_owned() }))
    }

    pub(crate) fn key(&self, key: &str) -> Option<Setting> {
        let entry = self.group()?.get(key)?;
        Some(Setting { text: entry.value().to_owned(), place: entry.place() })
    }

    /// The variable, or else the profile's key.
    pub(crate) fn find(&self, variable: &str, key: &str) -> Result<Option<Setting>, ConfigError> {
        Ok(self.variable(variable)?.or_else(|| self.key(key)))
    }

    pub(crate) fn flag(&self, variable: &str, key: &str) -> Result<Option<bool>, ConfigError> {
        self.find(variable, key)?.map(|setting| setting.flag()).transpose()
    }

    /// The file with the certificates to trust.
    pub(crate) fn ca_bundle(&self) -> Result<Option<PathBuf>, ConfigError> {
        let Some(setting) = self.find("AWS_CA_BUNDLE", "ca_bundle")? else { return Ok(None) };
        let path = self.environment.path(&setting.text)?;
        match self.environment.file(&path)? {
            Some(_) => Ok(Some(path)),
            None => Err(ConfigError::setting(setting.place, format!("there is no file `{}`", path.display()))),
        }
    }

    /// The Region of the environment, or else of the profile, or of a profile whose credentials it takes.
    pub(crate) fn region(&self) -> Result<Option<Region>, ConfigError> {
        for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if let Some(setting) = self.variable(variable)? {
                return setting.region().map(Some);
            }
        }
        let mut seen = vec![self.profile.as_str()];
        while let Some(profile) = seen.last().and_then(|name| self.files.profile(name)) {
            if let Some(entry) = profile.get("region") {
                return Setting { text: entry.value().to_owned(), place: entry.place() }.region().map(Some);
            }
            match profile.get("source_profile") {
                Some(source) if !seen.contains(&source.value()) => seen.push(source.value()),
                _ => break,
            }
        }
        Ok(None)
    }

    /// Where calls to the service with this SDK id go instead of its own endpoint: the service's variable, the one
    /// for all services, the service's key in the `[services …]` section of the profile, the profile's own key.
    pub(crate) fn endpoint_url(&self, service_id: &str) -> Result<Option<Setting>, ConfigError> {
        let flag = self.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")?;
        if flag == Some(true) {
            return Ok(None);
        }
        let id = service_id.replace([' ', '-'], "_");
        if let Some(own) = self.variable(&format!("AWS_ENDPOINT_URL_{}", id.to_uppercase()))? {
            return Ok(Some(own));
        }
        if let Some(all) = self.variable("AWS_ENDPOINT_URL")? {
            return Ok(Some(all));
        }
        Ok(self.service_section_url(&id.to_lowercase())?.or_else(|| self.key("endpoint_url")))
    }

    fn service_section_url(&self, id: &str) -> Result<Option<Setting>, ConfigError> {
        let Some(name) = self.group().and_then(|profile| profile.get("services")) else { return Ok(None) };
        let Some(section) = self.files.services(name.value()) else {
            return Err(name.refuse(format!("there is no section `[services {}]`", name.value())));
        };
        let url = section.get(id).and_then(|service| service.nested("endpoint_url"));
        Ok(url.map(|entry| Setting { text: entry.value().to_owned(), place: entry.place() }))
    }
}

impl Setting {
    /// Another text in the same place.
    pub(crate) fn with_text(self, text: String) -> Self {
        Self { text, ..self }
    }

    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong with the value.
    pub(crate) fn refuse(&self, reason: impl Display) -> ConfigError {
        ConfigError::setting(&self.place, format!("`{}` {reason}", self.text))
    }

    pub(crate) fn flag(&self) -> Result<bool, ConfigError> {
        match self.text.to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.refuse("is neither `true` nor `false`")),
        }
    }

    fn region(self) -> Result<Region, ConfigError> {
        if is_valid_host_label(&self.text, true) {
            return Ok(Region::new(self.text));
        }
        Err(self.refuse("is no Region: use letters, digits and dashes, as in `eu-west-1`"))
    }
}
