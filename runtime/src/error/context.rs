//! What is known of a call besides what went wrong.

use std::time::Duration;

/// The facts that an error's `Display` adds. Empty for an error that no call produced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// The operation's name; empty where no call was made.
    pub(crate) operation: &'static str,
    /// How many requests were sent.
    pub(crate) attempts: u32,
    /// From the start of the call to its end, pauses included.
    pub(crate) elapsed: Duration,
    /// Scheme and host of where the requests went.
    pub(crate) endpoint: Option<Box<str>>,
    /// The status of the last response.
    pub(crate) status: Option<u16>,
    /// What the service calls the request.
    pub(crate) request_id: Option<Box<str>>,
    /// Why a failure that may pass was not waited out.
    pub(crate) given_up: Option<Box<str>>,
}
