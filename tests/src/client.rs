//! Clients as the tests need them: pointed at a server, with nothing left to chance.

use proton_sdk::Client;
use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::{AsyncSleep, Builder, Config, Credentials, Region, SharedAsyncSleep, Sleep, TimeSource};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// The secret that test clients sign with.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// A configuration that sends to the URL and tries once.
pub fn config(url: &str) -> Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new("AKIDEXAMPLE", SECRET, None, None, "test"))
        .retry_config(RetryConfig::disabled())
}

/// A client that sends to the URL and tries once.
pub fn client(url: &str) -> Client {
    Client::from_conf(config(url).build())
}

/// A clock that moves only when somebody sleeps, and keeps how long they did.
#[derive(Clone, Debug, Default)]
pub struct VirtualTime {
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl VirtualTime {
    /// The sleeps so far.
    pub fn slept(&self) -> Vec<Duration> {
        self.slept.lock().expect("no panic while sleeping").clone()
    }

    /// Gives a configuration this clock.
    pub fn drive(&self, config: Builder) -> Builder {
        config.sleep_impl(SharedAsyncSleep::new(self.clone())).time_source(self.clone())
    }
}

impl AsyncSleep for VirtualTime {
    fn sleep(&self, duration: Duration) -> Sleep {
        let slept = Arc::clone(&self.slept);
        Sleep::new(async move {
            slept.lock().expect("no panic while sleeping").push(duration);
        })
    }
}

impl TimeSource for VirtualTime {
    fn now(&self) -> SystemTime {
        let slept: Duration = self.slept().iter().sum();
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_750_000_000) + slept
    }
}
