//! Writes a call of every operation, paginator and waiter, as an application would write it, so
//! that tests can go through the model by name.

use smithy_codegen::ir::{Model, Operation};
use std::fmt::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = Path::new("../model/proton.json");
    println!("cargo::rerun-if-changed={}", model.display());
    let model = smithy_codegen::lower(&std::fs::read_to_string(model)?, &Default::default())?;
    let mut out = String::new();
    calls(&model, &mut out)?;
    paginators(&model, &mut out)?;
    waiters(&model, &mut out)?;
    round_trips(&model, &mut out)?;
    violations(&model, &mut out)?;
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&folder).join("by_name.rs"), out)?;
    other_service(Path::new(&folder))
}

/// A client and a server for some operations of another service, as any build script would write them.
fn other_service(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=weather.json");
    let model = std::fs::read_to_string("weather.json")?;
    let options =
        smithy_codegen::Options { operations: vec!["Forecast".to_owned()], server: true, ..Default::default() };
    let sdk = smithy_codegen::generate(&model, &options)?;
    std::fs::write(folder.join("sdk.rs"), sdk.single_file())?;
    Ok(())
}

fn calls(model: &Model, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "/// Sends the input, given in wire form, through the operation's fluent builder, without one of its members."
    )?;
    writeln!(
        out,
        "pub async fn call_without(client: &Client, operation: &str, input: &Value, without: &str) -> Outcome {{"
    )?;
    writeln!(out, "    match operation {{")?;
    for operation in &model.operations {
        let Operation { name, snake, .. } = operation;
        writeln!(out, "        {name:?} => {{")?;
        builder(operation, &format!("client.{snake}()"), Some("without"), out)?;
        for member in &operation.input.members {
            let (bare, rust) = (&member.bare_name, &member.rust_name);
            let wire = &member.name;
            writeln!(out, "            let given = keep(without, {wire:?}, input.{rust}.clone());")?;
            writeln!(out, "            assert_eq!(builder.as_input().get_{bare}(), &given, \"{name}.{rust}\");")?;
        }
        writeln!(out, "            outcome(builder.send().await)\n        }}")?;
    }
    writeln!(out, "        _ => panic!(\"no operation {{operation}}\"),\n    }}\n}}")
}

/// `let input = …; let builder = START.set_a(input.a.clone())…;`
fn builder(operation: &Operation, start: &str, without: Option<&str>, out: &mut String) -> std::fmt::Result {
    let Operation { snake, rust_name, .. } = operation;
    // An input without members has nothing to hand on, but has to be read all the same.
    let name = if operation.input.members.is_empty() { "_" } else { "input" };
    writeln!(out, "            let {name}: operation::{snake}::{rust_name}Input = read(input);")?;
    write!(out, "            let builder = {start}")?;
    for member in &operation.input.members {
        let value = format!("input.{}.clone()", member.rust_name);
        match without {
            Some(without) => write!(out, ".set_{}(keep({without}, {:?}, {value}))", member.bare_name, member.name)?,
            None => write!(out, ".set_{}({value})", member.bare_name)?,
        }
    }
    writeln!(out, ";")
}

fn paginators(model: &Model, out: &mut String) -> std::fmt::Result {
    writeln!(out, "/// Reads every page of a list, then every item, as far as they come.")?;
    writeln!(out, "pub async fn paginate(client: &Client, operation: &str, input: &Value, how: Pages) -> Paged {{")?;
    writeln!(out, "    match operation {{")?;
    for operation in model.operations.iter().filter(|operation| operation.paginated.is_some()) {
        writeln!(out, "        {:?} => {{", operation.name)?;
        builder(operation, &format!("client.{}()", operation.snake), None, out)?;
        writeln!(out, "            paged(builder.into_paginator(), how).await\n        }}")?;
    }
    writeln!(out, "        _ => panic!(\"{{operation}} has no pages\"),\n    }}\n}}")
}

fn waiters(model: &Model, out: &mut String) -> std::fmt::Result {
    writeln!(out, "/// Waits with the named waiter.")?;
    writeln!(
        out,
        "pub async fn wait(client: &Client, waiter: &str, input: &Value, max: Duration) -> Result<(), String> {{"
    )?;
    writeln!(out, "    match waiter {{")?;
    for operation in &model.operations {
        for waiter in &operation.waiters {
            writeln!(out, "        {:?} => {{", waiter.name)?;
            builder(operation, &format!("client.wait_until_{}()", waiter.snake), None, out)?;
            writeln!(
                out,
                "            builder.wait(max).await.map(drop).map_err(|error| error.to_string())\n        }}"
            )?;
        }
    }
    writeln!(out, "        _ => panic!(\"no waiter {{waiter}}\"),\n    }}\n}}")
}

fn round_trips(model: &Model, out: &mut String) -> std::fmt::Result {
    writeln!(out, "/// Reads an input and an output, both in wire form, and writes them again.")?;
    writeln!(out, "pub fn round_trip(operation: &str, input: &Value, output: &Value) -> (Value, Value) {{")?;
    writeln!(out, "    match operation {{")?;
    for Operation { name, snake, rust_name, .. } in &model.operations {
        let path = format!("operation::{snake}::{rust_name}");
        writeln!(out, "        {name:?} => (again::<{path}Input>(input), again::<{path}Output>(output)),")?;
    }
    writeln!(out, "        _ => panic!(\"no operation {{operation}}\"),\n    }}\n}}")
}

fn violations(model: &Model, out: &mut String) -> std::fmt::Result {
    writeln!(out, "/// What the model has against an input in wire form.")?;
    writeln!(out, "pub fn violations(operation: &str, input: &Value) -> Vec<Violation> {{")?;
    writeln!(out, "    match operation {{")?;
    for Operation { name, snake, rust_name, .. } in &model.operations {
        writeln!(out, "        {name:?} => violations_of::<operation::{snake}::{rust_name}Input>(input),")?;
    }
    writeln!(out, "        _ => panic!(\"no operation {{operation}}\"),\n    }}\n}}")
}
