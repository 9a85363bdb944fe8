//! Closures that change a request, as interceptors. They run before it is signed.

use crate::config::interceptors::BeforeTransmitInterceptorContextMut;
use crate::config::{ConfigBag, HttpRequest, Intercept, RuntimeComponents};
use crate::error::BoxError;
use std::fmt::{Debug, Formatter, Result as FmtResult};

/// Puts another request in the place of the one that was made.
pub(crate) struct MapRequest<F>(pub(crate) F);

impl<F, E> Intercept for MapRequest<F>
where
    F: Fn(HttpRequest) -> Result<HttpRequest, E> + Send + Sync + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    fn name(&self) -> &'static str {
        "MapRequest"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let taken = std::mem::replace(request, HttpRequest::empty());
        *request = (self.0)(taken)?;
        Ok(())
    }
}

impl<F> Debug for MapRequest<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("MapRequest")
    }
}

/// Changes the request in place.
pub(crate) struct MutateRequest<F>(pub(crate) F);

impl<F> Intercept for MutateRequest<F>
where
    F: Fn(&mut HttpRequest) + Send + Sync + 'static,
{
    fn name(&self) -> &'static str {
        "MutateRequest"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        (self.0)(context.request_mut());
        Ok(())
    }
}

impl<F> Debug for MutateRequest<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("MutateRequest")
    }
}
