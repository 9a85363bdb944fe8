//! The thin typed shell around a call: what the engine, which knows no operation, is lent.

use super::failure::{Ended, Failure};
use crate::error::{ErrorMetadata, SdkError};
use crate::operation::{Metadata, Operation, ServiceError};
use crate::value::{Empty, Structure};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};

/// A call's input, and later its output or error, without their types.
pub(crate) trait Typed: Send {
    fn metadata(&self) -> &'static Metadata;
    fn input_mut(&mut self) -> Option<&mut dyn Structure>;
    /// The tables of the input and the output.
    #[cfg(feature = "test-util")]
    fn tables(&self) -> crate::test_util::Tables;
    /// An empty output in place of any earlier result.
    fn new_output(&mut self) -> &mut dyn Structure;
    /// An error with empty members in place of any earlier result.
    fn new_error(&mut self, code: Option<&str>, metadata: ErrorMetadata) -> &mut dyn ServiceError;
    fn box_input(&mut self) -> Input;
    fn box_output(&mut self) -> Output;
    fn box_error(&mut self) -> Error;
    /// Each takes back what may have been changed; `false` where it is of another type.
    fn unbox_input(&mut self, input: Input) -> bool;
    fn unbox_output(&mut self, output: Output) -> bool;
    fn unbox_error(&mut self, error: Error) -> bool;
}

pub(crate) struct Slot<O: Operation> {
    input: Option<O::Input>,
    output: Option<O::Output>,
    error: Option<O::Error>,
}

impl<O: Operation> Slot<O> {
    pub(crate) fn new(input: O::Input) -> Self {
        Self { input: Some(input), output: None, error: None }
    }

    pub(crate) fn finish(self, result: Result<(), Ended>) -> Result<O::Output, SdkError<O::Error>> {
        let Err(Ended { failure, context }) = result else { return Ok(self.output.unwrap_or_else(O::Output::empty)) };
        Err(match failure {
            Failure::Construction(source) => SdkError::construction_in(source, context),
            Failure::Timeout(source) => SdkError::timeout_in(source, context),
            Failure::Dispatch(source) => SdkError::dispatch_in(source, context),
            Failure::Response(source, raw) => SdkError::response_in(source, *raw, context),
            Failure::Service(raw) => {
                let error = self.error.unwrap_or_else(|| O::Error::new(None, ErrorMetadata::builder().build()));
                SdkError::service_in(error, *raw, context)
            }
        })
    }
}

impl<O: Operation> Typed for Slot<O> {
    fn metadata(&self) -> &'static Metadata {
        O::METADATA
    }

    #[cfg(feature = "test-util")]
    fn tables(&self) -> crate::test_util::Tables {
        let (input, output) = (O::Input::empty().shape(), O::Output::empty().shape());
        crate::test_util::Tables { metadata: O::METADATA, input, output }
    }

    fn input_mut(&mut self) -> Option<&mut dyn Structure> {
        self.input.as_mut().map(|input| input as _)
    }

    fn new_output(&mut self) -> &mut dyn Structure {
        self.error = None;
        self.output.insert(O::Output::empty())
    }

    fn new_error(&mut self, code: Option<&str>, metadata: ErrorMetadata) -> &mut dyn ServiceError {
        self.output = None;
        self.error.insert(O::Error::new(code, metadata))
    }

    fn box_input(&mut self) -> Input {
        Input::erase(self.input.take().unwrap_or_else(O::Input::empty))
    }

    fn box_output(&mut self) -> Output {
        Output::erase(self.output.take().unwrap_or_else(O::Output::empty))
    }

    fn box_error(&mut self) -> Error {
        let unknown = || O::Error::new(None, ErrorMetadata::builder().build());
        Error::erase(self.error.take().unwrap_or_else(unknown))
    }

    fn unbox_input(&mut self, input: Input) -> bool {
        self.input = input.downcast().ok();
        self.input.is_some()
    }

    fn unbox_output(&mut self, output: Output) -> bool {
        self.output = output.downcast().ok();
        self.output.is_some()
    }

    fn unbox_error(&mut self, error: Error) -> bool {
        self.error = error.downcast().ok();
        self.error.is_some()
    }
}
