//! Rendering: from a bundle's templates and the values that they may read to the text that is provisioned.

mod codebuild;
mod filters;
mod jinja;
mod namespaces;
pub(crate) mod outputs;
mod terraform;
mod unknown;

pub(crate) use jinja::check_template;
pub(crate) use namespaces::{ComponentOf, EnvironmentValues, InstanceValues, Namespaces, ServiceValues};
pub(crate) use terraform::Stamp;

use super::report::Fault;
use super::yaml::{self, Place};
use super::{Files, Part, check};
use crate::records::Method;
use std::collections::BTreeMap;

/// A template that cannot be rendered.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{file}{}: {reason}", at.map(|at| format!(":{at}")).unwrap_or_default())]
pub(crate) struct RenderError {
    /// The file, as the bundle calls it.
    pub(crate) file: String,
    /// Where in the file, as far as it is known.
    pub(crate) at: Option<Place>,
    /// Why.
    pub(crate) reason: String,
}

impl RenderError {
    /// About a whole file.
    pub(crate) fn whole(file: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { file: file.into(), at: None, reason: reason.into() }
    }

    /// The same in a report about the bundle.
    pub(crate) fn into_fault(self) -> Fault {
        Fault { file: self.file, at: self.at, reason: self.reason, hint: None }
    }
}

/// Renders a part of a checked bundle: paths to texts.
///
/// # Errors
/// A template that reads what is not there, or breaks a limit.
pub(crate) fn render_part(
    files: &Files,
    part: Part,
    namespaces: &Namespaces,
    stamp: &Stamp,
) -> Result<BTreeMap<String, String>, RenderError> {
    let folder = part.folder();
    let missing = || RenderError::whole(format!("{folder}/manifest.yaml"), "the manifest is missing or broken");
    let manifest = check::manifest_of(files, part).ok_or_else(missing)?;
    let prefix = format!("{}{folder}/", check::root(files));
    let inside = || files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
    let text = |path: &str, content: &[u8]| match std::str::from_utf8(content) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(RenderError::whole(path, "the file is not UTF-8 text")),
    };
    let mut rendered = BTreeMap::new();
    match manifest.method {
        Method::CloudFormation => {
            let name = manifest.file.unwrap_or_default();
            let path = format!("{folder}/{name}");
            let content = files.get(&format!("{prefix}{name}"));
            let content = content.ok_or_else(|| RenderError::whole(&path, "the file is missing"))?;
            rendered.insert(name, jinja::render(&path, &text(&path, content)?, namespaces)?);
        }
        Method::Terraform => {
            for (path, content) in inside() {
                let name = &path[prefix.len()..];
                if name.ends_with(".tf") && manifest.file.as_deref().is_none_or(|only| only == name) {
                    rendered.insert(name.to_owned(), terraform::with_header(&text(path, content)?, stamp));
                }
            }
            rendered.extend(terraform::generated(namespaces, stamp));
        }
        Method::CodeBuild => {
            for (path, content) in inside() {
                let name = &path[prefix.len()..];
                // What is not text stays out of what is served for inspection.
                if let (false, Ok(content)) = (name == "manifest.yaml", text(path, content)) {
                    rendered.insert(name.to_owned(), content);
                }
            }
            let settings = manifest.codebuild.unwrap_or_default();
            rendered.extend(codebuild::render(&settings, &format!("{folder}/manifest.yaml"), namespaces)?);
        }
        Method::CustomerManaged => {}
    }
    Ok(rendered)
}

/// Renders a component's file as its manifest says.
///
/// # Errors
/// A manifest or template that is wrong.
pub(crate) fn render_component(
    manifest: &str,
    template: &str,
    namespaces: &Namespaces,
    stamp: &Stamp,
) -> Result<(Method, BTreeMap<String, String>), RenderError> {
    let read = component_manifest(manifest).map_err(|fault| RenderError::whole("manifest", fault.to_string()))?;
    let name = read.file.unwrap_or_else(|| "component.tf".to_owned());
    let mut rendered = BTreeMap::new();
    if read.method == Method::Terraform {
        rendered.insert(name, terraform::with_header(template, stamp));
        rendered.extend(terraform::generated(namespaces, stamp));
    } else {
        let text = jinja::render(&name, template, namespaces)?;
        rendered.insert(name, text);
    }
    Ok((read.method, rendered))
}

/// Reads a component's manifest, which is given inline.
///
/// # Errors
/// The first thing that is wrong.
pub(crate) fn component_manifest(manifest: &str) -> Result<super::Manifest, Fault> {
    let mut faults = Vec::new();
    let read = super::manifest::read("manifest", manifest, &mut faults);
    match read {
        Some(manifest) if manifest.method != Method::CodeBuild => Ok(manifest),
        Some(_) => Err(Fault::whole("manifest", "a component cannot be provisioned by CodeBuild")),
        None => Err(faults.into_iter().next().unwrap_or_else(|| Fault::whole("manifest", "it is empty"))),
    }
}

/// Whether a rendered file whose name says that it is YAML or JSON is so.
///
/// # Errors
/// The first place that is not.
pub(crate) fn check_rendered(path: &str, text: &str) -> Result<(), Fault> {
    if ![".yaml", ".yml", ".json"].iter().any(|end| path.ends_with(end)) {
        return Ok(());
    }
    yaml::parse(text).map(drop).map_err(|error| Fault::yaml(path, error).hint("in the rendered file"))
}

fn pretty(json: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(json).unwrap_or_default();
    text.push('\n');
    text
}
