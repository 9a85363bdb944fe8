//! The outputs that rendered templates declare, for who only pretends to provision them.

use crate::bundle::yaml::{self, Node, Value};
use regex_lite::Regex;

/// Name and, where the template gives it plainly, value of each output of a CloudFormation template.
pub(crate) fn cloudformation(text: &str) -> Vec<(String, Option<String>)> {
    let Ok(root) = yaml::parse(text) else { return Vec::new() };
    let outputs = root.get("Outputs").map_or(&[][..], Node::entries);
    outputs.iter().map(|(key, output)| (key.text.clone(), output.get("Value").and_then(plain))).collect()
}

/// Names of the outputs of Terraform code.
pub(crate) fn terraform(text: &str) -> Vec<(String, Option<String>)> {
    let Ok(output) = Regex::new(r#"(?m)^\s*output\s+"([^"]+)"\s*\{"#) else { return Vec::new() };
    output.captures_iter(text).map(|found| (found[1].to_owned(), None)).collect()
}

fn plain(node: &Node) -> Option<String> {
    if node.tag.is_some() {
        return None;
    }
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}
