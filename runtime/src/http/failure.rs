//! What reqwest reports, sorted by what it means for a call and put into few words.

use super::tls::Tls;
use crate::error::{BoxError, ConnectorError};
use std::error::Error;
use std::fmt::{Display, Formatter};

/// A request without an answer.
pub(super) fn of_request(error: reqwest::Error) -> ConnectorError {
    let (is_timeout, is_connect, is_builder) = (error.is_timeout(), error.is_connect(), error.is_builder());
    let is_refusal = causes(&error).any(Tls::is_refusal);
    let is_locked = causes(&error).any(is_locked_proxy);
    let cause = of_body(error);
    if is_timeout {
        ConnectorError::timeout(cause).never_connected()
    } else if is_refusal {
        let hint = "; certificates are set with `http::Client::builder()`";
        ConnectorError::other(format!("{}{hint}", crate::error::one_line(&*cause)).into(), None).never_connected()
    } else if is_locked {
        let hint = "the proxy refused the tunnel with HTTP 407; it takes a user by `Proxy::basic_auth` or in its URL";
        ConnectorError::other(hint.into(), None).never_connected()
    } else if is_connect {
        ConnectorError::io(cause).never_connected()
    } else if is_builder {
        ConnectorError::user(cause)
    } else {
        ConnectorError::io(cause)
    }
}

/// A proxy that wants to know who asks. The error's type is private to hyper-util, so its words have to do.
fn is_locked_proxy(error: &(dyn Error + 'static)) -> bool {
    error.to_string() == "tunnel error: proxy authorization required"
}

/// An answer that breaks off.
pub(super) fn of_body(error: reqwest::Error) -> BoxError {
    Box::new(Cause(error.without_url()))
}

/// An error of reqwest, from where it says something: it and hyper wrap each failure in two that only name themselves.
#[derive(Debug)]
struct Cause(reqwest::Error);

impl Cause {
    fn inner(&self) -> &(dyn Error + 'static) {
        let wrapped = self.0.source().and_then(Error::source);
        wrapped.or(self.0.source()).unwrap_or(&self.0)
    }
}

impl Display for Cause {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        Display::fmt(self.inner(), f)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.inner().source()
    }
}

/// The error and all below it, also what `std::io::Error` wraps and does not name as its source.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    fn next<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
        match error.downcast_ref::<std::io::Error>() {
            Some(io) => io.get_ref().map(|inner| inner as _),
            None => error.source(),
        }
    }
    std::iter::successors(Some(error), |error| next(*error))
}
