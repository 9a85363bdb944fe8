//! The built-in client in the form that other AWS crates take.

use super::{BuiltIn, SendError, from_shared_request, to_shared_response};
use crate::error::ConnectorError;
use crate::timeout::Limit;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use std::time::Duration;

/// One connection pool for whoever is given a copy.
#[derive(Clone, Debug)]
pub(crate) struct SharedBuiltIn {
    client: BuiltIn,
    read: Duration,
    sleep: SharedAsyncSleep,
}

impl SharedBuiltIn {
    pub(crate) fn new(sleep: SharedAsyncSleep) -> Self {
        let seconds = Duration::from_secs;
        Self { client: BuiltIn::new(Some(Duration::from_millis(3_100))), read: seconds(30), sleep }
    }

    async fn send(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = from_shared_request(request)?;
        let read = Limit::internal(self.read, "read_timeout");
        match self.client.send(request, &read, &self.sleep).await {
            Ok(response) => Ok(*to_shared_response(response)),
            Err(SendError::Connector(error)) => Err(error),
            Err(SendError::TimedOut(late)) => Err(ConnectorError::timeout(late.into())),
            Err(SendError::Body(_, error)) => Err(ConnectorError::io(error)),
        }
    }
}

impl HttpClient for SharedBuiltIn {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let client = match settings.connect_timeout() {
            Some(connect) => self.client.with_connect_timeout(Some(connect)),
            None => self.client.clone(),
        };
        let read = settings.read_timeout().unwrap_or(self.read);
        SharedHttpConnector::new(Self { client, read, sleep: self.sleep.clone() })
    }
}

impl HttpConnector for SharedBuiltIn {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().send(request))
    }
}
