//! What CodeBuild runs: the commands, the file that they read the inputs from, further properties of the project.

use super::{Namespaces, RenderError, jinja, pretty};
use crate::bundle::manifest::{CodeBuild, Command, InputType};
use serde_json::{Map, Value as Json};

/// The files that go with the bundle's own; `manifest` is what messages call the file that the commands are in.
pub(super) fn render(
    settings: &CodeBuild,
    manifest: &str,
    namespaces: &Namespaces,
) -> Result<Vec<(String, String)>, RenderError> {
    let mut files = vec![match settings.input {
        InputType::Json => ("proton-inputs.json".to_owned(), pretty(&namespaces.json())),
        InputType::Hcl => ("proton-inputs.tfvars".to_owned(), tfvars(namespaces)),
    }];
    for (name, commands) in [("provision.sh", &settings.provision), ("deprovision.sh", &settings.deprovision)] {
        let mut script = String::new();
        for Command { at, text } in commands {
            // A command may have several lines; what is known for sure is where it begins.
            let rendered = jinja::render(manifest, text, namespaces);
            let rendered = rendered.map_err(|error| RenderError { at: Some(*at), ..error })?;
            script += rendered.trim_end_matches('\n');
            script.push('\n');
        }
        files.push((name.to_owned(), script));
    }
    if let Some(properties) = &settings.project_properties {
        let properties = render_strings(properties, manifest, namespaces)?;
        files.push(("project_properties.json".to_owned(), pretty(&properties)));
    }
    Ok(files)
}

fn render_strings(value: &Json, manifest: &str, namespaces: &Namespaces) -> Result<Json, RenderError> {
    Ok(match value {
        Json::String(text) => {
            let rendered = jinja::render(manifest, text, namespaces);
            let within = |reason: String| format!("project_properties: {reason}");
            rendered.map_err(|error| RenderError { at: None, reason: within(error.reason), ..error })?.into()
        }
        Json::Array(items) => {
            let items = items.iter().map(|item| render_strings(item, manifest, namespaces));
            items.collect::<Result<Vec<_>, _>>()?.into()
        }
        Json::Object(entries) => {
            let entries =
                entries.iter().map(|(key, value)| Ok((key.clone(), render_strings(value, manifest, namespaces)?)));
            entries.collect::<Result<Map<_, _>, RenderError>>()?.into()
        }
        other => other.clone(),
    })
}

fn tfvars(namespaces: &Namespaces) -> String {
    namespaces.entries().iter().map(|(name, value)| format!("{name} = {}\n", hcl(value, 0))).collect()
}

/// A value as Terraform writes it.
fn hcl(value: &Json, depth: usize) -> String {
    let (inner, close) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    match value {
        Json::Array(items) if !items.is_empty() => {
            let items = items.iter().map(|item| format!("{inner}{},\n", hcl(item, depth + 1)));
            format!("[\n{}{close}]", items.collect::<String>())
        }
        Json::Object(entries) if !entries.is_empty() => {
            let line = |(key, value): (&String, &Json)| format!("{inner}{} = {}\n", quoted(key), hcl(value, depth + 1));
            format!("{{\n{}{close}}}", entries.iter().map(line).collect::<String>())
        }
        Json::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// `${` and `%{` begin expressions of Terraform.
fn quoted(text: &str) -> String {
    Json::from(text).to_string().replace("${", "$${").replace("%{", "%%{")
}
