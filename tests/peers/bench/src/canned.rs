//! Answers without a network, for either SDK.

use proton_sdk::config::http::{HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use proton_sdk::config::{HttpClient, HttpRequest, HttpResponse, RuntimeComponents};

/// Gives every request the same answer.
#[derive(Clone, Debug)]
pub(crate) struct Canned(&'static [u8]);

impl Canned {
    /// The answer is never freed: a copy a call would be measured with it.
    pub(crate) fn new(answer: String) -> Self {
        Self(answer.leak().as_bytes())
    }
}

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().expect("a status"), self.0.into())))
    }
}
