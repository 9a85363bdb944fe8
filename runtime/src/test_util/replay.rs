//! Answers from a recording.

use super::answer::Answer;
use super::defaults;
use super::recording::{Exchange, Fault, Outcome, Recording, RecordingError};
use super::redact::is_wildcard;
use super::request::SentRequest;
use super::time::VirtualTime;
use crate::client::FromConfig;
use crate::config::http::{HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use crate::config::{Builder, HttpClient, HttpRequest, RuntimeComponents};
use crate::error::ConnectorError;
use serde_json::Value;
use std::fmt::{Debug, Formatter};
use std::marker::PhantomData;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Answers the calls of a client from a [`Recording`], each exchange once.
///
/// Requests have to come in the recorded order, or, with [`in_any_order`](Self::in_any_order), each finds the first
/// exchange left that fits it. An exchange fits a request of its operation whose input is the recorded one, where
/// values that were left out of the recording may be anything. Any other request fails with an error that says what
/// was recorded.
pub struct Replay<C> {
    tape: Tape,
    time: VirtualTime,
    client: PhantomData<fn() -> C>,
}

impl<C> Replay<C> {
    /// Answers from a recording.
    pub fn new(recording: Recording) -> Self {
        let left = recording.exchanges.into_iter().enumerate().collect();
        let tape = Tape { state: Arc::new(Mutex::new(State { left, any_order: false })) };
        Self { tape, time: VirtualTime::default(), client: PhantomData }
    }

    /// Answers from a file that [`Capture::save`](super::Capture::save) wrote.
    ///
    /// # Errors
    /// It cannot be read, or is no recording.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        Recording::load(path).map(Self::new)
    }

    /// Lets requests come in any order.
    pub fn in_any_order(self) -> Self {
        self.tape.with(|state| state.any_order = true);
        self
    }

    /// A client of the recording, with what [`config`](Self::config) says.
    pub fn client(&self) -> C
    where
        C: FromConfig,
    {
        C::from_config(self.config().build())
    }

    /// The configuration of the recording's clients, as [`Mock::config`](super::Mock::config) is that of a mock's.
    pub fn config(&self) -> Builder {
        defaults::config(&self.time, self.tape.clone())
    }

    /// The time of the recording's clients.
    pub fn time(&self) -> &VirtualTime {
        &self.time
    }

    /// Checks that every exchange was asked for.
    ///
    /// # Panics
    /// Some were not; the message names them.
    #[track_caller]
    pub fn verify(&self) {
        let left = self.tape.with(|state| state.describe());
        assert!(left.is_empty(), "no request asked for these exchanges of the recording: {left}");
    }
}

/// The exchanges that are left, as an HTTP client.
#[derive(Clone)]
struct Tape {
    state: Arc<Mutex<State>>,
}

struct State {
    /// With their number in the recording.
    left: Vec<(usize, Exchange)>,
    any_order: bool,
}

impl Tape {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn answer(&mut self, request: &SentRequest) -> HttpConnectorFuture {
        let exchange = match self.take(request) {
            Ok(exchange) => exchange,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        };
        match exchange.outcome {
            Outcome::Fault(Fault::Refused) => Answer::Refused.into_future(&[]),
            Outcome::Fault(Fault::TimedOut) => Answer::TimedOut.into_future(&[]),
            Outcome::Fault(Fault::BrokenOff) => Answer::BrokenOff.into_future(&[]),
            Outcome::Answer { status, headers, body } => {
                let body = body.map(|body| body.to_string()).unwrap_or_default();
                let headers: Vec<_> = headers.into_iter().collect();
                Answer::Http { status, body: body.into() }.into_future(&headers)
            }
        }
    }

    fn take(&mut self, request: &SentRequest) -> Result<Exchange, String> {
        let input: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        let operation = request.operation();
        let misfit = |exchange: &Exchange| {
            if exchange.operation != operation {
                return Some(String::new());
            }
            difference(&exchange.input, &input, String::new())
        };
        let searched = if self.any_order { self.left.len() } else { 1 };
        let found = self.left.iter().take(searched).position(|(_, exchange)| misfit(exchange).is_none());
        if let Some(position) = found {
            return Ok(self.left.remove(position).1);
        }
        if self.left.is_empty() {
            return Err(format!("the recording is at its end, and this is one more {operation}"));
        }
        let at = match self.left.first().filter(|_| !self.any_order).and_then(|(_, exchange)| misfit(exchange)) {
            Some(path) if !path.is_empty() => format!(", whose input differs at `{path}`"),
            _ => String::new(),
        };
        let next = if self.any_order { self.describe() } else { self.left.first().map(describe).unwrap_or_default() };
        Err(format!("the recording has no {operation} here; it has {next}{at}"))
    }

    fn describe(&self) -> String {
        self.left.iter().map(describe).collect::<Vec<_>>().join(", ")
    }
}

fn describe((number, exchange): &(usize, Exchange)) -> String {
    format!("{} (exchanges[{number}])", exchange.operation)
}

/// The path of the first value that is not as recorded.
fn difference(recorded: &Value, sent: &Value, path: String) -> Option<String> {
    match (recorded, sent) {
        _ if is_wildcard(recorded) => None,
        (Value::Object(recorded), Value::Object(sent)) => {
            let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            let missing = recorded
                .iter()
                .find_map(|(name, value)| difference(value, sent.get(name).unwrap_or(&Value::Null), below(name)));
            missing.or_else(|| sent.keys().find(|name| !recorded.contains_key(*name)).map(|name| below(name)))
        }
        (Value::Array(recorded), Value::Array(sent)) if recorded.len() == sent.len() => {
            let mut pairs = recorded.iter().zip(sent).enumerate();
            pairs.find_map(|(index, (recorded, sent))| difference(recorded, sent, format!("{path}[{index}]")))
        }
        _ => (recorded != sent).then(|| if path.is_empty() { "the whole".to_owned() } else { path }),
    }
}

impl HttpClient for Tape {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Tape {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let request = SentRequest::new(&request);
        self.with(|state| state.answer(&request))
    }
}

impl Debug for Tape {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tape").field("left", &self.with(|state| state.left.len())).finish()
    }
}

impl<C> Debug for Replay<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Replay").field("tape", &self.tape).finish_non_exhaustive()
    }
}
