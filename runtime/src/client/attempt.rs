//! One attempt: sign, send, read.

use super::answer;
use super::auth;
use super::failure::Failure;
use super::handle::Inner;
use super::target::Target;
use super::typed::Typed;
use crate::error::ConnectorError;
use crate::http::{Connection, SendError, to_shared_response};
use crate::intercept::Hooks;
use crate::operation::Metadata;
use aws_smithy_types::DateTime;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const AMZ_SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");
const AMZ_SDK_INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");

/// Which attempt of what.
pub(super) struct Attempt<'a> {
    pub(super) inner: &'a Inner,
    pub(super) metadata: &'static Metadata,
    /// 1 for the first.
    pub(super) number: u32,
}

/// What is known of a call so far, for its error.
#[derive(Debug, Default)]
pub(super) struct Progress {
    pub(super) attempts: u32,
    /// When the call has to have ended.
    pub(super) deadline: Option<SystemTime>,
    pub(super) target: Option<Arc<Target>>,
    /// What ties the attempts together.
    pub(super) invocation_id: Option<HeaderValue>,
    pub(super) status: Option<u16>,
    pub(super) request_id: Option<Box<str>>,
    /// What the last request went over.
    pub(super) connection: Option<Connection>,
    /// Why a failure that may pass was not waited out.
    pub(super) given_up: Option<Box<str>>,
}

/// What decides whether a failed attempt is worth another.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) broken: bool,
    pub(super) code: Option<String>,
    pub(super) retry_after: Option<Duration>,
}

type Failed = (Failure, Findings);

pub(super) async fn run(
    attempt: &Attempt<'_>,
    request: &Request<Bytes>,
    typed: &mut dyn Typed,
    progress: &mut Progress,
    hooks: Option<&mut Hooks>,
) -> Result<(), Failed> {
    let inner = attempt.inner;
    let exchange = exchange(attempt, request, progress, hooks);
    let response = match inner.timeouts.attempt.guard(&inner.sleep, exchange).await {
        Ok(result) => result?,
        Err(late) => return Err((Failure::Timeout(late.into()), Findings { broken: true, ..Findings::default() })),
    };
    let retry_after = answer::retry_after(response.headers());
    tracing::debug_span!("deserialization")
        .in_scope(|| answer::read(inner, response, typed))
        .map_err(|(failure, code)| (failure, Findings { broken: false, code, retry_after }))
}

/// Everything of an attempt that waits.
async fn exchange(
    attempt: &Attempt<'_>,
    base: &Request<Bytes>,
    progress: &mut Progress,
    mut hooks: Option<&mut Hooks>,
) -> Result<Response<Bytes>, Failed> {
    let inner = attempt.inner;
    let mut request = Request::new(base.body().clone());
    *request.method_mut() = base.method().clone();
    *request.uri_mut() = base.uri().clone();
    *request.headers_mut() = base.headers().clone();
    *request.extensions_mut() = base.extensions().clone();
    if let Some(hooks) = hooks.as_deref_mut() {
        request = hooks.before_signing(request, attempt.number).map_err(plain)?;
    }
    auth::authenticate(inner, attempt.metadata, &mut request, progress.target.as_deref()).await.map_err(plain)?;
    announce(attempt, &mut request, progress);
    if let Some(hooks) = hooks.as_deref_mut() {
        request = hooks.before_transmit(request).map_err(plain)?;
    }

    progress.attempts = attempt.number;
    progress.status = None;
    progress.request_id = None;
    let sent = inner.time.now();
    let connection = inner.transport.connection(request.uri()).map_err(|error| plain(Failure::Dispatch(error)))?;
    let connection = progress.connection.insert(connection);
    inner.metrics.sent(attempt.metadata, request.body().len());
    let answer = connection.send(request, &inner.timeouts.read, &inner.sleep).await;
    let received = inner.time.now();
    let took = received.duration_since(sent).unwrap_or_default();
    let response = match answer {
        Ok(response) => response,
        Err(error) => return Err(broken(error, progress, took)),
    };
    note(&response, progress);
    inner.metrics.received(attempt.metadata, response.body().len());
    tracing::debug!(status = response.status().as_u16(), ?took, "answered");
    if corrects_skew(inner) {
        inner.skew.observe(response.headers(), sent, received);
    }
    match hooks {
        Some(hooks) => hooks.after_transmit(response).map_err(plain),
        None => Ok(response),
    }
}

/// Whether signatures follow the service's clock.
pub(super) fn corrects_skew(inner: &Inner) -> bool {
    inner.config.disable_clock_skew_correction != Some(true)
}

/// Tells the service which attempt this is. Not part of the signature.
fn announce(attempt: &Attempt<'_>, request: &mut Request<Bytes>, progress: &Progress) {
    let Attempt { inner, number, .. } = attempt;
    let max = inner.strategy.max_attempts;
    let ttl = if *number > 1 { ttl(inner, progress.deadline) } else { None };
    let text = match ttl {
        Some(ttl) => format!("ttl={ttl}; attempt={number}; max={max}"),
        None => format!("attempt={number}; max={max}"),
    };
    if let Ok(value) = HeaderValue::try_from(text) {
        request.headers_mut().insert(AMZ_SDK_REQUEST, value);
    }
    if let Some(id) = &progress.invocation_id {
        request.headers_mut().insert(AMZ_SDK_INVOCATION_ID, id.clone());
    }
}

/// Until when an answer is of use, by the service's clock, as `20260102T030405Z`.
fn ttl(inner: &Inner, deadline: Option<SystemTime>) -> Option<String> {
    let now = inner.time.now();
    let read = inner.timeouts.read.duration().and_then(|read| now.checked_add(read));
    let until = inner.skew.correct(read.into_iter().chain(deadline).min()?);
    let text = DateTime::from_secs(DateTime::from(until).secs()).fmt(aws_smithy_types::date_time::Format::DateTime);
    Some(text.ok()?.replace(['-', ':'], ""))
}

fn note(response: &Response<Bytes>, progress: &mut Progress) {
    progress.status = Some(response.status().as_u16());
    progress.request_id = answer::request_id(response.headers()).map(Into::into);
}

fn broken(error: SendError, progress: &mut Progress, took: Duration) -> Failed {
    let findings = Findings { broken: true, ..Findings::default() };
    match error {
        SendError::TimedOut(late) => (Failure::Dispatch(ConnectorError::timeout(late.into())), findings),
        SendError::Body(response, source) => {
            note(&response, progress);
            tracing::debug!(?took, "the answer broke off");
            let source = format!("the response broke off: {}", crate::error::one_line(&*source));
            (Failure::Response(source.into(), to_shared_response(*response)), findings)
        }
        SendError::Connector(error) => {
            tracing::debug!(?took, kind = %error, "not answered");
            let findings = Findings { broken: is_transient(&error), ..findings };
            (Failure::Dispatch(error), findings)
        }
    }
}

fn is_transient(error: &ConnectorError) -> bool {
    use aws_smithy_types::retry::ErrorKind;
    error.is_io() || error.is_timeout() || error.as_other() == Some(ErrorKind::TransientError)
}

fn plain(failure: Failure) -> Failed {
    (failure, Findings::default())
}
