//! An operation, a server and a clock for tests.

mod operation;
mod server;
mod time;

pub(crate) use operation::{CreateThing, CreateThingInput, SERVICE, ServiceFailure, Tag, input};
pub(crate) use server::{Server, Step, answer, error_answer};
pub(crate) use time::FakeTime;

use smithy_runtime::client::{Call, Handle};
use smithy_runtime::config::{Builder, Config, Credentials, Region};
use std::sync::atomic::{AtomicU32, Ordering};

/// A configuration that calls the server, in a Region of its own: retry tokens are shared by Region.
pub(crate) fn config(server: &Server) -> Builder {
    static REGIONS: AtomicU32 = AtomicU32::new(0);
    let region = format!("test-{}", REGIONS.fetch_add(1, Ordering::Relaxed));
    Config::builder()
        .region(Region::new(region))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "SECRETKEY", None, None, "test"))
        .endpoint_url(server.url())
}

pub(crate) fn handle(config: Builder) -> Handle {
    Handle::new(config.build(), &SERVICE).unwrap()
}

pub(crate) fn call(config: Builder) -> Call<CreateThing> {
    Call::new(handle(config))
}
