//! A call from its input to its end: one request, as many attempts as it takes. Knows no operation.

use super::attempt::{self, Attempt, Findings, Progress};
use super::failure::{Ended, Failure};
use super::handle::Inner;
use super::typed::Typed;
use super::{input, request, target};
use crate::config::InvocationIdGenerator;
use crate::error::{BoxError, Context};
use crate::intercept::Hooks;
use crate::retry::{Symptoms, Verdict, classify};
use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::orchestrator::Metadata as SharedMetadata;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use bytes::Bytes;
use http::{HeaderValue, Request};
use std::time::Duration;
use tracing::Instrument;

/// A client, and what is particular to a call.
#[derive(Clone, Copy)]
pub(super) struct Options<'a> {
    pub(super) inner: &'a Inner,
    pub(super) interceptors: &'a [SharedInterceptor],
    pub(super) features: &'a [&'static str],
}

/// Runs a call.
pub(super) async fn run(options: Options<'_>, typed: &mut dyn Typed) -> Result<(), Ended> {
    let metadata = typed.metadata();
    let invocation_id = invocation_id(options.inner);
    let span = tracing::debug_span!(
        "call",
        rpc.system = "aws-api",
        rpc.service = metadata.service.id,
        rpc.method = metadata.name,
        sdk_invocation_id = invocation_id.as_ref().ok().and_then(Option::as_deref),
    );
    run_in_span(options, typed, invocation_id).instrument(span).await
}

/// What ties the attempts of a call together.
fn invocation_id(inner: &Inner) -> Result<Option<String>, BoxError> {
    match &inner.config.invocation_id_generator {
        None => Ok(Some(inner.random.uuid())),
        Some(generator) => Ok(generator.generate()?.map(|id| id.as_str().to_owned())),
    }
}

async fn run_in_span(
    options: Options<'_>,
    typed: &mut dyn Typed,
    invocation_id: Result<Option<String>, BoxError>,
) -> Result<(), Ended> {
    let inner = options.inner;
    let operation = typed.metadata().name;
    let started = inner.time.now();
    let mut progress = Progress::default();
    let execute = execute(options, typed, &mut progress, invocation_id);
    let limited = inner.timeouts.operation.guard(&inner.sleep, execute).await;
    let failure = match limited {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(failure)) => failure,
        Err(late) => Failure::Timeout(late.into()),
    };
    let context = Context {
        operation,
        attempts: progress.attempts,
        elapsed: inner.time.now().duration_since(started).unwrap_or_default(),
        endpoint: progress.target.map(|target| target.origin()),
        status: progress.status,
        request_id: progress.request_id,
    };
    Err(Ended { failure, context })
}

async fn execute(
    options: Options<'_>,
    typed: &mut dyn Typed,
    progress: &mut Progress,
    invocation_id: Result<Option<String>, BoxError>,
) -> Result<(), Failure> {
    let mut hooks = hooks(options, typed);
    let result = match prepare(options, typed, progress, hooks.as_mut(), invocation_id).await {
        Ok(request) => attempts(options, typed, progress, hooks.as_mut(), request).await,
        Err(failure) => Err(failure),
    };
    match hooks {
        None => result,
        Some(mut hooks) => hooks.after_call(result, typed),
    }
}

/// The request of all attempts.
async fn prepare(
    options: Options<'_>,
    typed: &mut dyn Typed,
    progress: &mut Progress,
    mut hooks: Option<&mut Hooks>,
    invocation_id: Result<Option<String>, BoxError>,
) -> Result<Request<Bytes>, Failure> {
    let inner = options.inner;
    let metadata = typed.metadata();
    let id = invocation_id.map_err(Failure::Construction)?.map(HeaderValue::try_from).transpose();
    progress.invocation_id = id.map_err(|error| Failure::Construction(error.into()))?;
    if let Some(hooks) = hooks.as_deref_mut() {
        hooks.before_serialization(typed)?;
    }
    let input = typed.input_mut().ok_or_else(|| Failure::Construction("the input is gone".into()))?;
    input::fill_token(inner, metadata, input);
    input::check(inner, input)?;
    let target = target::resolve(inner, metadata, input).await?;
    let request = request::build(inner, metadata, input, &target, options.features)?;
    progress.target = Some(target);
    match hooks {
        Some(hooks) => hooks.after_serialization(request),
        None => Ok(request),
    }
}

