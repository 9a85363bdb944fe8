//! A transport of the program's own in the place of HTTP.

use crate::{Transcript, configure};
use aws_sdk_proton::Client;
use aws_sdk_proton::config::http::{HttpRequest, HttpResponse};
use aws_sdk_proton::config::{HttpClient, RuntimeComponents, SharedHttpClient};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Answers the same to all.
#[derive(Clone, Debug, Default)]
struct Canned {
    calls: Arc<AtomicUsize>,
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let body =
            if target.ends_with(".GetService") { r#"{"service":{"name":"mocked","status":"ACTIVE"}}"# } else { "{}" };
        let ok = StatusCode::try_from(200).expect("a status");
        let mut response = HttpResponse::new(ok, SdkBody::from(body));
        response.headers_mut().insert("x-amzn-requestid", "mock-1");
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// Fails as a broken connection does.
#[derive(Debug)]
struct Broken;

impl HttpConnector for Broken {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(Err(ConnectorError::io("the wire is cut".into())))
    }
}

pub(crate) async fn run(seen: &mut Transcript) {
    let canned = Canned::default();
    let config = configure::config("https://proton.invalid").http_client(canned.clone()).build();
    let kept: Option<SharedHttpClient> = config.http_client();
    seen.note("kept", kept.is_some());
    let client = Client::from_conf(config);
    let answer = client.get_service().name("any").send().await.expect("the mock answers");
    seen.note("mocked", answer.service().map_or("", |service| service.name()));
    let listed = client.list_services().into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    seen.note("mocked list", listed.map_or(usize::MAX, |services| services.len()));
    seen.note("calls", canned.calls.load(Ordering::SeqCst));

    let connector = SharedHttpConnector::new(Broken);
    let broken = http_client_fn(move |_, _| connector.clone());
    let client = Client::from_conf(configure::config("https://proton.invalid").http_client(broken).build());
    let error = client.get_service().name("any").send().await.expect_err("the wire is cut");
    seen.note("cut", crate::failures::kind(&error));
}
