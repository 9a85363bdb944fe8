//! As many attempts as a call takes: when the next one may be sent, and whether there is one.

use super::attempt::{self, Attempt, Findings, Progress};
use super::failure::Failure;
use super::handle::Inner;
use super::typed::Typed;
use crate::error::one_line;
use crate::intercept::Hooks;
use crate::retry::{Permit, Symptoms, Verdict, classify};
use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_types::retry::ErrorKind;
use bytes::Bytes;
use http::Request;
use std::time::Duration;
use tracing::Instrument;

pub(super) async fn run(
    inner: &Inner,
    typed: &mut dyn Typed,
    progress: &mut Progress,
    mut hooks: Option<&mut Hooks>,
    request: Request<Bytes>,
) -> Result<(), Failure> {
    if let Err(wait) = wait_for_leave(inner, progress, 0).await {
        let reason = format!(
            "the service throttles this client, whose rate limiter asks to wait {wait:?}, past the operation_timeout"
        );
        return Err(Failure::Timeout(reason.into()));
    }
    let metadata = typed.metadata();
    let mut permit: Option<Permit> = None;
    let mut before: Option<Failure> = None;
    let mut retry = 0;
    loop {
        let span = tracing::debug_span!("try_attempt", attempt = retry + 1);
        let attempt = Attempt { inner, metadata, number: retry + 1 };
        let measured = inner.metrics.start(&inner.time);
        let sent = attempt::run(&attempt, &request, typed, progress, hooks.as_deref_mut()).instrument(span).await;
        inner.metrics.attempt(metadata, measured, &inner.time, attempt.number);
        let (result, verdict) = settle(inner, sent, typed, progress, hooks.as_deref_mut());
        inner.strategy.observe(verdict.as_ref(), &inner.limits, inner.time.now());
        match (&result, &verdict, permit.take()) {
            (Ok(()), None, permit) => inner.limits.bucket.reward(permit),
            (.., permit) => permit.into_iter().for_each(Permit::spend),
        }
        let result = match (result, before.take()) {
            // What came of the requests that were sent counts, not why no other one was.
            (Err(Failure::Construction(reason)), Some(before)) => {
                progress.given_up = Some(one_line(&*reason).into());
                return Err(before);
            }
            (result, _) => result,
        };
        let Some(verdict) = verdict else { return result };
        if verdict.kind == ErrorKind::TransientError && inner.strategy.reconnects {
            progress.connection.take().into_iter().for_each(|connection| connection.poison());
        }
        let reason = verdict.reason;
        if retry + 1 >= inner.strategy.max_attempts {
            tracing::debug!(attempts = retry + 1, reason, "no attempts are left");
            return result;
        }
        let now = inner.time.now();
        let pause = inner.strategy.pause(retry + 1, &verdict, &inner.random, &inner.limits, now);
        if !has_time_for(inner, progress, pause) {
            progress.given_up = Some(format!("the operation_timeout ends before the pause of {pause:?}").into());
            tracing::debug!(reason, ?pause, "not tried again: the call would end before the pause");
            return result;
        }
        permit = inner.limits.bucket.acquire(verdict.kind, inner.strategy.cost(verdict.kind), now);
        if permit.is_none() {
            progress.given_up = Some("the retry quota is used up".into());
            tracing::debug!(reason, "not tried again: the retry quota is used up");
            return result;
        }
        before = result.err();
        retry += 1;
        tracing::debug!(reason, ?pause, "trying again");
        if pause > Duration::ZERO {
            inner.sleep.sleep(pause).await;
        }
        if let Err(wait) = wait_for_leave(inner, progress, retry).await {
            progress.given_up =
                Some(format!("the rate limiter asks to wait {wait:?}, past the operation_timeout").into());
            return before.map_or(Ok(()), Err);
        }
    }
}

/// Waits until the rate limiter lets a request go; gives the wait that would outlast the call.
async fn wait_for_leave(inner: &Inner, progress: &Progress, retry: u32) -> Result<(), Duration> {
    // Others may have been faster after a wait, so it asks again.
    while let Some(wait) = inner.strategy.wait(retry, &inner.limits, inner.time.now()) {
        if !has_time_for(inner, progress, wait) {
            return Err(wait);
        }
        tracing::debug!(?wait, "the client limits its rate");
        inner.sleep.sleep(wait).await;
    }
    Ok(())
}

fn has_time_for(inner: &Inner, progress: &Progress, pause: Duration) -> bool {
    let end = inner.time.now().checked_add(pause);
    progress.deadline.is_none_or(|deadline| end.is_some_and(|end| end < deadline))
}

/// What came of an attempt after the hooks have seen it, and whether to try again.
fn settle(
    inner: &Inner,
    sent: Result<(), (Failure, Findings)>,
    typed: &mut dyn Typed,
    progress: &Progress,
    hooks: Option<&mut Hooks>,
) -> (Result<(), Failure>, Option<Verdict>) {
    let (result, found) = match sent {
        Ok(()) => (Ok(()), Findings::default()),
        Err((failure, found)) => (Err(failure), found),
    };
    match hooks {
        None => {
            let verdict = if result.is_err() { judge(inner, &found, progress.status, None) } else { None };
            (result, verdict)
        }
        Some(hooks) => {
            hooks.after_attempt(result, typed);
            // The program's classifiers may find fault with an answer that is none for the service.
            let verdict = judge(inner, &found, progress.status, Some(hooks.context()));
            (hooks.take(typed), verdict)
        }
    }
}

fn judge(
    inner: &Inner,
    found: &Findings,
    status: Option<u16>,
    context: Option<&InterceptorContext>,
) -> Option<Verdict> {
    let symptoms = Symptoms {
        broken: found.broken,
        status,
        code: found.code.as_deref(),
        skewed: attempt::corrects_skew(inner) && inner.skew.is_large(),
        retry_after: found.retry_after,
    };
    classify(&symptoms, inner.service, &inner.config.retry_classifiers, context)
}
