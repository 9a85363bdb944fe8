//! What generated code would repeat for each shape: accessors, builders and the views that the
//! codec walks. A generated file writes the public type with its documentation and one line for
//! each member; these macros write the rest.

mod builder;
mod client;
mod enums;
mod errors;
mod fluent;
mod member;
#[cfg(feature = "server")]
mod server;
mod structure;
mod union;
mod waiter;

#[doc(hidden)]
pub mod private {
    pub use aws_smithy_types::error::ErrorMetadata;
    pub use aws_smithy_types::error::metadata::ProvideErrorMetadata;
    pub use aws_smithy_types::error::operation::BuildError;
    pub use aws_types::request_id::RequestId;
    pub use serde;

    /// `Debug` of what may hold sensitive values: its name alone.
    pub fn debug_name(name: &str, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct(name).finish_non_exhaustive()
    }
}
