//! One line that says what failed, where, how often it was tried, and what to look at.

use super::{ConnectorError, Context, SdkError};
use crate::timeout::TimedOut;
use std::error::Error;
use std::fmt::{Display, Formatter, Result, Write};

impl<E: Display, R> Display for SdkError<E, R> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let context = self.context();
        let mut line = OneLine(f);
        if !context.operation.is_empty() {
            write!(line, "{}: ", context.operation)?;
        }
        match self {
            Self::ConstructionFailure(error) => write!(line, "not sent: {}", Chain(&*error.0.source))?,
            Self::TimeoutError(error) => write!(line, "timed out: {}", Chain(&*error.0.source))?,
            Self::DispatchFailure(error) if let Some(late) = late(&error.0.source) => {
                write!(line, "timed out: {late}")?;
            }
            Self::DispatchFailure(error) => {
                write!(line, "{} was not reached: {}", place(context), Chain(&error.0.source))?;
            }
            Self::ResponseError(error) => write!(line, "{}", Chain(&*error.0.source))?,
            Self::ServiceError(error) => write!(line, "{}", error.err())?,
        }
        let named = matches!(self, Self::DispatchFailure(error) if late(&error.0.source).is_none());
        write!(line, "{}", Facts { context, named })
    }
}

/// The limit within which no answer came to what was sent.
fn late(error: &ConnectorError) -> Option<&TimedOut> {
    error.source()?.downcast_ref()
}

fn place(context: &Context) -> &str {
    context.endpoint.as_deref().unwrap_or("the service")
}

/// An error with its causes; a cause whose text has already been said is left out.
pub(super) struct Chain<'a>(pub(super) &'a (dyn Error + 'static));

impl Display for Chain<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut said = self.0.to_string();
        f.write_str(&said)?;
        let mut next = self.0.source();
        while let Some(error) = next {
            let text = error.to_string();
            if !said.contains(&text) {
                write!(f, ": {text}")?;
                said = text;
            }
            next = error.source();
        }
        Ok(())
    }
}

/// The facts in brackets at the end of the line.
struct Facts<'a> {
    context: &'a Context,
    /// Whether the endpoint has been named.
    named: bool,
}

impl Display for Facts<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Context { attempts, elapsed, endpoint, status, request_id, given_up, .. } = self.context;
        if *attempts == 0 {
            return Ok(());
        }
        f.write_str(" (")?;
        if let Some(id) = request_id {
            write!(f, "request id {id}, ")?;
        }
        match (status, endpoint) {
            (Some(status), _) => write!(f, "HTTP {status}, ")?,
            (None, Some(endpoint)) if !self.named => write!(f, "{endpoint}, ")?,
            _ => {}
        }
        write!(f, "{attempts} attempt{}", if *attempts == 1 { "" } else { "s" })?;
        if status.is_none() || *attempts > 1 {
            write!(f, ", {:.1} s", elapsed.as_secs_f64())?;
        }
        if let Some(reason) = given_up {
            write!(f, ", not tried again: {reason}")?;
        }
        f.write_str(")")
    }
}

/// A writer that turns line breaks and other control characters into spaces.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    fn write_str(&mut self, text: &str) -> Result {
        let mut parts = text.split(char::is_control);
        if let Some(first) = parts.next() {
            self.0.write_str(first)?;
        }
        for part in parts {
            self.0.write_char(' ')?;
            self.0.write_str(part)?;
        }
        Ok(())
    }
}

/// The error and its causes as one line of text.
pub(crate) fn one_line(error: &(dyn Error + 'static)) -> String {
    let mut line = OneLine(String::new());
    // Writing to a `String` does not fail.
    let _ = write!(line, "{}", Chain(error));
    line.0
}
