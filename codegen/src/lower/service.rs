//! The service shape: which one, how it is called and how it speaks.

use crate::parse::{Kind, Model, Shape};
use crate::traits::TraitsExt;
use crate::{Error, docs, ir};
use serde::Deserialize;
use serde_json::json;

/// The service to generate.
pub(super) fn find<'a>(model: &'a Model, wanted: Option<&str>) -> Result<(&'a str, &'a Shape), Error> {
    let services = || {
        let all = model.shapes.iter().map(|(id, shape)| (id.as_str(), shape));
        all.filter(|(_, shape)| shape.kind == Kind::Service && !shape.traits.has("mixin"))
    };
    let fits = |id: &str| wanted.is_none_or(|wanted| wanted == id || wanted == super::graph::name(id));
    let mut fitting = services().filter(|(id, _)| fits(id));
    match (fitting.next(), fitting.next()) {
        (Some(service), None) => Ok(service),
        _ => {
            let names: Vec<_> = services().map(|(id, _)| format!("`{id}`")).collect();
            let found =
                if names.is_empty() { "no service".into() } else { format!("the services {}", names.join(", ")) };
            Err(Error::Service { found })
        }
    }
}

/// `aws.api#service`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct AwsService {
    sdk_id: Option<String>,
    arn_namespace: Option<String>,
    endpoint_prefix: Option<String>,
}

/// `aws.auth#sigv4`.
#[derive(Deserialize)]
struct SigV4 {
    name: String,
}

/// Settings of a client that only its endpoint rules read. No service that speaks awsJson has any.
const CLIENT_PARAMS: &str = "smithy.rules#clientContextParams";

/// Facts about the service.
pub(super) fn lower(id: &str, shape: &Shape) -> Result<ir::Service, Error> {
    let traits = &shape.traits;
    if traits.contains_key(CLIENT_PARAMS) {
        let problem = format!("has the trait `{CLIENT_PARAMS}`, whose settings the configuration does not have");
        return Err(Error::shape(id, problem, "remove it if the endpoint rules do without their values"));
    }
    let aws: AwsService = traits.read(id, "aws.api#service")?.unwrap_or_default();
    let sigv4: Option<SigV4> = traits.read(id, "aws.auth#sigv4")?;
    let name = super::graph::name(id);
    let no_auth = sigv4.is_none();
    let signing_name = sigv4.map(|sigv4| sigv4.name).or(aws.arn_namespace).unwrap_or_else(|| name.to_ascii_lowercase());
    Ok(ir::Service {
        shape_id: id.into(),
        target_prefix: name.into(),
        sdk_id: aws.sdk_id.unwrap_or_else(|| name.into()),
        title: traits.text(id, "title")?.map(Into::into),
        version: shape.version.clone(),
        docs: docs::lines(traits.text(id, "documentation")?.unwrap_or_default()),
        endpoint_prefix: aws.endpoint_prefix.unwrap_or_else(|| signing_name.clone()),
        signing_name,
        content_type: content_type(id, shape)?,
        query_compatible: traits.contains_key("aws.protocols#awsQueryCompatible"),
        no_auth,
        rules: traits.get("smithy.rules#endpointRuleSet").cloned(),
        diagram: traits.get("smithy.rules#endpointBdd").cloned(),
        endpoint_tests: traits
            .get("smithy.rules#endpointTests")
            .filter(|tests| tests["testCases"] != json!([]))
            .cloned(),
    })
}

fn content_type(id: &str, shape: &Shape) -> Result<&'static str, Error> {
    if shape.traits.contains_key("aws.protocols#awsJson1_0") {
        return Ok("application/x-amz-json-1.0");
    }
    if shape.traits.contains_key("aws.protocols#awsJson1_1") {
        return Ok("application/x-amz-json-1.1");
    }
    let named: Vec<_> = shape
        .traits
        .keys()
        .filter(|name| name.starts_with("aws.protocols#") || name.starts_with("smithy.protocols#"))
        .map(|name| format!("`{name}`"))
        .collect();
    let found = if named.is_empty() { "no protocol that it names".into() } else { named.join(", ") };
    Err(Error::Protocol { service: id.into(), found })
}
