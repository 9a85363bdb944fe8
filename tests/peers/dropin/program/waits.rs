//! Waits, on a clock that jumps.

use crate::failures::kind;
use crate::{Transcript, configure};
use aws_sdk_proton::client::Waiters;
use aws_sdk_proton::error::ProvideErrorMetadata;
use aws_sdk_proton::operation::get_service::GetServiceError;
use aws_sdk_proton::waiters::service_created::{
    ServiceCreatedFinalPoll, ServiceCreatedFluentBuilder, WaitUntilServiceCreatedError,
};
use aws_sdk_proton::{Client, Error};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

pub(crate) async fn run(endpoint: &str, seen: &mut Transcript) {
    let client = Client::from_conf(configure::config(endpoint).build());
    ends_well(&client, seen).await;
    ends_badly(&client, seen).await;
}

async fn ends_well(client: &Client, seen: &mut Transcript) {
    let wait: ServiceCreatedFluentBuilder = client.wait_until_service_created().name("wait-ok");
    seen.note("waits for", format!("{:?} {:?}", wait.get_name(), wait.as_input().get_name()));
    let poll: ServiceCreatedFinalPoll = wait.wait(HOUR).await.expect("the third poll finds it");
    let output = poll.as_result().expect("an output").service().map(|service| service.status().clone());
    seen.note("created", output.map_or_else(String::new, |status| status.to_string()));
    seen.note("owned", poll.into_result().is_ok());
    let gone = client.wait_until_service_deleted().name("missing").wait(HOUR).await.expect("it is missing");
    let error = gone.into_result().expect_err("an error is what it waits for");
    seen.note("deleted", format!("{} {:?}", kind(&error), error.code()));
    seen.note("typed", error.as_service_error().is_some_and(GetServiceError::is_resource_not_found_exception));
    let version = client.wait_until_environment_template_version_registered();
    let version = version.template_name("vpc").major_version("1").minor_version("0").wait(HOUR).await;
    seen.note("registered", version.is_ok());
}

async fn ends_badly(client: &Client, seen: &mut Transcript) {
    let error = client.wait_until_service_created().name("wait-fails").wait(HOUR).await.expect_err("it failed");
    describe(&error, seen);
    let stuck = client.wait_until_service_created().name("stuck").wait(Duration::from_secs(6)).await;
    describe(&stuck.expect_err("too long"), seen);
    let error = client.wait_until_service_created().name("missing").wait(HOUR).await.expect_err("an error");
    describe(&error, seen);
    let wide: Error = error.into();
    seen.note("widened", matches!(wide, Error::Unhandled(_)));
}

fn describe(error: &WaitUntilServiceCreatedError, seen: &mut Transcript) {
    use WaitUntilServiceCreatedError as E;
    match error {
        E::ConstructionFailure(_) => seen.note("wait", "construction"),
        E::ExceededMaxWait(context) => {
            let times = (context.max_wait(), context.elapsed().as_secs(), context.poll_count());
            seen.note("wait", format!("exceeded {times:?}"));
        }
        E::FailureState(context) => {
            let poll = context.final_poll().as_result().ok().and_then(|output| output.service());
            seen.note("wait", format!("failed {:?}", poll.map(|service| service.status().as_str())));
        }
        E::OperationFailed(context) => {
            seen.note("wait", format!("{} {:?}", kind(context.error()), context.error().code()))
        }
        _ => seen.note("wait", "unknown"),
    }
}
