//! The state of one call as its interceptors see it.

use crate::client::{Failure, Typed};
use crate::error::{BoxError, ConnectorError};
use crate::http::{from_shared_request, read_shared_response, to_shared_request, to_shared_response};
use aws_smithy_runtime_api::client::interceptors::context::{Error, InterceptorContext};
use aws_smithy_runtime_api::client::interceptors::{InterceptorError, SharedInterceptor};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError as SharedError;
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Request, Response};
use std::fmt::{Display, Formatter};

/// The interceptors of a call, and what they see and change.
#[derive(Debug)]
pub(crate) struct Hooks {
    pub(super) interceptors: Vec<SharedInterceptor>,
    pub(super) context: InterceptorContext,
    pub(super) components: RuntimeComponents,
    pub(super) bag: ConfigBag,
    stage: Stage,
    /// An attempt has begun and not ended.
    in_attempt: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Input,
    Request,
    Response,
    Done,
}

impl Hooks {
    pub(crate) fn new(
        interceptors: Vec<SharedInterceptor>,
        components: RuntimeComponents,
        bag: ConfigBag,
        typed: &mut dyn Typed,
    ) -> Self {
        let context = InterceptorContext::new(typed.box_input());
        Self { interceptors, context, components, bag, stage: Stage::Input, in_attempt: false }
    }

    /// What retry classifiers see.
    pub(crate) fn context(&self) -> &InterceptorContext {
        &self.context
    }

    /// Before the input becomes a request. Afterwards the input is where the engine finds it.
    pub(crate) fn before_serialization(&mut self, typed: &mut dyn Typed) -> Result<(), Failure> {
        let mut result = self.read_before_execution();
        if result.is_ok() {
            result = self.modify_before_serialization().and_then(|()| self.read_before_serialization());
        }
        self.context.enter_serialization_phase();
        let returned = self.context.take_input().is_some_and(|input| typed.unbox_input(input));
        result.map_err(|error| Failure::Construction(error.into()))?;
        if !returned {
            return Err(Failure::Construction("an interceptor put an input of another operation in place".into()));
        }
        Ok(())
    }

    /// After the input became a request, before the first attempt.
    pub(crate) fn after_serialization(&mut self, request: Request<Bytes>) -> Result<Request<Bytes>, Failure> {
        self.set_request(request)?;
        self.context.enter_before_transmit_phase();
        self.stage = Stage::Request;
        self.read_after_serialization().and_then(|()| self.modify_before_retry_loop()).map_err(not_dispatched)?;
        self.context.save_checkpoint();
        self.request()
    }

    /// Before an attempt's request is signed.
    pub(crate) fn before_signing(&mut self, request: Request<Bytes>, attempt: u32) -> Result<Request<Bytes>, Failure> {
        self.context.rewind(&mut self.bag);
        self.stage = Stage::Request;
        self.in_attempt = true;
        self.bag.interceptor_state().store_put(RequestAttempts::new(attempt));
        self.set_request(request)?;
        self.read_before_attempt()
            .and_then(|()| self.modify_before_signing())
            .and_then(|()| self.read_before_signing())
            .map_err(not_dispatched)?;
        self.request()
    }

    /// After an attempt's request was signed, before it is sent.
    pub(crate) fn before_transmit(&mut self, request: Request<Bytes>) -> Result<Request<Bytes>, Failure> {
        self.set_request(request)?;
        self.read_after_signing()
            .and_then(|()| self.modify_before_transmit())
            .and_then(|()| self.read_before_transmit())
            .map_err(not_dispatched)?;
        let request = self.request()?;
        self.context.enter_transmit_phase();
        Ok(request)
    }

    /// After the answer came, before it is read.
    pub(crate) fn after_transmit(&mut self, response: Response<Bytes>) -> Result<Response<Bytes>, Failure> {
        self.context.set_response(*to_shared_response(response));
        self.context.enter_before_deserialization_phase();
        self.stage = Stage::Response;
        let result = self
            .read_after_transmit()
            .and_then(|()| self.modify_before_deserialization())
            .and_then(|()| self.read_before_deserialization());
        self.context.enter_deserialization_phase();
        let response = self.context.response().map(read_shared_response).unwrap_or_default();
        match result {
            Ok(()) => Ok(response),
            Err(error) => Err(Failure::Response(error.into(), to_shared_response(response))),
        }
    }

    /// After an attempt, whatever came of it. Then retry classifiers may look.
    pub(crate) fn after_attempt(&mut self, result: Result<(), Failure>, typed: &mut dyn Typed) {
        self.in_attempt = false;
        self.put(result, typed);
        let mut result = Ok(());
        if self.stage == Stage::Response {
            self.context.enter_after_deserialization_phase();
            self.stage = Stage::Done;
            result = self.read_after_deserialization();
        }
        self.note(result);
        let _span = tracing::debug_span!("finally_attempt").entered();
        let result = self.modify_before_attempt_completion();
        self.note(result);
        let result = self.read_after_attempt();
        self.note(result);
    }

