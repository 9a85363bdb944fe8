//! What deployments render.

use super::*;
use crate::operations::components::{create_component, delete_component, get_component};
use crate::operations::notify::notify_resource_deployment_status_change;
use crate::testkit::Kit;
use proton_sdk::operation::create_component::CreateComponentInput;
use proton_sdk::operation::delete_component::DeleteComponentInput;
use proton_sdk::operation::get_component::GetComponentInput;
use proton_sdk::operation::notify_resource_deployment_status_change::NotifyResourceDeploymentStatusChangeInput;
use proton_sdk::types::{Component, ResourceDeploymentStatus};
use std::collections::BTreeMap;

const TERRAFORM: &str =
    "infrastructure: {templates: [{file: main.tf, rendering_engine: hcl, template_language: terraform}]}";
const CLOUDFORMATION: &str =
    "infrastructure: {templates: [{file: queue.yaml, rendering_engine: jinja, template_language: cloudformation}]}";

fn create(kit: &Kit, manifest: &str, template: &str) -> Component {
    let input = CreateComponentInput::builder().name("queue").environment_name("staging");
    let input = input.manifest(manifest).template_file(template).build().unwrap();
    kit.write(create_component, input).unwrap().component.unwrap()
}

/// Removes the component; the files that this has rendered.
fn remove(kit: &Kit) -> BTreeMap<String, String> {
    let input = DeleteComponentInput::builder().name("queue").build().unwrap();
    let going = kit.write(delete_component, input).unwrap().component.unwrap();
    kit.settle();
    let input = GetComponentInput::builder().name("queue").build().unwrap();
    assert!(matches!(kit.read(get_component, input), Err(Fault::NotFound(_))), "it is gone");
    let id = going.last_attempted_deployment_id.unwrap();
    let files = |reader: &Reader<'_>, ()| {
        let record: DeploymentRecord = reader.require(&id, "deployment")?;
        let text = |(path, hash): (String, String)| {
            let content = reader.file(&hash)?.unwrap_or_default();
            Ok((path, String::from_utf8(content).unwrap()))
        };
        record.rendered.unwrap_or_default().into_iter().map(text).collect()
    };
    kit.read(files, ()).unwrap()
}

#[test]
fn the_removal_of_terraform_code_says_in_its_files_that_the_resource_is_deleted() {
    let kit = Kit::shop();
    let made = create(&kit, TERRAFORM, "output \"url\" {\n  value = \"x\"\n}\n");
    kit.settle();
    let report = NotifyResourceDeploymentStatusChangeInput::builder().resource_arn(&made.arn);
    let report = report.status(ResourceDeploymentStatus::Succeeded).build().unwrap();
    kit.write(notify_resource_deployment_status_change, report).unwrap();

    let files = remove(&kit);
    let metadata: serde_json::Value = serde_json::from_str(&files[".proton/deployment-metadata.json"]).unwrap();
    assert_eq!(metadata["isResourceDeleted"], true);
    assert_eq!(metadata["deploymentId"], "<proton-resource-deleted>");
    assert_eq!(metadata["componentMetadata"]["arn"], made.arn);
    let code = &files["main.tf"];
    assert!(code.contains("no longer managed") && code.contains("output \"url\""), "{code}");
    assert!(files.contains_key("proton.auto.tfvars.json"), "the files stay");
}

#[test]
fn the_removal_of_a_stack_renders_nothing() {
    let kit = Kit::shop();
    create(&kit, CLOUDFORMATION, "Resources: {}\n");
    kit.settle();
    assert_eq!(remove(&kit), BTreeMap::new());
}

#[test]
fn what_cannot_be_rendered_any_more_can_be_removed() {
    let kit = Kit::shop();
    create(&kit, CLOUDFORMATION, "Resources: {{ nothing }}\n");
    kit.settle();
    assert_eq!(remove(&kit), BTreeMap::new());
}
