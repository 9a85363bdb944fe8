//! What a service template's folder says about its registration.

use super::scan::ABOUT;
use proton_sdk::types::{CompatibleEnvironmentTemplateInput, ServiceTemplateSupportedComponentSourceType};
use std::collections::BTreeMap;

/// How a version is registered.
#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) compatible: Vec<CompatibleEnvironmentTemplateInput>,
    pub(super) component_sources: Option<Vec<ServiceTemplateSupportedComponentSourceType>>,
}

impl About {
    /// Reads the files beside a bundle, by name; the old form counts where the new one is absent.
    ///
    /// # Errors
    /// None of them is there or they do not say with which environments the version is compatible.
    pub(super) fn read(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let [file, old] = ABOUT;
        let Some(lines) = files.get(old) else {
            return Err(format!("{file} is missing: it lists compatible_environments."));
        };
        let compatible = lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let compatible = compatible.map(environment).collect::<Result<Vec<_>, _>>()?;
        if compatible.is_empty() {
            return Err(format!("{old} names no environment template."));
        }
        Ok(Self { compatible, component_sources: None })
    }
}

fn environment(text: &str) -> Result<CompatibleEnvironmentTemplateInput, String> {
    let wrong = || format!("{text} is not of the form TEMPLATE:MAJOR.");
    let (template, major) = text.split_once(':').ok_or_else(wrong)?;
    let input =
        CompatibleEnvironmentTemplateInput::builder().template_name(template.trim()).major_version(major.trim());
    input.build().map_err(|_| wrong())
}
