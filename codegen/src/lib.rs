//! Writes a Rust SDK from a Smithy model: text in, files out, no I/O.

mod docs;
mod error;
pub mod ir;
// mod lower;
mod names;
mod parse;
mod traits;

pub use error::Error;
// pub use lower::{Options, lower};
