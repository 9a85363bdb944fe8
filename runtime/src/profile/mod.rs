//! The format of the shared `config` and `credentials` files that AWS tools read.
//!
//! ```
//! let file = smithy_runtime::profile::parse("[profile dev]\nregion = eu-west-1 # near\ns3 =\n  addressing_style = path\n")?;
//! let section = &file.sections[0];
//! assert_eq!((section.kind.as_str(), section.name.as_str()), ("profile", "dev"));
//! assert_eq!(section.properties[0].value, "eu-west-1");
//! assert_eq!(section.properties[1].nested[0].value, "path");
//! # Ok::<(), smithy_runtime::profile::ParseError>(())
//! ```

mod parse;
mod shared;

pub use parse::{File, ParseError, Property, Section, parse};
#[cfg(feature = "aws-config")]
pub(crate) use shared::Kind;
pub(crate) use shared::{Entry, Group, SharedFiles};
