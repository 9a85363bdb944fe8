//! The cases of a service as Rust tests against its generated client.

use super::service::{Placed, Service};
use super::suite::{Given, Reference, Response, Serialized};
use super::wire;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use smithy_codegen::ir::{Model, Presence};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The test module's text. `module` is the generated client's module. A case that cannot be written goes to the failures.
pub(super) fn write(service: &Service, model: &Model, module: &str, failures: &mut Vec<String>) -> String {
    let mut out = format!("//! Written by `cargo xtask conform`.\n\nuse crate::{module}::*;\nuse crate::harness;\n");
    let mut taken = BTreeSet::new();
    for placed in &service.cases {
        let id = &placed.case.id;
        let body = match body(service, model, placed) {
            Ok(body) => body,
            Err(error) => {
                failures.push(format!("case `{id}`: {error:#}"));
                continue;
            }
        };
        let mut name: String = id.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        let _ = write!(out, "\n#[tokio::test]\n#[allow(non_snake_case)]\nasync fn case_{name}() {{\n{body}}}\n");
    }
    out
}

fn body(service: &Service, model: &Model, placed: &Placed) -> Result<String> {
    let case = &placed.case;
    let writer = Writer { service, model, given: &case.given };
    match (&case.serialized, &case.response) {
        (Some(serialized), None) => {
            let params = case.params.clone().unwrap_or_else(|| json!({}));
            writer.request(&params, serialized, placed.endpoint.as_deref())
        }
        (None, Some(response)) => match &case.error_code {
            Some(code) => writer.error(response, code, case.error_message.as_deref(), case.error.as_ref()),
            None => writer.answer(response, case.result.as_ref()),
        },
        _ => bail!("a case has either `serialized` or `response`"),
    }
}

struct Writer<'a> {
    service: &'a Service,
    model: &'a Model,
    given: &'a Given,
}

impl Writer<'_> {
    fn request(&self, params: &Value, expected: &Serialized, endpoint: Option<&str>) -> Result<String> {
        let operation = self.operation()?;
        let method = &operation.snake;
        let mut input = self.wire(self.given.input.as_ref(), params)?;
        let mut setters = String::new();
        for member in &operation.input.members {
            let field = &member.rust_name;
            let value = match member.presence {
                // Left to the client; there for the sake of reading the input alone.
                _ if member.idempotency_token && input.get(&member.name).is_none() => {
                    input[&member.name] = "unused".into();
                    "None".to_owned()
                }
                Presence::Optional => format!("input.{field}"),
                _ => format!("Some(input.{field})"),
            };
            let _ = write!(setters, ".set_{}({value})", member.bare_name);
        }
        let Serialized { method: verb, uri, host, body, headers, require_headers, forbid_headers } = expected;
        // Suites that people wrote have no path where they mean the root.
        let uri = uri.as_deref().map(|uri| if uri.is_empty() { "/" } else { uri });
        let mut out = String::new();
        let _ = writeln!(
            out,
            "    let case = harness::Request {{\n        method: {verb:?},\n        path: {uri:?},\n        host: {host:?},\n        \
             body: {body:?},\n        headers: &{},\n        required: &{require_headers:?},\n        \
             forbidden: &{forbid_headers:?},\n        input: {:?},\n    }};",
            pairs(headers),
            input.to_string(),
        );
        let _ = writeln!(out, "    let (config, seen) = harness::record({endpoint:?});");
        let module = method.trim_start_matches("r#");
        if !setters.is_empty() {
            let name = &operation.rust_name;
            let _ = writeln!(out, "    let input: operation::{module}::{name}Input = harness::read(case.input);");
        }
        let _ = writeln!(out, "    let outcome = Client::from_conf(config).{method}(){setters}.send().await;");
        let _ = writeln!(out, "    case.check(&seen, &outcome);");
        Ok(out)
    }

    fn answer(&self, response: &Response, result: Option<&Value>) -> Result<String> {
        let empty = json!({});
        let expected = self.wire(self.given.output.as_ref(), result.unwrap_or(&empty))?;
        let mut out = self.answered(response)?;
        let _ = writeln!(out, "    let output = harness::output(outcome);");
        let _ = writeln!(out, "    harness::equal(&output, {:?});", expected.to_string());
        if let (Some(output), Some(result)) = (&self.given.output, result) {
            for instant in wire::cut_instants(&self.service.shapes, &output.shape, result)? {
                let _ =
                    writeln!(out, "    assert!(format!(\"{{output:?}}\").contains({instant:?}), \"{{output:?}}\");");
            }
        }
        Ok(out)
    }

    fn error(&self, response: &Response, code: &str, message: Option<&str>, members: Option<&Value>) -> Result<String> {
        let mut out = self.answered(response)?;
        let _ = writeln!(out, "    let error = harness::error(outcome);");
        let _ = writeln!(out, "    harness::metadata(&error, {code:?}, {message:?});");
        let shapes = &self.service.shapes;
        let named = |name: &&String| {
            let facts = shapes.get(*name).and_then(|shape| shape.error.as_ref());
            name.as_str() == code || facts.and_then(|facts| facts.code.as_deref()) == Some(code)
        };
        let Some(shape) = self.given.errors.iter().map(|it| &it.shape).find(named) else { return Ok(out) };
        let error = self.model.errors.iter().find(|error| error.shape_id.ends_with(&format!("#{shape}")));
        let name = &error.with_context(|| format!("error `{shape}` was not generated"))?.rust_name;
        let _ =
            writeln!(out, "    let Error::{name}(_error) = &error else {{ panic!(\"another error: {{error:?}}\") }};");
        if let Some(members) = members {
            let expected = wire::convert(shapes, shape, members)?;
            let _ = writeln!(out, "    harness::equal(_error, {:?});", expected.to_string());
        }
        Ok(out)
    }

    fn answered(&self, response: &Response) -> Result<String> {
        let Response { status_code, headers, body } = response;
        let method = &self.operation()?.snake;
        Ok(format!(
            "    let config = harness::answer({status_code}, &{}, {body:?});\n    \
             let outcome = Client::from_conf(config).{method}().send().await;\n",
            pairs(headers)
        ))
    }

    fn operation(&self) -> Result<&smithy_codegen::ir::Operation> {
        let name = &self.given.name;
        let found = self.model.operations.iter().find(|operation| operation.name == *name);
        found.with_context(|| format!("operation `{name}` was not generated"))
    }

    /// The wire form of an input or output; one without a shape has no members.
    fn wire(&self, shape: Option<&Reference>, value: &Value) -> Result<Value> {
        match shape {
            Some(shape) => wire::convert(&self.service.shapes, &shape.shape, value),
            None if value.as_object().is_some_and(|members| members.is_empty()) => Ok(json!({})),
            None => bail!("there are values, {value}, for an operation without a shape to hold them"),
        }
    }
}

fn pairs(headers: &BTreeMap<String, String>) -> String {
    format!("{:?}", headers.iter().collect::<Vec<_>>())
}