    /// After the last attempt, or when time ran out in the middle of it.
    pub(crate) fn after_call(&mut self, mut result: Result<(), Failure>, typed: &mut dyn Typed) -> Result<(), Failure> {
        if self.in_attempt {
            self.after_attempt(result, typed);
            result = self.take(typed);
        }
        self.put(result, typed);
        let _span = tracing::debug_span!("finally_op").entered();
        let result = self.modify_before_completion();
        self.note(result);
        let result = self.read_after_execution();
        self.note(result);
        self.take(typed)
    }

    /// Gives the result of an attempt back to the engine.
    pub(crate) fn take(&mut self, typed: &mut dyn Typed) -> Result<(), Failure> {
        let error = match self.context.take_output_or_error() {
            Some(Ok(output)) => {
                if typed.unbox_output(output) {
                    return Ok(());
                }
                OrchestratorError::other("an interceptor put an output of another operation in place")
            }
            Some(Err(error)) => error,
            None => OrchestratorError::other("an interceptor removed the result"),
        };
        let Err(error) = self.context.finalize_result(Err(error)) else { return Ok(()) };
        Err(match error {
            SharedError::ServiceError(answer) => {
                // The response has to be given back as well, so it is copied out of the shared type.
                let response = self.keep(answer.raw());
                if typed.unbox_error(answer.into_err()) {
                    Failure::Service(response)
                } else {
                    Failure::Response("an interceptor put an error of another operation in place".into(), response)
                }
            }
            SharedError::ResponseError(answer) => {
                let response = self.keep(answer.raw());
                Failure::Response(source(SharedError::ResponseError(answer)), response)
            }
            SharedError::TimeoutError(late) => Failure::Timeout(source(SharedError::TimeoutError(late))),
            SharedError::DispatchFailure(failure) => match source(SharedError::DispatchFailure(failure)).downcast() {
                Ok(error) => dispatch_or_construction(*error),
                Err(error) => Failure::Dispatch(ConnectorError::other(error, None)),
            },
            other => Failure::Construction(unwrap_not_sent(source(other))),
        })
    }

    /// A copy of the response, and one for hooks that are still to come.
    fn keep(&mut self, response: &HttpResponse) -> Box<HttpResponse> {
        let response = read_shared_response(response);
        self.context.set_response(*to_shared_response(response.clone()));
        to_shared_response(response)
    }

    fn put(&mut self, result: Result<(), Failure>, typed: &mut dyn Typed) {
        let is_answer = matches!(result, Err(Failure::Service(_)));
        let result = match result {
            Ok(()) => Ok(typed.box_output()),
            Err(Failure::Construction(error)) => Err(OrchestratorError::other(NotSent(error))),
            Err(Failure::Timeout(error)) => Err(OrchestratorError::timeout(error)),
            Err(Failure::Dispatch(error)) => Err(OrchestratorError::connector(error)),
            Err(Failure::Response(error, response)) => {
                self.context.set_response(*response);
                Err(OrchestratorError::response(error))
            }
            Err(Failure::Service(response)) => {
                self.context.set_response(*response);
                Err(OrchestratorError::operation(typed.box_error()))
            }
        };
        self.context.set_output_or_error(result);
        if is_answer && self.stage == Stage::Request {
            // The answer to an earlier attempt: this one was not sent. The official type keeps answers in the last phase.
            self.context.take_request();
            self.context.enter_transmit_phase();
            self.context.enter_before_deserialization_phase();
            self.context.enter_deserialization_phase();
            self.context.enter_after_deserialization_phase();
            self.stage = Stage::Done;
        }
    }

    /// An interceptor's error takes the place of the result.
    fn note(&mut self, result: Result<(), InterceptorError>) {
        if let Err(error) = result {
            self.context.set_output_or_error(Err(OrchestratorError::interceptor(error)));
        }
    }

    fn set_request(&mut self, request: Request<Bytes>) -> Result<(), Failure> {
        self.context.set_request(to_shared_request(request).map_err(Failure::Dispatch)?);
        Ok(())
    }

    fn request(&mut self) -> Result<Request<Bytes>, Failure> {
        let request = self.context.take_request().ok_or_else(|| Failure::Construction("the request is gone".into()))?;
        let mut request = from_shared_request(request).map_err(Failure::Dispatch)?;
        // An interceptor may have put another body in place.
        let length = HeaderValue::from(request.body().len());
        if let Some(header) = request.headers_mut().get_mut(CONTENT_LENGTH) {
            *header = length;
        }
        Ok(request)
    }
}

fn not_dispatched(error: InterceptorError) -> Failure {
    Failure::Dispatch(ConnectorError::other(error.into(), None))
}

fn source(error: SharedError<Error, HttpResponse>) -> BoxError {
    error.into_source().unwrap_or_else(|_| "an error without a source".into())
}

fn dispatch_or_construction(error: ConnectorError) -> Failure {
    let is_ours =
        |error: &ConnectorError| std::error::Error::source(error).is_some_and(|source| source.is::<NotSent>());
    if is_ours(&error) { Failure::Construction(unwrap_not_sent(error.into_source())) } else { Failure::Dispatch(error) }
}

fn unwrap_not_sent(error: BoxError) -> BoxError {
    match error.downcast::<NotSent>() {
        Ok(inner) => inner.0,
        Err(error) => error,
    }
}

/// Marks what went wrong before anything was sent, which the official type does not tell from a broken connection.
#[derive(Debug)]
struct NotSent(BoxError);

impl Display for NotSent {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for NotSent {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
