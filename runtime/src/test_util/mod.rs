//! Tests of programs that call a service, without the service.
//!
//! | to | use |
//! | --- | --- |
//! | answer calls from memory, with the rules of a test | [`Mock`] |
//! | record what a real service answers | [`Capture`] |
//! | answer calls from such a recording | [`Replay`] |
//! | make tokens, time and credentials the same each time | [`with_test_defaults`] |
//!
//! All of them work below the operations: inputs are written and answers are read as ever, errors are tried again,
//! interceptors run. Tests with a [`Mock`] take no time: pauses move its [`VirtualTime`] and end at once.
//!
//! The feature `test-util` switches this on; it belongs among a program's `dev-dependencies`.
//!
//! [`with_test_defaults`]: crate::config::Builder::with_test_defaults

mod answer;
mod capture;
mod defaults;
mod mock;
mod recording;
mod redact;
mod replay;
mod request;
mod rule;
mod rulebook;
mod time;

pub use capture::Capture;
pub(crate) use capture::Tables;
pub use mock::Mock;
pub use recording::{Recording, RecordingError};
pub use replay::Replay;
pub use request::SentRequest;
pub use rule::Rule;
pub use time::VirtualTime;
