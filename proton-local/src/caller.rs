//! Who calls.

use serde::{Deserialize, Serialize};

/// The account and region that a request acts in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Twelve digits.
    pub account: String,
    /// Such as `us-east-1`.
    pub region: String,
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: String,
}

impl Caller {
    /// The ARN of one of the account's resources, such as `service/web`.
    pub fn arn(&self, resource: &str) -> String {
        let Self { account, region, partition } = self;
        format!("arn:{partition}:proton:{region}:{account}:{resource}")
    }
}
