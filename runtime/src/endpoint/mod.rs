//! Where a request goes: the facts that endpoint rules decide on, and what they decide.
//!
//! A generated crate turns its model's rule set into a function from [`Params`] to [`Endpoint`].
//! The rules' standard library is in [`functions`], the AWS partitions are in [`partition`].
//! A program that knows better implements [`ResolveEndpoint`].
//!
//! ```
//! use smithy_runtime::endpoint::{Endpoint, Params};
//!
//! let params = Params::builder().region("eu-west-1").use_fips(true).build()?;
//! assert_eq!(params.region(), Some("eu-west-1"));
//!
//! let endpoint = Endpoint::new("https://example.com").header("x-tenant", "blue");
//! assert_eq!(endpoint.url, "https://example.com");
//! # Ok::<(), smithy_runtime::endpoint::InvalidParams>(())
//! ```

pub mod diagram;
mod error;
pub mod functions;
mod params;
pub mod partition;
mod resolve;
mod resolved;
#[cfg(test)]
mod tests;

pub use error::{InvalidParams, ResolveEndpointError};
pub use params::{ParamValue, Params, ParamsBuilder};
pub use resolve::{ResolveEndpoint, RulesResolver, resolve};
pub use resolved::{AuthScheme, Endpoint};
