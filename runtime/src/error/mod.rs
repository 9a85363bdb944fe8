//! What can go wrong: with a call ([`SdkError`]), with a configuration ([`ConfigError`]).
//!
//! `Display` of each is one line that says what failed, where, and what to do. Text that a service
//! sent as its error's message is shown; bodies of requests and responses never are.
//!
//! ```
//! use smithy_runtime::error::{ConnectorError, SdkError};
//!
//! let error: SdkError<std::io::Error> = SdkError::dispatch_failure(ConnectorError::io("connection reset".into()));
//! assert_eq!(error.to_string(), "the service was not reached: io error: connection reset");
//! ```

mod config;
mod context;
mod detail;
mod display;
mod sdk;
mod unhandled;
mod unknown_variant;

pub use aws_smithy_runtime_api::box_error::BoxError;
pub use aws_smithy_runtime_api::client::result::ConnectorError;
pub use aws_smithy_types::error::display::DisplayErrorContext;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;
pub use aws_types::request_id::RequestId;
pub use config::ConfigError;
pub use detail::{
    ConstructionFailure, ConstructionFailureBuilder, DispatchFailure, ResponseError, ServiceError, TimeoutError,
};
pub use sdk::SdkError;
pub use unhandled::{Unhandled, display_structure};
pub use unknown_variant::UnknownVariantError;

pub(crate) use context::Context;
pub(crate) use display::one_line;
