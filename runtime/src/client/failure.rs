//! How a call ends without output, before it has a type.

use crate::error::{BoxError, ConnectorError, Context};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

/// What went wrong. A service's error itself is where the typed shell keeps it.
#[derive(Debug)]
pub(crate) enum Failure {
    Construction(BoxError),
    Timeout(BoxError),
    Dispatch(ConnectorError),
    Response(BoxError, Box<HttpResponse>),
    Service(Box<HttpResponse>),
}

/// The end of a call that failed.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) failure: Failure,
    pub(crate) context: Context,
}
