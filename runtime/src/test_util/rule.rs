//! What a mock answers to calls of one operation.

use super::answer::Answer;
use super::request::SentRequest;
use super::rulebook::{AnyRule, Mood};
use crate::error::ErrorMetadata;
use crate::operation::{Metadata, Operation, ServiceError};
use bytes::Bytes;
use std::fmt::{Debug, Formatter};

/// Answers to calls of one operation, in order. [`Mock::on`](super::Mock::on) makes one.
///
/// Each answer is given once, or as often as [`times`](Self::times) says; the last one stays unless that says
/// otherwise. What is tried again asks again: a throttling error that stays fails a call after all its attempts.
#[must_use = "a rule is handed back to the mock"]
pub struct Rule<O: Operation> {
    conditions: Vec<Condition<O>>,
    steps: Vec<Step<O>>,
    used: u32,
}

struct Step<O: Operation> {
    reply: Reply<O>,
    times: Option<u32>,
}

enum Reply<O: Operation> {
    /// An answer, or why it cannot be written.
    Fixed(Result<Answer, String>),
    Computed(Computation<O>),
}

type Condition<O> = Box<dyn Fn(&<O as Operation>::Input) -> bool + Send>;
type Computation<O> = Box<dyn FnMut(&<O as Operation>::Input) -> Outcome<O> + Send>;
type Outcome<O> = Result<<O as Operation>::Output, <O as Operation>::Error>;

impl<O: Operation> Rule<O> {
    pub(super) fn new() -> Self {
        Self { conditions: Vec::new(), steps: Vec::new(), used: 0 }
    }

    /// Answers only calls whose input fulfils the condition.
    pub fn when(mut self, condition: impl Fn(&O::Input) -> bool + Send + 'static) -> Self {
        self.conditions.push(Box::new(condition));
        self
    }

    /// Answers with this output.
    pub fn returns(self, output: O::Output) -> Self {
        self.then(Answer::output(&output).map_err(|error| error.to_string()))
    }

    /// Answers with this error of the service. Its HTTP status is 429 for throttling, 500 for a fault of the server,
    /// and 400 otherwise.
    pub fn fails(self, error: impl Into<O::Error>) -> Self {
        self.then(Answer::error::<O>(error.into()).map_err(|error| error.to_string()))
    }

    /// Answers with the error of this code, such as `ConflictException`, whether the model names it or not.
    pub fn fails_with(self, code: &str, message: &str) -> Self {
        let meta = ErrorMetadata::builder().code(code).message(message).build();
        self.fails(O::Error::new(Some(code), meta))
    }

    /// Answers with what the function makes of the input. It must not ask the mock, which waits for it.
    pub fn answers(mut self, answer: impl FnMut(&O::Input) -> Result<O::Output, O::Error> + Send + 'static) -> Self {
        self.steps.push(Step { reply: Reply::Computed(Box::new(answer)), times: None });
        self
    }

    /// Answers with an HTTP response, such as a proxy's: `http(503, "<html>")`.
    pub fn http(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.then(Ok(Answer::Http { status, body: body.into() }))
    }

    /// Refuses the connection.
    pub fn refuses_connection(self) -> Self {
        self.then(Ok(Answer::Refused))
    }

    /// Never answers, so that the client's read time-out ends the attempt. It is over at once, and the mock's time 30 s
    /// later, or as late as the configuration says.
    pub fn times_out(self) -> Self {
        self.then(Ok(Answer::TimedOut))
    }

    /// Begins an answer with status 200 and closes the connection in the middle of its body.
    pub fn breaks_off(self) -> Self {
        self.then(Ok(Answer::BrokenOff))
    }

    /// Gives the last named answer so many times, and then the next one. A rule that is out of answers leaves calls to
    /// the rules after it.
    ///
    /// # Panics
    /// No answer was named before.
    #[track_caller]
    pub fn times(mut self, times: u32) -> Self {
        let last = self.steps.last_mut().expect("`times` follows an answer, such as `returns(..)`");
        last.times = Some(times);
        self
    }

    /// `times(1)`.
    ///
    /// # Panics
    /// No answer was named before.
    #[track_caller]
    pub fn once(self) -> Self {
        self.times(1)
    }

    fn then(mut self, answer: Result<Answer, String>) -> Self {
        self.steps.push(Step { reply: Reply::Fixed(answer), times: None });
        self
    }

    /// Which step the next answer comes from.
    fn current(&self, in_order: bool) -> Option<usize> {
        let mut before = 0;
        for (index, step) in self.steps.iter().enumerate() {
            let stays = index + 1 == self.steps.len() && !in_order;
            match step.times.or((!stays).then_some(1)) {
                None => return Some(index),
                Some(times) => before += times,
            }
            if self.used < before {
                return Some(index);
            }
        }
        None
    }
}

impl<O: Operation> AnyRule for Rule<O> {
    fn operation(&self) -> &'static Metadata {
        O::METADATA
    }

    fn mood(&self, request: &SentRequest, in_order: bool) -> Mood {
        let Some(input) = request.input::<O>() else { return Mood::OtherOperation };
        if !self.conditions.iter().all(|condition| condition(&input)) {
            return Mood::OtherInput;
        }
        match self.current(in_order) {
            Some(_) => Mood::Answers,
            None => Mood::UsedUp(self.used),
        }
    }

    fn answer(&mut self, request: &SentRequest, in_order: bool) -> Result<Answer, String> {
        let index = self.current(in_order).ok_or("the rule is out of answers")?;
        self.used += 1;
        match &mut self.steps[index].reply {
            Reply::Fixed(answer) => answer.clone(),
            Reply::Computed(answer) => {
                let input = request.input::<O>().ok_or("the input cannot be read")?;
                let answer = match answer(&input) {
                    Ok(output) => Answer::output(&output),
                    Err(error) => Answer::error::<O>(error),
                };
                answer.map_err(|error| error.to_string())
            }
        }
    }

    fn is_due(&self) -> bool {
        self.used < self.steps.iter().map(|step| step.times.unwrap_or(1)).sum()
    }
}

impl<O: Operation> Debug for Rule<O> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Rule");
        out.field("operation", &O::METADATA.name).field("answers", &self.steps.len()).finish_non_exhaustive()
    }
}
