//! Requests that fail or wait for no reason of their own, so that clients can be tested.

use std::time::Duration;

/// What happens to requests before they are answered; nothing by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// How many of the requests are refused with `ThrottlingException`: from 0 for none to 1 for all.
    pub throttle_rate: f64,
    /// How many of the others fail with `InternalServerException`: from 0 for none to 1 for all.
    pub error_rate: f64,
    /// How long each request waits first.
    pub latency: Duration,
    /// The operations that this happens to, such as `CreateService`; all where it is empty.
    pub operations: Vec<String>,
}

impl Faults {
    /// Whether this happens to the operation.
    pub(crate) fn concern(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.iter().any(|name| name == operation)
    }
}
