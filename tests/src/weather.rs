//! A client that this crate's build script generates, in a module of its own.

include!(concat!(env!("OUT_DIR"), "/sdk.rs"));
