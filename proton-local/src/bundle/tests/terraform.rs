//! What stands beside Terraform code, byte for byte.

use crate::bundle::render::{EnvironmentValues, Namespaces, ServiceValues, Stamp, render_component};
use serde_json::json;

const MANIFEST: &str =
    "infrastructure: {templates: [{file: main.tf, rendering_engine: hcl, template_language: terraform}]}";

fn stamp(deleted: bool) -> Stamp {
    Stamp {
        arn: "arn:aws:proton:us-east-1:123456789012:service/shop/service-instance/dev".into(),
        deployment_id: "0f0e0d0c-0000-4000-8000-000000000001".into(),
        template: Some(("arn:aws:proton:us-east-1:123456789012:service-template/web".into(), "1".into(), "2".into())),
        environment_arn: Some("arn:aws:proton:us-east-1:123456789012:environment/beta".into()),
        tags: [("proton:service".to_owned(), "shop".to_owned())].into(),
        deleted,
    }
}

fn instance() -> Namespaces {
    Namespaces::Instance {
        environment: EnvironmentValues { name: "beta".into(), account_id: "123456789012".into(), ..Default::default() },
        service: ServiceValues { name: "shop".into(), ..ServiceValues::default() },
        name: "dev".into(),
        inputs: json!({"zones": ["a"], "public": true, "port": 80}),
        component: None,
    }
}

#[test]
fn values_keep_their_types_and_the_order_that_proton_writes() {
    let (_, files) = render_component(MANIFEST, "locals {}\n", &instance(), &stamp(false)).unwrap();
    let values = &files["proton.auto.tfvars.json"];
    let keys = [
        "account_id",
        "name\": \"beta",
        "outputs",
        "service\"",
        "service_instance\"",
        "name\": \"dev",
        "inputs",
        "proton_tags",
        "//",
    ];
    let places: Vec<_> =
        keys.iter().map(|key| values.find(key).unwrap_or_else(|| panic!("{key} in {values}"))).collect();
    assert!(places.is_sorted(), "{values}");
    let read: serde_json::Value = serde_json::from_str(values).unwrap();
    assert_eq!(read["service_instance"]["inputs"], json!({"zones": ["a"], "public": true, "port": 80}));
    assert!(
        files["main.tf"].starts_with("/*\nThis file is managed by Proton")
            && files["main.tf"].ends_with("*/\n\nlocals {}\n")
    );
    assert!(files["proton.service_instance.variables.tf"].contains("inputs     = any"));
}

#[test]
fn metadata_is_as_proton_wrote_it() {
    let (_, files) = render_component(MANIFEST, "", &instance(), &stamp(false)).unwrap();
    assert_eq!(
        files[".proton/deployment-metadata.json"],
        "{\n  \"deploymentId\" : \"0f0e0d0c-0000-4000-8000-000000000001\",\n  \"isResourceDeleted\" : false,\n  \"resourceMetadata\" : {\n    \
         \"arn\" : \"arn:aws:proton:us-east-1:123456789012:service/shop/service-instance/dev\",\n    \
         \"templateArn\" : \"arn:aws:proton:us-east-1:123456789012:service-template/web\",\n    \"templateMajorVersion\" : \"1\",\n    \
         \"templateMinorVersion\" : \"2\",\n    \"environmentArn\" : \"arn:aws:proton:us-east-1:123456789012:environment/beta\"\n  }\n}"
    );
    let (_, files) = render_component(MANIFEST, "", &instance(), &stamp(true)).unwrap();
    let metadata = &files[".proton/deployment-metadata.json"];
    assert!(metadata.contains("\"<proton-resource-deleted>\"") && metadata.contains("\"isResourceDeleted\" : true"));
    assert!(files["main.tf"].contains("no longer managed"));
}
