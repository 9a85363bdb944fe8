//! One method for each hook; each runs the hook of every enabled interceptor, and the last error counts.

use super::Hooks;
use crate::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::interceptors::{Intercept, InterceptorError, SharedInterceptor};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

type Hook<'a> =
    &'a dyn Fn(&SharedInterceptor, &mut InterceptorContext, &RuntimeComponents, &mut ConfigBag) -> Result<(), BoxError>;

impl Hooks {
    fn each(
        &mut self,
        hook: Hook<'_>,
        wrap: fn(&'static str, BoxError) -> InterceptorError,
    ) -> Result<(), InterceptorError> {
        let mut result = Ok(());
        for interceptor in &self.interceptors {
            if !interceptor.enabled(&self.bag) {
                continue;
            }
            if let Err(error) = hook(interceptor, &mut self.context, &self.components, &mut self.bag) {
                tracing::debug!(interceptor = interceptor.name(), "the interceptor failed");
                result = Err(wrap(interceptor.name(), error));
            }
        }
        result
    }
}

macro_rules! hooks {
    ($($how:ident $name:ident;)*) => {
        impl Hooks {
            $(pub(super) fn $name(&mut self) -> Result<(), InterceptorError> {
                self.each(
                    &|interceptor, context, components, bag| hooks!($how interceptor, $name, context, components, bag),
                    |name, error| InterceptorError::$name(name, error),
                )
            })*
        }
    };
    (read $on:ident, $name:ident, $context:ident, $components:ident, $bag:ident) => {
        $on.$name(&(&*$context).into(), $components, $bag)
    };
    (modify $on:ident, $name:ident, $context:ident, $components:ident, $bag:ident) => {
        $on.$name(&mut $context.into(), $components, $bag)
    };
    (first $on:ident, $name:ident, $context:ident, $components:ident, $bag:ident) => {{
        let _ = $components;
        $on.$name(&(&*$context).into(), $bag)
    }};
}

hooks! {
    first read_before_execution;
    modify modify_before_serialization;
    read read_before_serialization;
    read read_after_serialization;
    modify modify_before_retry_loop;
    read read_before_attempt;
    modify modify_before_signing;
    read read_before_signing;
    read read_after_signing;
    modify modify_before_transmit;
    read read_before_transmit;
    read read_after_transmit;
    modify modify_before_deserialization;
    read read_before_deserialization;
    read read_after_deserialization;
    modify modify_before_attempt_completion;
    read read_after_attempt;
    modify modify_before_completion;
    read read_after_execution;
}
