//! A call from its input to its end: one request, as many attempts as it takes. Knows no operation.

use super::attempt::Progress;
use super::failure::{Ended, Failure};
use super::handle::Inner;
use super::typed::Typed;
use super::{attempts, input, request, target};
use crate::config::InvocationIdGenerator;
use crate::error::{BoxError, Context};
use crate::intercept::Hooks;
use crate::metrics::Outcome;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::orchestrator::Metadata as SharedMetadata;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::telemetry::CapturedTelemetryAttributes;
use bytes::Bytes;
use http::{HeaderValue, Request};
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
    // A span's name is fixed where it is written; OpenTelemetry takes this field for it.
    let span = tracing::debug_span!(
        "call",
        otel.name = %format_args!("{}.{}", metadata.service.id, metadata.name),
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
    let metadata = typed.metadata();
    let measured = inner.metrics.start(&inner.time);
    let started = inner.time.now();
    let mut progress = Progress { deadline: inner.timeouts.operation.deadline(started), ..Progress::default() };
    let requested = Some(&inner.config.telemetry).filter(|requested| !requested.is_empty());
    let captured = requested.and_then(|requested| Some(input::capture(requested, typed.input_mut()?)));
    let mut hooks = tracing::debug_span!("apply_configuration").in_scope(|| hooks(options, typed, captured.as_ref()));
    let execute = execute(options, typed, &mut progress, hooks.as_mut(), invocation_id)
        .instrument(tracing::debug_span!("try_op"));
    let result = match inner.timeouts.operation.guard(&inner.sleep, execute).await {
        Ok(result) => result,
        Err(late) => Err(Failure::Timeout(late.into())),
    };
    // Past the time limit: these hooks run once in each call, however it ends.
    let result = match hooks {
        None => result,
        Some(mut hooks) => hooks.after_call(result, typed),
    };
    let labels = captured.iter().flat_map(|captured| captured.iter());
    let labels = labels.filter(|(name, _)| inner.config.telemetry.should_emit(name));
    let outcome = Outcome { failure: result.as_ref().err(), status: progress.status };
    inner.metrics.call(metadata, measured, &inner.time, &outcome, labels);
    let Err(failure) = result else { return Ok(()) };
    let context = Context {
        operation: metadata.name,
        attempts: progress.attempts,
        elapsed: inner.time.now().duration_since(started).unwrap_or_default(),
        endpoint: progress.target.map(|target| target.origin()),
        status: progress.status,
        request_id: progress.request_id,
        given_up: progress.given_up,
    };
    Err(Ended { failure, context })
}

async fn execute(
    options: Options<'_>,
    typed: &mut dyn Typed,
    progress: &mut Progress,
    mut hooks: Option<&mut Hooks>,
    invocation_id: Result<Option<String>, BoxError>,
) -> Result<(), Failure> {
    let request = prepare(options, typed, progress, hooks.as_deref_mut(), invocation_id).await?;
    attempts::run(options.inner, typed, progress, hooks, request).await
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
    let resolve = target::resolve(inner, metadata, input).instrument(tracing::debug_span!("orchestrate_endpoint"));
    let target = resolve.await?;
    let request = tracing::debug_span!("serialization")
        .in_scope(|| request::build(inner, metadata, input, &target, options.features))?;
    progress.target = Some(target);
    match hooks {
        Some(hooks) => hooks.after_serialization(request),
        None => Ok(request),
    }
}

/// The hooks of a call; `None` for most.
fn hooks(options: Options<'_>, typed: &mut dyn Typed, captured: Option<&CapturedTelemetryAttributes>) -> Option<Hooks> {
    let inner = options.inner;
    let config = &inner.config;
    if config.interceptors.is_empty() && options.interceptors.is_empty() && config.retry_classifiers.is_empty() {
        return None;
    }
    let metadata = typed.metadata();
    let mut layer = Layer::new("call");
    layer.store_put(SharedMetadata::new(metadata.name, metadata.service.id));
    layer.store_or_unset(captured.cloned());
    #[cfg(feature = "test-util")]
    layer.store_put(typed.tables());
    layer.store_or_unset(config.region.clone());
    layer.store_or_unset(config.app_name.clone());
    layer.store_or_unset(config.retry_config.clone());
    layer.store_or_unset(config.timeout_config.clone());
    let interceptors = config.interceptors.iter().chain(options.interceptors).cloned().collect();
    Some(Hooks::new(interceptors, inner.components.clone(), ConfigBag::of_layers([layer]), typed))
}
