//! The repository's own commands.

mod conform;
mod measure;
mod regenerate;
mod tree;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The repository's own commands", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Holds generated clients against protocol cases and models: compiles them and runs their tests.
    Conform(conform::Arguments),
    /// Compares this SDK with the official one by each budget, and prints a table.
    Measure(measure::Arguments),
    /// Writes an SDK from a Smithy model: proton-sdk/src/generated unless told otherwise.
    Regenerate(regenerate::Arguments),
}

fn main() -> ExitCode {
    if let Some(code) = measure::as_rustc_wrapper() {
        return code;
    }
    let outcome = match Arguments::parse().command {
        Command::Conform(arguments) => conform::run(&arguments),
        Command::Measure(arguments) => measure::run(&arguments),
        Command::Regenerate(arguments) => regenerate::run(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
