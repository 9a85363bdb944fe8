//! Settings and credentials that stand outside the program: variables, shared files, endpoints of the machine.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

mod chain;
mod configuration;
mod format;
mod kept;
mod machine;
#[cfg(feature = "aws-config")]
mod official;
mod overrides;

#[allow(dead_code, unused_imports)] // shared with the engine's tests, which use all of it
#[path = "../engine/support/mod.rs"]
mod support;

use smithy_runtime::config::Environment;

/// A home directory with this config file.
fn home(config: &str) -> Environment {
    Environment::empty()
        .with_variable("HOME", "/home/me")
        .with_variable("AWS_EC2_METADATA_DISABLED", "true")
        .with_file("/home/me/.aws/config", config)
}

fn with(environment: Environment, variables: &[(&str, &str)]) -> Environment {
    variables.iter().fold(environment, |environment, (name, value)| environment.with_variable(*name, *value))
}
