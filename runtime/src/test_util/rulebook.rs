//! The rules of a mock, and which of them a request falls under.

use super::answer::Answer;
use super::request::SentRequest;
use crate::config::http::{HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use crate::config::{HttpClient, HttpRequest, RuntimeComponents};
use crate::error::ConnectorError;
use crate::operation::Metadata;
use std::fmt::{Debug, Formatter};
use std::sync::{Arc, Mutex, PoisonError};

/// A rule without its operation's types.
pub(super) trait AnyRule: Send {
    fn operation(&self) -> &'static Metadata;
    fn mood(&self, request: &SentRequest, in_order: bool) -> Mood;
    fn answer(&mut self, request: &SentRequest, in_order: bool) -> Result<Answer, String>;
    /// Whether an answer was named that was not given yet.
    fn is_due(&self) -> bool;
}

/// What a rule says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Answers,
    OtherOperation,
    OtherInput,
    UsedUp(u32),
}

/// An HTTP client that answers by rules. Copies share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Rulebook {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    rules: Vec<Box<dyn AnyRule>>,
    in_order: bool,
    requests: Vec<SentRequest>,
}

impl Rulebook {
    pub(super) fn in_order() -> Self {
        Self { state: Arc::new(Mutex::new(State { in_order: true, ..State::default() })) }
    }

    pub(super) fn add(&self, rule: impl AnyRule + 'static) {
        self.with(|state| state.rules.push(Box::new(rule)));
    }

    pub(super) fn requests(&self) -> Vec<SentRequest> {
        self.with(|state| state.requests.clone())
    }

    /// The rules that have answers left which were named.
    pub(super) fn due(&self) -> Vec<String> {
        self.with(|state| {
            let due = state.rules.iter().enumerate().filter(|(_, rule)| rule.is_due());
            due.map(|(index, rule)| format!("{} {}", index + 1, rule.operation().name)).collect()
        })
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn answer(&mut self, request: SentRequest) -> HttpConnectorFuture {
        let chosen = if self.in_order { self.next_in_order(&request) } else { self.first_that_answers(&request) };
        let answer = chosen.and_then(|index| {
            let answer = self.rules[index].answer(&request, self.in_order);
            answer.map_err(|error| format!("rule {} for {}: {error}", index + 1, request.operation()))
        });
        self.requests.push(request);
        match answer {
            Ok(answer) => answer.into_future(&[
                ("content-type".to_owned(), "application/x-amz-json-1.0".to_owned()),
                ("x-amzn-requestid".to_owned(), format!("mock-{}", self.requests.len())),
            ]),
            Err(error) => HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        }
    }

    fn first_that_answers(&self, request: &SentRequest) -> Result<usize, String> {
        let moods: Vec<_> = self.rules.iter().map(|rule| rule.mood(request, false)).collect();
        moods.iter().position(|mood| *mood == Mood::Answers).ok_or_else(|| {
            let tried = self.rules.iter().zip(&moods).enumerate().map(|(index, (rule, mood))| {
                let why = match mood {
                    Mood::OtherInput => " (its `when` says no)".to_owned(),
                    Mood::UsedUp(used) => format!(" (out of answers after {used})"),
                    Mood::OtherOperation | Mood::Answers => String::new(),
                };
                format!("{} {}{why}", index + 1, rule.operation().name)
            });
            let tried: Vec<_> = tried.collect();
            let tried = if tried.is_empty() { "there are none".to_owned() } else { tried.join(", ") };
            format!("no rule of the mock answers this {}; rules tried: {tried}", request.operation())
        })
    }

    fn next_in_order(&self, request: &SentRequest) -> Result<usize, String> {
        let operation = request.operation();
        let Some(index) = self.rules.iter().position(|rule| rule.is_due()) else {
            return Err(format!("the mock expects no more calls, and got {operation}"));
        };
        let why = match self.rules[index].mood(request, true) {
            Mood::OtherInput => ", but its `when` says no",
            _ if self.rules[index].operation().name != operation => "",
            _ => return Ok(index),
        };
        let expected = self.rules[index].operation().name;
        Err(format!("the mock expects {expected} next (rule {}), and got {operation}{why}", index + 1))
    }
}

impl HttpClient for Rulebook {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Rulebook {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let request = SentRequest::new(&request);
        self.with(|state| state.answer(request))
    }
}

impl Debug for State {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let operations: Vec<_> = self.rules.iter().map(|rule| rule.operation().name).collect();
        f.debug_struct("Rulebook").field("rules", &operations).field("requests", &self.requests.len()).finish()
    }
}
