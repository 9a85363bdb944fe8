//! A program's own endpoint resolver and credentials.

use crate::{Transcript, configure};
use aws_credential_types::provider::future;
use aws_sdk_proton::Client;
use aws_sdk_proton::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};
use aws_sdk_proton::config::{Credentials, ProvideCredentials};

#[derive(Debug)]
struct Fixed(String);

impl ResolveEndpoint for Fixed {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        let region = params.region().unwrap_or("none");
        EndpointFuture::ready(Ok(Endpoint::builder().url(format!("{}/{region}", self.0)).build()))
    }
}

#[derive(Debug)]
struct Provider;

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Ok(Credentials::new("AKIDPROVIDER", "secret", None, None, "dropin")))
    }
}

pub(crate) async fn run(endpoint: &str, seen: &mut Transcript) {
    let mut config = configure::config(endpoint).credentials_provider(Provider);
    config.set_endpoint_url(None);
    let client = Client::from_conf(config.endpoint_resolver(Fixed(endpoint.to_owned())).build());
    let answer = client.get_service().name("plain").send().await;
    seen.note("own resolver", answer.is_ok());
    let params = Params::builder().region("us-east-1").use_fips(true).use_dual_stack(false).build();
    let params = params.expect("all is set");
    seen.note("params", format!("{:?} {:?} {:?}", params.region(), params.use_fips(), params.endpoint()));
}
