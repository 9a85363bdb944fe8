//! Tests of programs that use this SDK, without a server. The feature `test-util` switches this on:
//!
//! ```toml
//! [dev-dependencies]
//! proton-sdk = { path = "proton-sdk", features = ["test-util"] }
//! ```
//!
//! # A mock
//!
//! A [`Mock`] answers by rules, typed by operation. The code under test gets an ordinary [`Client`], which writes inputs,
//! reads answers and tries again as ever; only the network is missing. Pauses between attempts, and between a waiter's
//! polls, take no time.
//!
//! ```
//! use proton_sdk::operation::delete_service::{DeleteService, DeleteServiceOutput};
//! use proton_sdk::testing::Mock;
//! use proton_sdk::{Client, Error};
//!
//! /// The code under test: says whether there was anything to delete.
//! async fn delete(client: &Client, name: &str) -> Result<bool, Error> {
//!     match client.delete_service().name(name).send().await.map_err(Error::from) {
//!         Ok(_) => Ok(true),
//!         Err(Error::ResourceNotFoundException(_)) => Ok(false),
//!         Err(error) => Err(error),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let mock = Mock::new()
//!     .on::<DeleteService>(|rule| {
//!         rule.when(|input| input.name() == Some("gone")).fails_with("ResourceNotFoundException", "no such service")
//!     })
//!     .on::<DeleteService>(|rule| {
//!         rule.fails_with("ThrottlingException", "slow down").times(2).returns(DeleteServiceOutput::builder().build())
//!     });
//! let client = mock.client();
//!
//! assert!(matches!(delete(&client, "gone").await, Ok(false)));
//! assert!(matches!(delete(&client, "orders").await, Ok(true)));
//! // Two attempts were throttled, and the pauses after them took no time.
//! assert_eq!(mock.inputs::<DeleteService>().len(), 1 + 3);
//! assert_eq!(mock.time().slept().len(), 2);
//! mock.verify();
//! # }
//! ```
//!
//! A rule answers with an output (`returns`), an error (`fails`, `fails_with`), what a function makes of the input
//! (`answers`), any HTTP response (`http`, handy for JSON with only the members that matter), or with a fault
//! (`refuses_connection`, `times_out`, `breaks_off`). Each answer is given once or so many `times`, the last one for
//! good. A paginator gets its pages this way, a waiter its states:
//!
//! ```
//! use proton_sdk::client::Waiters;
//! use proton_sdk::operation::get_service::GetService;
//! use proton_sdk::testing::Mock;
//! use std::time::Duration;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let mock = Mock::new().on::<GetService>(|rule| {
//!     rule.http(200, r#"{"service": {"name": "orders", "status": "CREATE_IN_PROGRESS"}}"#)
//!         .times(2)
//!         .http(200, r#"{"service": {"name": "orders", "status": "CREATE_FAILED", "statusMessage": "no capacity"}}"#)
//! });
//! let waiting = mock.client().wait_until_service_created().name("orders").wait(Duration::from_secs(600)).await;
//! assert!(waiting.expect_err("it failed").to_string().contains("CREATE_FAILED: no capacity (3 polls"));
//! # }
//! ```
//!
//! A call that no rule answers fails, with an error that says which rules there are. [`Mock::in_order`] expects calls in
//! the order of its rules. [`Mock::config`] is the configuration of the mock's clients, for a test that changes it;
//! [`Mock::requests`] has the requests with their headers.
//!
//! # Recordings
//!
//! [`Capture`] records what a real service answers, without credentials, signatures and sensitive values; [`Replay`]
//! answers from the file. [`Recording`] is the file: JSON to read, review and change; its documentation has the form.
//!
//! ```
//! use proton_sdk::Client;
//! use proton_sdk::operation::get_account_settings::GetAccountSettings;
//! use proton_sdk::testing::{Capture, Mock, Replay};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Once, against a real service; here a mock stands for it.
//! let service = Mock::new().on::<GetAccountSettings>(|rule| rule.http(200, r#"{"accountSettings": {}}"#));
//! let capture = Capture::new();
//! let client = Client::from_conf(service.config().interceptor(capture.clone()).build());
//! client.get_account_settings().send().await?;
//! let file = std::env::temp_dir().join("account-settings.json");
//! capture.save(&file)?;
//!
//! // In every test after that.
//! let replay = Replay::load(&file)?;
//! assert!(replay.client().get_account_settings().send().await?.account_settings().is_some());
//! replay.verify();
//! # Ok(())
//! # }
//! ```
//!
//! # From aws-smithy-mocks
//!
//! `aws-smithy-mocks` itself answers with the official SDK's own error types and cannot mock this client. Its tests
//! translate line by line:
//!
//! | there | here |
//! | --- | --- |
//! | `mock!(Client::get_service)` | `.on::<GetService>(\|rule\| …)` |
//! | `.match_requests(\|input\| …)` | `rule.when(\|input\| …)` |
//! | `.then_output(\|\| output)` | `rule.returns(output)` |
//! | `.then_error(\|\| error)` | `rule.fails(error)` |
//! | `.then_compute_output(\|input\| …)` | `rule.answers(\|input\| Ok(…))` |
//! | `.then_http_response(\|\| …)` | `rule.http(status, body)` |
//! | `.sequence().output(…).times(2).error(…).build()` | `rule.returns(…).times(2).fails(…).once()` |
//! | `.repeatedly()` | the last answer, without `times` |
//! | `mock_client!(aws_sdk_proton, RuleMode::MatchAny, [&rule])` | `Mock::new().on::<…>(…).client()` |
//! | `mock_client!(aws_sdk_proton, RuleMode::Sequential, [&rule])` | `Mock::in_order().on::<…>(…).client()` |
//! | `rule.num_calls()` | `mock.inputs::<GetService>().len()` |
//! | `config.with_test_defaults()` | the same |

pub use smithy_runtime::test_util::{Capture, Recording, RecordingError, Rule, SentRequest, VirtualTime};

use crate::Client;

/// A service made of rules; see the [module](self).
pub type Mock = smithy_runtime::test_util::Mock<Client>;

/// A service out of a [`Recording`]; see the [module](self).
pub type Replay = smithy_runtime::test_util::Replay<Client>;
