//! What tests want to be the same on each run.

use super::{BehaviorVersion, Builder, Credentials, Region, SharedCredentialsProvider, SharedTimeSource};
use aws_smithy_async::time::StaticTimeSource;
use std::time::{Duration, SystemTime};

const USER_AGENT: &str = "aws-sdk-rust/0.123.test ua/0.1 api/test-service/0.123 os/windows/XPSP3 lang/rust/1.50.0";

impl Builder {
    /// Sets credentials, time, idempotency token and user agent to fixed values, those of the official SDK.
    pub fn with_test_defaults(mut self) -> Self {
        self.apply_test_defaults();
        self
    }

    /// See [`with_test_defaults`](Self::with_test_defaults).
    pub fn apply_test_defaults(&mut self) -> &mut Self {
        let credentials = Credentials::new("ANOTREAL", "notrealrnrELgWzOk3IfjzDKtFBhDby", None, None, "test");
        let time = StaticTimeSource::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_234_567_890));
        self.config.user_agent = Some(USER_AGENT);
        self.set_idempotency_token_provider(Some("00000000-0000-4000-8000-000000000000".into()))
            .set_time_source(Some(SharedTimeSource::new(time)))
            .set_credentials_provider(Some(SharedCredentialsProvider::new(credentials)))
            .set_behavior_version(Some(BehaviorVersion::latest()))
    }

    /// As [`with_test_defaults`](Self::with_test_defaults), with a Region where none is set.
    pub fn with_test_defaults_v2(mut self) -> Self {
        self.apply_test_defaults_v2();
        self
    }

    /// See [`with_test_defaults_v2`](Self::with_test_defaults_v2).
    pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
        let region = self.config.region.clone().unwrap_or(Region::from_static("us-east-1"));
        self.apply_test_defaults().set_region(Some(region))
    }
}
