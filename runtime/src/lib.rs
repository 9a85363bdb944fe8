//! The engine that generated AWS JSON clients stand on.
//!
//! A generated crate holds what differs between shapes: Rust types, and one static
//! [`schema::Shape`] for each shape of the model. Everything that two operations share is here,
//! driven by those tables.

pub mod client;
mod clock;
pub mod codec;
pub mod config;
pub mod customize;
pub mod endpoint;
mod environment;
pub mod error;
pub mod http;
mod identity;
mod intercept;
mod macros;
mod metrics;
pub mod operation;
pub mod paginator;
pub mod path;
pub mod primitives;
pub mod profile;
mod random;
mod retry;
pub mod schema;
#[cfg(feature = "server")]
pub mod server;
mod sign;
mod sleep;
#[cfg(feature = "test-util")]
pub mod test_util;
mod timeout;
mod user_agent;
pub mod validate;
pub mod value;
pub mod waiter;

#[doc(hidden)]
pub use macros::private as __private;
