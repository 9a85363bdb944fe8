//! A client: what all its calls share, and the calls themselves.

mod answer;
mod attempt;
mod attempts;
mod auth;
mod call;
mod draft;
mod engine;
mod failure;
mod from_config;
mod handle;
mod input;
mod request;
mod sending;
mod signature;
mod target;
mod typed;

pub use call::Call;
pub use draft::{Alone, Draft, Request};
pub use from_config::FromConfig;
pub use handle::Handle;
pub use sending::Sending;

pub(crate) use failure::Failure;
pub(crate) use target::{check_url, without_secrets};
pub(crate) use typed::Typed;
