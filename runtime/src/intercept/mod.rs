//! The program's interceptors: the official hooks, called in the official order.
//!
//! Nothing of this runs for a call that has neither interceptors nor retry classifiers. What differs from the
//! official SDK: the whole body has been read before `read_after_transmit`, the endpoint is in the request from the
//! start, and changes to [`ConfigBag`](crate::config::ConfigBag) are for other interceptors, not for the engine.

mod components;
mod context;
mod hooks;
mod request;

pub(crate) use components::components;
pub(crate) use context::Hooks;
pub(crate) use request::{MapRequest, MutateRequest};
