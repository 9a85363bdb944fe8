//! What a simulated deployment leaves behind: the outputs that its templates declare, and one resource for all of them.

use super::Work;
use crate::bundle::render::outputs;
use crate::records::{Method, Results};
use proton_sdk::types::{Output, ProvisionedResource, ProvisionedResourceEngine};
use std::collections::BTreeMap;

/// The file that states the outputs of a customer-managed environment: an object of strings.
pub(crate) const STATED_OUTPUTS: &str = "outputs.json";

/// What the rendered templates declare. An output whose value only real infrastructure knows is made up from its name.
pub(super) fn declared(work: &Work) -> Results {
    let mut results = Results::default();
    for text in work.files.iter().filter(|(path, _)| !path.starts_with(".proton/")).map(|(_, text)| text) {
        let declared = match work.method {
            Method::CloudFormation => outputs::cloudformation(text),
            Method::Terraform => outputs::terraform(text),
            Method::CustomerManaged => stated(text),
            Method::CodeBuild => Vec::new(),
        };
        for (key, value) in declared {
            let value = value.unwrap_or_else(|| format!("{}-{key}", work.target.name()));
            results.outputs.push(Output::builder().key(key).value_string(value).build());
        }
    }
    if work.method == Method::CloudFormation {
        let stack = stack(work);
        let caller = &work.caller;
        let arn = format!(
            "arn:{}:cloudformation:{}:{}:stack/{stack}/{}",
            caller.partition, caller.region, caller.account, work.deployment
        );
        let resource = ProvisionedResource::builder().name(stack).identifier(arn);
        results.resources.push(resource.provisioning_engine(ProvisionedResourceEngine::Cloudformation).build());
    }
    results
}

fn stated(text: &str) -> Vec<(String, Option<String>)> {
    let inputs: BTreeMap<String, String> = serde_json::from_str(text).unwrap_or_default();
    inputs.into_iter().map(|(key, value)| (key, Some(value))).collect()
}

/// The name of the stack that would be built, as Proton called its stacks; 128 characters are the most.
fn stack(work: &Work) -> String {
    let resource = work.target.resource().replace('/', "-");
    let mut name = format!("AWSProton-{resource}");
    name.truncate(128);
    name
}
