//! Tells the errors of a call apart.

mod support;

use proton_sdk::Client;
use proton_sdk::error::{ProvideErrorMetadata, SdkError};
use proton_sdk::operation::RequestId;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client::from_conf(support::config());
    let Err(error) = client.get_service().name("no-such-service").send().await else {
        println!("it is there");
        return;
    };
    // One line: the operation, the code, the message, the request id, the attempts.
    println!("{error}");

    match &error {
        SdkError::ServiceError(answer) if answer.err().is_resource_not_found_exception() => {
            println!("the service answered that it is not there (request {})", error.request_id().unwrap_or("unknown"));
        }
        SdkError::ServiceError(_) => println!("the service refused: {}", error.code().unwrap_or("no code")),
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) => println!("the service was not reached"),
        _ => println!("the request was not sent, or its answer not understood"),
    }
}
