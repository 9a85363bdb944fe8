//! What Proton writes beside Terraform code: variables, their values, and what the deployment was.

use super::{Namespaces, pretty};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What marks the files of one deployment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stamp {
    /// The resource's ARN.
    pub(crate) arn: String,
    /// The deployment's id.
    pub(crate) deployment_id: String,
    /// The template's ARN and the version's numbers; a component has none.
    pub(crate) template: Option<(String, String, String)>,
    /// The environment's ARN, of a resource that is in one.
    pub(crate) environment_arn: Option<String>,
    /// The managed tags, as infrastructure gets them.
    pub(crate) tags: BTreeMap<String, String>,
    /// Whether the resource is removed.
    pub(crate) deleted: bool,
}

/// The code below a comment that says who manages it.
pub(super) fn with_header(code: &str, stamp: &Stamp) -> String {
    let arn = &stamp.arn;
    let note = if stamp.deleted {
        format!(
            "This file belonged to the Proton resource {arn}, which was deleted.\nIt is no longer managed: keep it or remove it as you see fit."
        )
    } else {
        format!(
            "This file is managed by Proton for the resource {arn}.\nEdits are overwritten by the next deployment. If you remove the resource by hand, remove this file too."
        )
    };
    format!("/*\n{note}\n*/\n\n{code}")
}

/// The files that go with the code.
pub(super) fn generated(namespaces: &Namespaces, stamp: &Stamp) -> Vec<(String, String)> {
    vec![
        (format!("proton.{}.variables.tf", namespaces.kind()), variables(namespaces)),
        ("proton.auto.tfvars.json".to_owned(), values(namespaces, stamp)),
        (".proton/deployment-metadata.json".to_owned(), metadata(namespaces, stamp)),
    ]
}

fn variables(namespaces: &Namespaces) -> String {
    const IN_ENVIRONMENT: &str =
        "object({\n    account_id = string\n    name       = string\n    outputs    = map(string)\n  })";
    const SERVICE: &str = "object({\n    name                      = string\n    repository_id             = optional(string)\n    repository_connection_arn = optional(string)\n    branch_name               = optional(string)\n  })";
    const NAMED: &str = "object({\n    name   = string\n    inputs = any\n  })";
    let list: &[(&str, &str, bool)] = match namespaces {
        Namespaces::Environment { .. } => &[("environment", NAMED, true)],
        Namespaces::Instance { .. } => &[
            ("environment", IN_ENVIRONMENT, true),
            ("service", SERVICE, false),
            (
                "service_instance",
                "object({\n    name       = string\n    inputs     = any\n    components = any\n  })",
                true,
            ),
        ],
        Namespaces::Pipeline { .. } => &[
            ("pipeline", "object({\n    inputs = any\n  })", true),
            ("service", SERVICE, false),
            (
                "service_instances",
                "list(object({\n    name        = string\n    inputs      = any\n    outputs     = map(string)\n    environment = object({\n      account_id = string\n      name       = string\n      outputs    = map(string)\n    })\n  }))",
                false,
            ),
        ],
        Namespaces::Component { attached, .. } => {
            if attached.is_some() {
                &[
                    ("component", "object({\n    name = string\n  })", true),
                    ("environment", IN_ENVIRONMENT, true),
                    ("service", "object({\n    name = string\n  })", true),
                    ("service_instance", NAMED, true),
                ]
            } else {
                &[("component", "object({\n    name = string\n  })", true), ("environment", IN_ENVIRONMENT, true)]
            }
        }
    };
    let mut text = String::new();
    for (name, kind, optional) in list.iter().chain(&[("proton_tags", "map(string)", true)]) {
        let default = if *optional { "\n  default = null" } else { "" };
        text += &format!("variable \"{name}\" {{\n  type = {kind}{default}\n}}\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The values, in the order in which Proton writes them.
fn values(namespaces: &Namespaces, stamp: &Stamp) -> String {
    let mut entries = namespaces.entries();
    entries.push(("proton_tags", json!(stamp.tags)));
    entries.push(("//", json!(stamp.arn)));
    let lines = entries.iter().map(|(name, value)| format!("  {}: {}", Json::from(*name), ordered(value, 1)));
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// JSON whose objects begin with what tells them apart; other keys follow in the order of the alphabet.
fn ordered(value: &Json, depth: usize) -> String {
    const FIRST: [&str; 5] = ["account_id", "name", "inputs", "outputs", "repository_id"];
    let Some(entries) = value.as_object().filter(|entries| !entries.is_empty()) else {
        let indent = format!("\n{}", "  ".repeat(depth));
        return match value.as_array().filter(|items| items.iter().any(Json::is_object)) {
            Some(items) => {
                let items: Vec<_> =
                    items.iter().map(|item| format!("{indent}  {}", ordered(item, depth + 1))).collect();
                format!("[{}{indent}]", items.join(","))
            }
            None => pretty(value).trim_end().replace('\n', &indent),
        };
    };
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(key, _)| FIRST.iter().position(|first| first == key).unwrap_or(FIRST.len()));
    let indent = "  ".repeat(depth);
    let line = |(key, value): (&String, &Json)| {
        format!("{indent}  {}: {}", Json::from(key.as_str()), ordered(value, depth + 1))
    };
    format!("{{\n{}\n{indent}}}", entries.into_iter().map(line).collect::<Vec<_>>().join(",\n"))
}

/// `"key" : value`, two spaces in, no line break at the end: as Proton wrote it.
fn metadata(namespaces: &Namespaces, stamp: &Stamp) -> String {
    let key = if matches!(namespaces, Namespaces::Component { .. }) { "componentMetadata" } else { "resourceMetadata" };
    let mut lines = vec![format!("    \"arn\" : {}", Json::from(stamp.arn.as_str()))];
    if let Some((arn, major, minor)) = &stamp.template {
        lines.push(format!("    \"templateArn\" : {}", Json::from(arn.as_str())));
        lines.push(format!("    \"templateMajorVersion\" : {}", Json::from(major.as_str())));
        lines.push(format!("    \"templateMinorVersion\" : {}", Json::from(minor.as_str())));
    }
    if let Some(arn) = &stamp.environment_arn {
        lines.push(format!("    \"environmentArn\" : {}", Json::from(arn.as_str())));
    }
    let id = if stamp.deleted { "<proton-resource-deleted>" } else { &stamp.deployment_id };
    format!(
        "{{\n  \"deploymentId\" : {},\n  \"isResourceDeleted\" : {},\n  \"{key}\" : {{\n{}\n  }}\n}}",
        Json::from(id),
        stamp.deleted,
        lines.join(",\n")
    )
}
