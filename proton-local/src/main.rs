//! `proton-local`, the command: a server, and what goes with it.

mod commands;

use clap::{Parser, Subcommand};
use commands::{seed, serve};
use proton_local::bundle_cli;
use std::error::Error;
use std::process::ExitCode;

/// A self-hosted AWS Proton endpoint.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answers the API until it is told to stop.
    Serve(serve::Arguments),
    /// Fills a running server with a demo, from templates to a service.
    Seed(seed::Arguments),
    /// Checks or renders a template bundle, without a server.
    #[command(subcommand)]
    Bundle(bundle_cli::Command),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Seed(arguments) => seed::run(&arguments),
        Command::Bundle(command) => return command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("proton-local: {}", one_line(&*error));
            ExitCode::FAILURE
        }
    }
}

/// An error with its reasons.
fn one_line(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        // Some errors tell their reasons themselves.
        let said = reason.to_string();
        if !text.contains(&said) {
            text += &format!(": {said}");
        }
        source = reason.source();
    }
    text
}
