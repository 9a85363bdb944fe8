//! `manifest.yaml`: which engine renders the files beside it, and who provisions them.

use super::render::check_template;
use super::report::Fault;
use super::yaml::{self, Node, Place, Value};
use crate::records::Method;

/// What a manifest says.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    /// Who provisions.
    pub(crate) method: Method,
    /// The one file that is rendered; none where all `.tf` files are, or the commands of CodeBuild.
    pub(crate) file: Option<String>,
    /// The settings of CodeBuild.
    pub(crate) codebuild: Option<CodeBuild>,
}

/// How CodeBuild provisions.
#[derive(Clone, Debug, Default)]
pub(crate) struct CodeBuild {
    /// Shell commands that build or change.
    pub(crate) provision: Vec<Command>,
    /// Shell commands that remove.
    pub(crate) deprovision: Vec<Command>,
    /// Further properties of the project; their strings are templates.
    pub(crate) project_properties: Option<serde_json::Value>,
    /// How the commands find the inputs.
    pub(crate) input: InputType,
}

/// A command, which is a template, and where the manifest has it.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    /// Where it begins.
    pub(crate) at: Place,
    /// Its text.
    pub(crate) text: String,
}

/// The form of the file that the commands read the inputs from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum InputType {
    /// `proton-inputs.json`.
    #[default]
    Json,
    /// A `.tfvars` file.
    Hcl,
}

const TEMPLATE_KEYS: &[&str] = &["file", "rendering_engine", "template_language", "settings", "input_type"];
const SETTINGS_KEYS: &[&str] =
    &["image", "runtimes", "env", "provision", "deprovision", "project_properties", "input_type"];

/// Reads a manifest; what is wrong goes to `faults`, and then there is none.
pub(crate) fn read(file: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Manifest> {
    let before = faults.len();
    let root = match yaml::parse(text) {
        Ok(root) => root,
        Err(error) => {
            faults.push(Fault::yaml(file, error));
            return None;
        }
    };
    let template = template(file, &root, faults)?;
    let manifest = entry(file, template, faults)?;
    (faults.len() == before).then_some(manifest)
}

fn template<'a>(file: &str, root: &'a Node, faults: &mut Vec<Fault>) -> Option<&'a Node> {
    for (key, node) in root.entries() {
        if key.text != "infrastructure" {
            let fault = Fault::at(file, key.at, format!("unknown key {:?}", key.text));
            faults.push(fault.hint("a manifest has `infrastructure:` alone"));
        } else if node.get("templates").is_none() {
            faults.push(Fault::at(file, node.at, "infrastructure has no templates"));
        }
    }
    let Some(infrastructure) = root.get("infrastructure") else {
        faults.push(Fault::at(file, root.at, "infrastructure is missing"));
        return None;
    };
    for (key, _) in infrastructure.entries().iter().filter(|(key, _)| key.text != "templates") {
        faults.push(Fault::at(file, key.at, format!("unknown key {:?} in infrastructure", key.text)));
    }
    let templates = infrastructure.get("templates")?;
    match templates.items() {
        [one] => Some(one),
        [] => {
            faults.push(Fault::at(file, templates.at, "templates must be a list with one entry"));
            None
        }
        [_, second, ..] => {
            let fault = Fault::at(file, second.at, "a second template; exactly one is taken");
            faults.push(fault.hint("put all resources into one file"));
            None
        }
    }
}

