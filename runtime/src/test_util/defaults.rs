//! A configuration that leaves nothing to chance.

use super::time::{START, VirtualTime};
use crate::config::retry::RetryPartition;
use crate::config::timeout::TimeoutConfig;
use crate::config::{Builder, Config, Credentials, HttpClient, Region};
use aws_smithy_async::time::StaticTimeSource;
use std::time::{Duration, SystemTime};

const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

const USER_AGENT: &str = "aws-sdk-rust/0.123.test ua/0.1 api/test-service/0.123 os/windows/XPSP3 lang/rust/1.50.0";

const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The configuration of a client whose answers come from memory, in the given time. Its retry budget is its own, so that
/// the failures of one test leave those beside it their retries.
pub(super) fn config(time: &VirtualTime, answers: impl HttpClient + 'static) -> Builder {
    // Only a limit that is set is measured by the configuration's own sleep.
    let limit = TimeoutConfig::builder().read_timeout(READ_TIMEOUT).build();
    time.drive(Config::builder().with_test_defaults_v2())
        .retry_partition(RetryPartition::custom("mock").build())
        .timeout_config(limit)
        .http_client(answers)
}

impl Builder {
    /// Fixed values for tests, the ones that the official SDKs' tests know: the idempotency token
    /// `00000000-0000-4000-8000-000000000000`, the time 1234567890 s after 1970, credentials of nobody, and a user agent
    /// that names no version. What is set afterwards takes their place.
    ///
    /// ```
    /// use smithy_runtime::config::{Config, Region};
    ///
    /// let config = Config::builder().with_test_defaults().region(Region::new("eu-west-1")).build();
    /// assert!(config.credentials_provider().is_some());
    /// ```
    pub fn with_test_defaults(mut self) -> Self {
        self.apply_test_defaults();
        self
    }

    /// See [`with_test_defaults`](Self::with_test_defaults).
    pub fn apply_test_defaults(&mut self) -> &mut Self {
        let time = StaticTimeSource::new(SystemTime::UNIX_EPOCH + Duration::from_secs(START));
        let credentials = Credentials::new("ANOTREAL", "notrealrnrELgWzOk3IfjzDKtFBhDby", None, None, "test");
        self.config.user_agent = Some(USER_AGENT);
        *self =
            std::mem::take(self).idempotency_token_provider(TOKEN).time_source(time).credentials_provider(credentials);
        self
    }

    /// [`with_test_defaults`](Self::with_test_defaults), and the Region `us-east-1` where none is set.
    pub fn with_test_defaults_v2(mut self) -> Self {
        self.apply_test_defaults_v2();
        self
    }

    /// See [`with_test_defaults_v2`](Self::with_test_defaults_v2).
    pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
        self.apply_test_defaults();
        let region = self.config.region.take();
        self.set_region(Some(region.unwrap_or(Region::from_static("us-east-1"))))
    }
}
