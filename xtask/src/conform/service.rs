//! Suites put together: a service for all cases whose shapes and operations agree, another where they do not.

use super::shapes::{self, NAMESPACE};
use super::suite::{Case, Given, Metadata, Reference, Shape, Suite};
use anyhow::{Result, bail, ensure};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A service with the cases that it can answer.
pub(super) struct Service {
    pub(super) metadata: Metadata,
    pub(super) shapes: BTreeMap<String, Shape>,
    pub(super) operations: BTreeMap<String, Operation>,
    pub(super) cases: Vec<Placed>,
}

/// A case, with what its suite says about it.
pub(super) struct Placed {
    pub(super) case: Case,
    pub(super) endpoint: Option<String>,
}

/// An operation's AST without its errors, which suites name in parts.
#[derive(PartialEq)]
pub(super) struct Operation {
    ast: Value,
    errors: Vec<String>,
}

/// Groups the cases of one file. What cannot be said in Smithy goes to the failures, a line a case.
pub(super) fn group(suites: Vec<Suite>, failures: &mut Vec<String>) -> Vec<Service> {
    let mut services: Vec<Service> = Vec::new();
    for suite in suites {
        let common = check(&suite);
        let Suite { description, metadata, shapes, cases, client_endpoint, .. } = suite;
        for case in cases {
            let mut fail = |error: &anyhow::Error| {
                failures.push(format!("suite `{description}`, case `{}`: {error:#}", case.id));
            };
            if let Err(error) = &common {
                fail(error);
                continue;
            }
            let ast = match operation(&case.given) {
                Ok(ast) => ast,
                Err(error) => {
                    fail(&error);
                    continue;
                }
            };
            let home = services.iter().position(|service| service.fits(&metadata, &shapes, &case.given.name, &ast));
            let home = home.unwrap_or_else(|| {
                let (shapes, operations) = (BTreeMap::new(), BTreeMap::new());
                services.push(Service { metadata: metadata.clone(), shapes, operations, cases: Vec::new() });
                services.len() - 1
            });
            services[home].add(&shapes, ast, Placed { case, endpoint: client_endpoint.clone() });
        }
    }
    services
}

/// Whether everything that the suite's cases share can be said in Smithy.
fn check(suite: &Suite) -> Result<()> {
    service_traits(&suite.metadata)?;
    suite.shapes.iter().try_for_each(|(name, shape)| shapes::convert(name, shape, false).map(drop))
}

impl Service {
    fn fits(&self, metadata: &Metadata, shapes: &BTreeMap<String, Shape>, name: &str, ast: &Value) -> bool {
        self.metadata == *metadata
            && shapes.iter().all(|(name, shape)| self.shapes.get(name).is_none_or(|known| known == shape))
            && self.operations.get(name).is_none_or(|known| known.ast == *ast)
    }

    fn add(&mut self, shapes: &BTreeMap<String, Shape>, ast: Value, placed: Placed) {
        self.shapes.extend(shapes.iter().map(|(name, shape)| (name.clone(), shape.clone())));
        let given = &placed.case.given;
        let operation = self.operations.entry(given.name.clone());
        let operation = operation.or_insert_with(|| Operation { ast, errors: Vec::new() });
        for error in &given.errors {
            if !operation.errors.contains(&error.shape) {
                operation.errors.push(error.shape.clone());
            }
        }
        self.cases.push(placed);
    }

    /// The service's shape name, and what `X-Amz-Target` begins with. Smithy takes the second from the first, which can
    /// have no dots; some suites have them.
    pub(super) fn target_prefix(&self) -> (String, &str) {
        let prefix = self.metadata.target_prefix.as_deref().unwrap_or("Conform");
        (prefix.replace(|it: char| !it.is_ascii_alphanumeric(), "_"), prefix)
    }

    /// The service as a Smithy JSON AST.
    pub(super) fn model(&self) -> Result<String> {
        let mut all = Map::new();
        let query = self.metadata.aws_query_compatible.is_some();
        for (name, shape) in &self.shapes {
            all.insert(shapes::id(name), shapes::convert(name, shape, query)?);
        }
        let mut operations = Vec::new();
        for (name, operation) in &self.operations {
            let mut ast = operation.ast.clone();
            ast["errors"] = operation.errors.iter().map(|name| json!({ "target": shapes::id(name) })).collect();
            operations.push(json!({ "target": api(name) }));
            all.insert(api(name), ast);
        }
        let (name, _) = self.target_prefix();
        let service = json!({
            "type": "service",
            "version": self.metadata.api_version,
            "operations": operations,
            "traits": service_traits(&self.metadata)?,
        });
        all.insert(api(&name), service);
        Ok(json!({ "smithy": "2.0", "shapes": all }).to_string())
    }
}

/// Operations and the service have a namespace of their own: the older description lets a shape have an operation's name.
fn api(name: &str) -> String {
    format!("{NAMESPACE}.api#{name}")
}