fn entry(file: &str, template: &Node, faults: &mut Vec<Fault>) -> Option<Manifest> {
    for (key, _) in template.entries() {
        if key.text == "engine" {
            let fault = Fault::at(file, key.at, "`engine` is a name from before the service's release");
            faults.push(fault.hint("write rendering_engine"));
            return None;
        } else if !TEMPLATE_KEYS.contains(&key.text.as_str()) {
            faults.push(Fault::at(file, key.at, format!("unknown key {:?} in a template", key.text)));
        }
    }
    let text = |key: &str| template.get(key).and_then(Node::text).map(str::to_owned);
    let engine = text("rendering_engine").map(|engine| engine.to_lowercase());
    let language = text("template_language").map(|language| language.to_lowercase());
    let name = text("file");
    let at = |key: &str| template.get(key).map_or(template.at, |node| node.at);
    let mut refuse = |key: &str, reason: String, hint: &str| {
        faults.push(Fault::at(file, at(key), reason).hint(hint));
        None
    };
    match engine.as_deref() {
        Some("jinja") => {
            if language.as_deref() != Some("cloudformation") {
                return refuse(
                    "template_language",
                    "jinja renders cloudformation".into(),
                    "template_language: cloudformation",
                );
            }
            match name {
                Some(name) if name == "*" => {
                    refuse("file", "CloudFormation takes one file".into(), "name it, such as cloudformation.yaml")
                }
                Some(name) => Some(Manifest { method: Method::CloudFormation, file: Some(name), codebuild: None }),
                None => refuse("file", "file is missing".into(), "name the template file beside the manifest"),
            }
        }
        Some("hcl") => {
            if language.as_deref() != Some("terraform") {
                return refuse("template_language", "hcl renders terraform".into(), "template_language: terraform");
            }
            match name {
                Some(name) if name == "*" => Some(Manifest { method: Method::Terraform, file: None, codebuild: None }),
                Some(name) if name.ends_with(".tf") => {
                    Some(Manifest { method: Method::Terraform, file: Some(name), codebuild: None })
                }
                _ => refuse("file", "file must be \"*\" or one .tf file".into(), "file: \"*\" takes all .tf files"),
            }
        }
        Some("codebuild") => {
            let codebuild = settings(file, template, faults)?;
            Some(Manifest { method: Method::CodeBuild, file: None, codebuild: Some(codebuild) })
        }
        Some(_) => refuse("rendering_engine", "unknown rendering_engine".into(), "one of jinja, hcl, codebuild"),
        None => refuse("rendering_engine", "rendering_engine is missing".into(), "one of jinja, hcl, codebuild"),
    }
}

fn settings(file: &str, template: &Node, faults: &mut Vec<Fault>) -> Option<CodeBuild> {
    let Some(settings) = template.get("settings") else {
        faults.push(Fault::at(file, template.at, "settings are missing").hint("codebuild needs image and provision"));
        return None;
    };
    for (key, _) in settings.entries().iter().filter(|(key, _)| !SETTINGS_KEYS.contains(&key.text.as_str())) {
        faults.push(Fault::at(file, key.at, format!("unknown key {:?} in settings", key.text)));
    }
    for key in ["runtimes", "env", "project_properties"] {
        if let Some(node) = settings.get(key).filter(|node| !matches!(node.value, Value::Map(_))) {
            faults.push(Fault::at(file, node.at, format!("{key} must be an object, not {}", node.kind())));
        }
    }
    // Where it stands is not documented; both places are read.
    let input = match settings.get("input_type").or_else(|| template.get("input_type")) {
        None => InputType::Json,
        Some(node) => match node.text() {
            Some("JSON") => InputType::Json,
            Some("HCL") => InputType::Hcl,
            _ => {
                faults.push(Fault::at(file, node.at, "input_type must be JSON or HCL"));
                InputType::Json
            }
        },
    };
    let properties = settings.get("project_properties");
    if let Some(properties) = properties {
        check_strings(file, properties, faults);
    }
    let mut commands = |key: &str| -> Vec<Command> {
        let Some(list) = settings.get(key) else { return Vec::new() };
        if !matches!(list.value, Value::List(_)) {
            faults.push(Fault::at(file, list.at, format!("{key} must be a list of commands, not {}", list.kind())));
        }
        for item in list.items().iter().filter(|item| item.text().is_none()) {
            faults.push(Fault::at(file, item.at, format!("a command of {key} must be a string, not {}", item.kind())));
        }
        for item in list.items() {
            check_strings(file, item, faults);
        }
        let command = |item: &Node| Some(Command { at: item.at, text: item.text()?.to_owned() });
        list.items().iter().filter_map(command).collect()
    };
    let (provision, deprovision) = (commands("provision"), commands("deprovision"));
    if provision.is_empty() {
        faults.push(Fault::at(file, settings.at, "provision has no command"));
    }
    Some(CodeBuild { provision, deprovision, project_properties: properties.map(Node::to_json), input })
}

/// Whether each string below a node is Jinja.
fn check_strings(file: &str, node: &Node, faults: &mut Vec<Fault>) {
    match &node.value {
        Value::Text(text) => {
            let found = check_template(file, text).into_iter();
            faults.extend(found.map(|error| Fault::at(file, node.at, error.reason)));
        }
        Value::List(items) => items.iter().for_each(|item| check_strings(file, item, faults)),
        Value::Map(entries) => entries.iter().for_each(|(_, value)| check_strings(file, value, faults)),
        _ => {}
    }
}
