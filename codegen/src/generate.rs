//! The library's one call: a model's text in, an SDK's files out.

use crate::emit::{self, Files};
use crate::error::Error;
use crate::ir::Report;
use crate::lower::{Options, lower};
use std::fmt::Write;
use std::path::Path;

/// A generated SDK.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// The files of one module, by their path below its folder; `mod.rs` is the root.
    pub files: Files,
    /// Cargo features of `smithy-runtime` that the code needs.
    pub features: Vec<&'static str>,
    /// What was counted and what was left out.
    pub report: Report,
}

/// Writes a service's SDK.
///
/// The text is a Smithy JSON AST. The result is the same on every machine, and nothing is read or
/// written. The code depends on the crate `smithy-runtime` alone.
///
/// ```
/// let model = r#"{
///     "smithy": "2.0",
///     "shapes": {
///         "example#Weather": {
///             "type": "service",
///             "version": "1",
///             "operations": [{"target": "example#Forecast"}],
///             "traits": {
///                 "aws.protocols#awsJson1_0": {},
///                 "aws.auth#sigv4": {"name": "weather"}
///             }
///         },
///         "example#Forecast": {"type": "operation"}
///     }
/// }"#;
/// let sdk = smithy_codegen::generate(model, &Default::default())?;
/// assert!(sdk.files[std::path::Path::new("client.rs")].contains("pub fn forecast(&self)"));
/// # Ok::<(), smithy_codegen::Error>(())
/// ```
///
/// # Errors
/// Text that is not a model, and whatever in the model cannot be turned into code; the error names
/// the shape and says what to do.
pub fn generate(model: &str, options: &Options) -> Result<Sdk, Error> {
    let model = lower(model, options)?;
    Ok(Sdk { files: emit::emit(&model, options.server)?, features: emit::features(&model), report: model.report })
}

impl Sdk {
    /// All files as one, for a build script: write it to `OUT_DIR` and
    /// `include!(concat!(env!("OUT_DIR"), "/sdk.rs"))` it in a module of your own.
    pub fn single_file(&self) -> String {
        self.inline(Path::new(""), "mod.rs")
    }

    /// One module's text with its child modules in place of their declarations.
    fn inline(&self, folder: &Path, file: &str) -> String {
        let root = folder == Path::new("") && file == "mod.rs";
        let Some(text) = self.files.get(&folder.join(file)) else { return String::new() };
        let mut out = String::new();
        for line in text.lines() {
            let declared = line.strip_suffix(';').and_then(|line| {
                let (visibility, name) = line.rsplit_once("mod ")?;
                matches!(visibility, "" | "pub " | "pub(crate) ").then(|| (line, name.trim_start_matches("r#")))
            });
            let _ = match declared {
                Some((declaration, name)) => {
                    let below = folder.join(name);
                    let body = if self.files.contains_key(&below.join("mod.rs")) {
                        self.inline(&below, "mod.rs")
                    } else {
                        self.inline(folder, &format!("{name}.rs"))
                    };
                    writeln!(out, "{declaration} {{\n{body}}}")
                }
                // An included file cannot document the module that it is included in.
                None if root && line.starts_with("//!") => writeln!(out, "//{}", &line[3..]),
                None => writeln!(out, "{line}"),
            };
        }
        out
    }
}
