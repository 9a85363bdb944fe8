//! What a call costs its caller's stack: futures and errors stay small, whatever the engine holds.

use proton_sdk::error::SdkError;
use proton_sdk::operation::create_service::CreateServiceError;

#[test]
fn the_future_of_a_call_is_two_pointers() {
    let client = tests::client::client("http://localhost");
    assert_eq!(size_of_val(&client.list_services().send()), 2 * size_of::<usize>());
    assert_eq!(size_of_val(&client.create_service().name("a").customize().send()), 2 * size_of::<usize>());
}

#[test]
fn an_error_is_two_words() {
    assert_eq!(size_of::<SdkError<CreateServiceError>>(), 2 * size_of::<usize>());
}