async fn attempts(
    options: Options<'_>,
    typed: &mut dyn Typed,
    progress: &mut Progress,
    mut hooks: Option<&mut Hooks>,
    request: Request<Bytes>,
) -> Result<(), Failure> {
    let inner = options.inner;
    let metadata = typed.metadata();
    let mut paid = None;
    let mut retry = 0;
    loop {
        let span = tracing::debug_span!("attempt", attempt = retry + 1);
        let attempt = Attempt { inner, metadata, number: retry + 1 };
        let sent = attempt::run(&attempt, &request, typed, progress, hooks.as_deref_mut()).instrument(span).await;
        let (mut result, found) = match sent {
            Ok(()) => (Ok(()), None),
            Err((failure, found)) => (Err(failure), Some(found)),
        };
        let status = progress.status;
        let verdict = match hooks.as_deref_mut() {
            None => found.and_then(|found| judge(inner, &found, status, None)),
            Some(hooks) => {
                hooks.after_attempt(result, typed);
                let verdict = found.and_then(|found| judge(inner, &found, status, Some(hooks.context())));
                result = hooks.take(typed);
                verdict
            }
        };
        let failure = match result {
            Ok(()) => {
                inner.bucket.put_back(paid);
                return Ok(());
            }
            Err(failure) => failure,
        };
        let Some(verdict) = verdict else { return Err(failure) };
        if retry + 1 >= inner.strategy.max_attempts {
            tracing::debug!(attempts = retry + 1, reason = verdict.reason, "no attempts are left");
            return Err(failure);
        }
        let cost = inner.strategy.cost(verdict.kind);
        if !inner.bucket.take(cost) {
            tracing::debug!(reason = verdict.reason, "not tried again: the retry quota is used up");
            return Err(failure);
        }
        paid = Some(cost);
        retry += 1;
        let pause = inner.strategy.pause(retry, &verdict, &inner.random);
        tracing::debug!(reason = verdict.reason, ?pause, "trying again");
        if pause > Duration::ZERO {
            inner.sleep.sleep(pause).await;
        }
    }
}

/// Whether a failed attempt is worth another.
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
        skewed: corrects_skew(inner) && inner.skew.is_large(),
        retry_after: found.retry_after,
    };
    classify(&symptoms, inner.service, &inner.config.retry_classifiers, context)
}

/// Whether signatures follow the service's clock.
pub(super) fn corrects_skew(inner: &Inner) -> bool {
    inner.config.disable_clock_skew_correction != Some(true)
}

/// The hooks of a call; `None` for most.
fn hooks(options: Options<'_>, typed: &mut dyn Typed) -> Option<Hooks> {
    let inner = options.inner;
    let config = &inner.config;
    if config.interceptors.is_empty() && options.interceptors.is_empty() && config.retry_classifiers.is_empty() {
        return None;
    }
    let metadata = typed.metadata();
    let mut layer = Layer::new("call");
    layer.store_put(SharedMetadata::new(metadata.name, metadata.service.id));
    #[cfg(feature = "test-util")]
    layer.store_put(typed.tables());
    layer.store_or_unset(config.region.clone());
    layer.store_or_unset(config.app_name.clone());
    layer.store_or_unset(config.retry_config.clone());
    layer.store_or_unset(config.timeout_config.clone());
    let interceptors = config.interceptors.iter().chain(options.interceptors).cloned().collect();
    Some(Hooks::new(interceptors, inner.components.clone(), ConfigBag::of_layers([layer]), typed))
}
