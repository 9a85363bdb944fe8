//! The program's own HTTP client.

use super::{SendError, body, convert};
use crate::timeout::{Limit, Timeouts};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http::{Request, Response};

/// A connector that the program's client made.
#[derive(Clone, Debug)]
pub(crate) struct Custom(SharedHttpConnector);

impl Custom {
    pub(crate) fn new(client: &SharedHttpClient, timeouts: &Timeouts, components: &RuntimeComponents) -> Self {
        let mut settings = HttpConnectorSettings::builder();
        settings.set_connect_timeout(timeouts.connect);
        // Our own guard covers the read time-out, also where a client does not know it.
        Self(client.http_connector(&settings.build(), components))
    }

    pub(crate) fn connection(&self) -> Connection {
        Connection { connector: self.0.clone(), capture: CaptureSmithyConnection::new() }
    }
}

/// A way to the program's client, which may tell which connection it took.
#[derive(Debug)]
pub(crate) struct Connection {
    connector: SharedHttpConnector,
    capture: CaptureSmithyConnection,
}

impl Connection {
    pub(crate) fn poison(&self) {
        if let Some(connection) = self.capture.get() {
            connection.poison();
        }
    }

    pub(crate) async fn send(
        &self,
        request: Request<Bytes>,
        read: &Limit,
        sleep: &SharedAsyncSleep,
    ) -> Result<Response<Bytes>, SendError> {
        let mut request = convert::to_shared_request(request).map_err(SendError::Connector)?;
        request.add_extension(self.capture.clone());
        let answer = read.guard(sleep, self.connector.call(request)).await.map_err(SendError::TimedOut)?;
        let mut shared = answer.map_err(SendError::Connector)?;
        let body = std::mem::replace(shared.body_mut(), SdkBody::taken());
        let mut response = convert::from_shared_response(shared).map_err(SendError::Connector)?;
        if let Some(bytes) = body.bytes() {
            *response.body_mut() = Bytes::copy_from_slice(bytes);
            return Ok(response);
        }
        match body::read(&mut ByteStream::new(body), read, sleep).await {
            Ok(Ok(body)) => *response.body_mut() = body,
            Ok(Err(error)) => return Err(SendError::Body(Box::new(response), error.into())),
            Err(late) => return Err(SendError::Body(Box::new(response), late.into())),
        }
        Ok(response)
    }
}

impl body::Parts for ByteStream {
    type Error = aws_smithy_types::byte_stream::error::Error;

    fn expected(&self) -> Option<u64> {
        self.size_hint().1
    }

    fn next(&mut self) -> impl Future<Output = Result<Option<Bytes>, Self::Error>> + Send {
        self.try_next()
    }
}
