//! Operations with peculiarities: host prefixes, no signature, compressed bodies.

use crate::support::input;
use crate::support::{
    CreateThing, CreateThingInput, FakeTime, SERVICE, Server, ServiceFailure, answer, config, handle,
};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use smithy_runtime::client::Call;
use smithy_runtime::config::{HttpRequest, HttpResponse};
use smithy_runtime::error::SdkError;
use smithy_runtime::operation::{HostPart, Metadata, Operation};
use std::sync::{Arc, Mutex};

macro_rules! operation {
    ($name:ident $metadata:expr) => {
        struct $name;

        impl Operation for $name {
            type Input = CreateThingInput;
            type Output = <CreateThing as Operation>::Output;
            type Error = ServiceFailure;
            const METADATA: &'static Metadata = &$metadata;
        }
    };
}

operation!(Prefixed Metadata {
    host_prefix: &[HostPart::Text("data-"), HostPart::Label(0), HostPart::Text(".")],
    ..Metadata::new(&SERVICE, "Prefixed")
});
operation!(Anonymous Metadata { anonymous: true, ..Metadata::new(&SERVICE, "Anonymous") });

/// Keeps the URIs that it is asked for.
#[derive(Clone, Debug, Default)]
struct Fake(Arc<Mutex<Vec<String>>>);

impl HttpConnector for Fake {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request.uri().to_owned());
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().unwrap(), r#"{"arn":"a"}"#.into())))
    }
}

impl Fake {
    fn client(&self) -> SharedHttpClient {
        let this = self.clone();
        http_client_fn(move |_, _| SharedHttpConnector::new(this.clone()))
    }
}

#[tokio::test]
async fn prefixes_stand_before_the_host_and_their_labels_are_checked() {
    let (server, fake) = (Server::start([answer("{}")]).await, Fake::default());
    let config = config(&server).endpoint_url("https://example.com:8443/base").http_client(fake.client());
    let client = handle(config);
    let send = |name: &str| {
        Call::<Prefixed>::new(client.clone()).send(CreateThingInput { name: Some(name.into()), ..input() })
    };
    send("blue").await.unwrap();
    send("green-2").await.unwrap();
    let uris = fake.0.lock().unwrap().clone();
    assert_eq!(uris, ["https://data-blue.example.com:8443/base/", "https://data-green-2.example.com:8443/base/"]);
    for name in ["", "a.b", "a/b", "a@b", "-a"] {
        let error = send(name).await.unwrap_err();
        assert!(matches!(error, SdkError::ConstructionFailure(_)), "{name}: {error:?}");
        assert!(error.to_string().contains("`name` becomes part of the host name"), "{error}");
    }
}

#[tokio::test]
async fn some_operations_are_not_signed() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    Call::<Anonymous>::new(handle(config(&server).time_source(FakeTime::new()))).send(input()).await.unwrap();
    assert_eq!((server.header("authorization"), server.header("x-amz-date")), (vec![None], vec![None]));
}

#[cfg(feature = "gzip")]
mod compressed {
    use super::*;

    operation!(Gzipped Metadata { gzip: true, ..Metadata::new(&SERVICE, "Gzipped") });

    #[tokio::test]
    async fn large_bodies_are_compressed() {
        let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
        let client = handle(config(&server));
        for length in [100, 20_000] {
            let input = CreateThingInput { name: Some("x".repeat(length)), ..input() };
            Call::<Gzipped>::new(client.clone()).send(input).await.unwrap();
        }
        assert_eq!(server.header("content-encoding"), [None, Some("gzip".into())]);
        let length: usize = server.header("content-length")[1].as_ref().unwrap().parse().unwrap();
        assert!(length < 200, "{length}");
    }
}
