//! Writes a Rust SDK from a Smithy model: text in, files out, no I/O.
//!
//! [`generate`] is the one call: a JSON AST's text in, the files of a module out. The module depends on the crate
//! `smithy-runtime` alone.

mod base64;
mod docs;
mod emit;
mod error;
mod generate;
pub mod ir;
mod lower;
mod names;
mod parse;
mod rules;
mod traits;

pub use emit::Files;
pub use error::Error;
pub use generate::{Sdk, generate};
pub use lower::{Options, lower};
pub use rules::{Place, RulesError};
