//! What the operations of the API do, a file for each kind of resource.

pub(crate) mod components;
pub(crate) mod environments;
pub(crate) mod services;