fn service_traits(metadata: &Metadata) -> Result<Value> {
    let version = metadata.json_version.as_ref().map(|version| version.to_string().replace('"', ""));
    let protocol = match version.as_deref() {
        Some("1.0" | "1") => "aws.protocols#awsJson1_0",
        Some("1.1") | None => "aws.protocols#awsJson1_1",
        Some(other) => bail!("the suite's `jsonVersion` is {other}; 1.0 and 1.1 are known"),
    };
    let prefix = metadata.endpoint_prefix.as_deref().unwrap_or("conform");
    let mut aws = json!({ "endpointPrefix": prefix });
    if let Some(id) = &metadata.service_id {
        aws["sdkId"] = id.as_str().into();
    }
    let mut traits = json!({
        "aws.api#service": aws,
        "aws.auth#sigv4": { "name": metadata.signing_name.as_deref().unwrap_or(prefix) },
    });
    traits[protocol] = json!({});
    if metadata.aws_query_compatible.is_some() {
        traits["aws.protocols#awsQueryCompatible"] = json!({});
    }
    Ok(traits)
}

fn operation(given: &Given) -> Result<Value> {
    let mut traits = Map::new();
    let mut set = |name: &str, value: Value| traits.insert(name.to_owned(), value);
    if let Some(text) = &given.documentation {
        set("smithy.api#documentation", text.as_str().into());
    }
    if given.idempotent {
        set("smithy.api#idempotent", json!({}));
    }
    if given.readonly {
        set("smithy.api#readonly", json!({}));
    }
    if let Some(value) = shapes::deprecated(given.deprecated, given.deprecated_message.as_deref()) {
        set("smithy.api#deprecated", value);
    }
    if let Some(prefix) = &given.endpoint {
        set("smithy.api#endpoint", json!({ "hostPrefix": prefix.host_prefix }));
    }
    if let Some(compression) = &given.requestcompression {
        set("smithy.api#requestCompression", compression.clone());
    }
    for (name, value) in [
        ("smithy.rules#staticContextParams", &given.static_context_params),
        ("smithy.rules#operationContextParams", &given.operation_context_params),
    ] {
        if let Some(value) = value {
            set(name, value.clone());
        }
    }
    match given.authtype.as_deref() {
        None | Some("v4" | "v4-unsigned-body") => {}
        Some("none") => {
            set("smithy.api#auth", json!([]));
        }
        Some(other) => {
            bail!("operation `{}` has the authtype `{other}`, which the converter does not know", given.name)
        }
    }
    if let Some(http) = &given.http {
        let (method, uri) = (http.method.as_str(), http.request_uri.as_deref().unwrap_or("/"));
        ensure!(
            (method, uri) == ("POST", "/"),
            "operation `{}` is bound to {method} {uri}; awsJson has POST / alone",
            given.name
        );
    }
    let target = |reference: &Option<Reference>| {
        let id = reference.as_ref().map_or_else(|| "smithy.api#Unit".to_owned(), |it| shapes::id(&it.shape));
        json!({ "target": id })
    };
    Ok(json!({ "type": "operation", "input": target(&given.input), "output": target(&given.output), "traits": traits }))
}

#[cfg(test)]
mod tests {
    use super::{Service, group};
    use crate::conform::read::read;
    use serde_json::{Value, json};

    fn suite(shapes: Value, given: Value) -> Value {
        json!({
            "description": "own",
            "metadata": {"protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Own"},
            "shapes": shapes,
            "cases": [{"id": "one", "given": given, "params": {}, "serialized": {"body": "{}"}}],
        })
    }

    /// The services of the suites, and how many of their cases fail.
    fn services(suites: Value) -> (Vec<Service>, Vec<String>) {
        let mut file = read(&suites.to_string()).expect("suites");
        let services = group(file.suites, &mut file.failures);
        (services, file.failures)
    }

    #[test]
    fn suites_that_agree_share_a_service() {
        let text = json!({"Text": {"type": "string"}});
        let number = json!({"Text": {"type": "integer"}});
        let (services, failures) = services(json!([
            suite(text.clone(), json!({"name": "A"})),
            suite(text, json!({"name": "A", "errors": [{"shape": "Text"}]})),
            suite(number, json!({"name": "B"})),
        ]));
        let cases: Vec<_> = services.iter().map(|service| service.cases.len()).collect();
        assert_eq!((cases, failures), (vec![2, 1], vec![]));
        let model = services[0].model().expect("a model");
        assert!(model.contains("aws.protocols#awsJson1_1") && model.contains("conform.api#A"), "{model}");
    }

    #[test]
    fn what_cannot_be_said_in_smithy_fails_alone() {
        let (services, failures) = services(json!([
            suite(json!({"Text": {"type": "quaternion"}}), json!({"name": "A"})),
            suite(json!({}), json!({"name": "B", "http": {"method": "GET"}})),
            suite(json!({}), json!({"name": "C", "http": {"method": "POST"}})),
        ]));
        assert_eq!(services.iter().map(|service| service.cases.len()).sum::<usize>(), 1);
        assert_eq!(failures.len(), 2);
        assert!(failures[0].contains("case `one`") && failures[0].contains("`quaternion`"), "{failures:?}");
        assert!(failures[1].contains("GET /"), "{failures:?}");
    }

    #[test]
    fn what_people_left_out_has_its_usual_value() {
        for (version, protocol) in [(json!(1.1), "awsJson1_1"), (json!(1.0), "awsJson1_0"), (json!(null), "awsJson1_1")]
        {
            let mut old = suite(json!({}), json!({"name": "A"}));
            old["metadata"] = json!({"protocol": "json", "jsonVersion": version});
            let (services, failures) = services(json!([old]));
            assert!(failures.is_empty(), "{failures:?}");
            let model = services[0].model().expect("a model");
            assert!(model.contains(protocol) && model.contains("conform.api#Conform"), "{model}");
        }
    }
}
