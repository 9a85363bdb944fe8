//! What a service template's folder says about its registration.

use super::scan::ABOUT;
use crate::bundle;
use proton_sdk::types::{CompatibleEnvironmentTemplateInput, ServiceTemplateSupportedComponentSourceType};
use serde_json::Value;
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
        let about = match (files.get(file), files.get(old)) {
            (Some(text), _) => from_yaml(text).map_err(|reason| format!("{file}{reason}"))?,
            (None, Some(lines)) => {
                let names = lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
                Self { compatible: names.map(environment).collect::<Result<_, _>>()?, component_sources: None }
            }
            (None, None) => return Err(format!("{file} is missing: it lists compatible_environments.")),
        };
        if about.compatible.is_empty() {
            return Err(format!("{file} names no compatible environment template."));
        }
        Ok(about)
    }
}

fn from_yaml(text: &str) -> Result<About, String> {
    let content = bundle::yaml(text).map_err(|error| format!(", {error}."))?;
    let list = |name: &str| {
        let Some(value) = content.get(name) else { return Ok(None) };
        let items = value.as_array().map(|items| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        items.flatten().map(Some).ok_or_else(|| format!(": {name} is not a list of texts."))
    };
    let compatible = list("compatible_environments")?.unwrap_or_default().into_iter().map(environment);
    let compatible = compatible.collect::<Result<_, _>>().map_err(|reason| format!(": {reason}"))?;
    let sources = list("supported_component_sources")?.map(|sources| sources.into_iter().map(source).collect());
    Ok(About { compatible, component_sources: sources.transpose().map_err(|reason| format!(": {reason}"))? })
}

fn source(text: &str) -> Result<ServiceTemplateSupportedComponentSourceType, String> {
    match ServiceTemplateSupportedComponentSourceType::from(text) {
        known @ ServiceTemplateSupportedComponentSourceType::DirectlyDefined => Ok(known),
        _ => Err(format!("There is no component source {text}.")),
    }
}

fn environment(text: &str) -> Result<CompatibleEnvironmentTemplateInput, String> {
    let wrong = || format!("{text} is not of the form TEMPLATE:MAJOR.");
    let (template, major) = text.split_once(':').ok_or_else(wrong)?;
    let input =
        CompatibleEnvironmentTemplateInput::builder().template_name(template.trim()).major_version(major.trim());
    input.build().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::{ABOUT, About};
    use std::collections::BTreeMap;

    fn read(files: &[(&str, &str)]) -> Result<About, String> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        About::read(&files.collect::<BTreeMap<_, _>>())
    }

    #[test]
    fn the_file_says_where_services_run_and_what_they_accept() {
        let text = "compatible_environments:\n  - net:1\n  - net:2\nsupported_component_sources: [DIRECTLY_DEFINED]\n";
        let found = read(&[(ABOUT[0], text), (ABOUT[1], "old:1")]).unwrap();
        let names: Vec<_> = found.compatible.iter().map(|one| (one.template_name(), one.major_version())).collect();
        assert_eq!(names, [("net", "1"), ("net", "2")]);
        assert_eq!(found.component_sources.unwrap().len(), 1);
    }

    #[test]
    fn the_old_form_is_a_name_a_line() {
        let found = read(&[(ABOUT[1], "# old\n\n net:1 \n")]).unwrap();
        assert_eq!((found.compatible.len(), found.component_sources), (1, None));
    }

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        for (files, said) in [
            (&[][..], ".template-registration.yaml is missing"),
            (&[(ABOUT[1], "\n")][..], "names no compatible environment template"),
            (&[(ABOUT[0], "supported_component_sources: []")], "names no compatible environment template"),
            (&[(ABOUT[0], "compatible_environments: net:1")], "compatible_environments is not a list"),
            (&[(ABOUT[0], "compatible_environments: [net]")], "net is not of the form TEMPLATE:MAJOR"),
            (&[(ABOUT[0], "a: [\n")], "line 2"),
            (
                &[(ABOUT[0], "compatible_environments: [net:1]\nsupported_component_sources: [S3]")],
                "no component source S3",
            ),
        ] {
            let error = read(files).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
