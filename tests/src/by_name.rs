//! Every operation, paginator and waiter by its name in the model.

use proton_sdk::client::Waiters;
use proton_sdk::error::{ProvideErrorMetadata, SdkError};
use proton_sdk::operation::RequestId;
use proton_sdk::validate::Violation;
use proton_sdk::{Client, Error, operation};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use smithy_runtime::codec;
use smithy_runtime::operation::{Operation, Paginated, PaginatedItems};
use smithy_runtime::paginator::{PaginationStream, Paginator};
use smithy_runtime::value::{Empty, Structure};
use std::time::Duration;

pub use generated::{call_without, paginate, round_trip, violations, wait};

// One way to hand a member on serves for members that are `Copy` too.
#[allow(clippy::clone_on_copy)]
mod generated {
    use super::*;

    include!(concat!(env!("OUT_DIR"), "/by_name.rs"));
}

/// Sends the input, given in wire form, through the operation's fluent builder.
pub async fn call(client: &Client, operation: &str, input: &Value) -> Outcome {
    call_without(client, operation, input, "").await
}

/// The value of a member, unless it is the one to leave out.
fn keep<T>(without: &str, member: &str, value: Option<T>) -> Option<T> {
    value.filter(|_| member != without)
}

/// What came of a call.
#[derive(Debug)]
pub enum Outcome {
    /// The answer in wire form, with the request id.
    Answer(Value, Option<String>),
    /// An error that the service sent.
    Refused {
        /// Its code.
        code: Option<String>,
        /// Its message.
        message: Option<String>,
        /// Its request id.
        request_id: Option<String>,
        /// Whether the code is one of the model's.
        modelled: bool,
        /// The error in one line.
        display: String,
    },
    /// Anything else, in one line.
    Failed(String),
}

fn outcome<O: Serialize + RequestId>(result: Result<O, SdkError<Error>>) -> Outcome {
    match result {
        Ok(output) => {
            let request_id = output.request_id().map(str::to_owned);
            Outcome::Answer(serde_json::to_value(output).expect("an answer in wire form"), request_id)
        }
        Err(SdkError::ServiceError(answer)) => Outcome::Refused {
            code: answer.err().code().map(str::to_owned),
            message: answer.err().message().map(str::to_owned),
            request_id: answer.err().request_id().map(str::to_owned),
            modelled: !matches!(answer.err(), Error::Unhandled(_)),
            display: SdkError::ServiceError(answer).to_string(),
        },
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("a value in wire form")
}

/// Reads a value, checks that what serde writes and what the wire codec writes agree, and that
/// both read back equal.
fn again<T: DeserializeOwned + Serialize + Structure + Empty + PartialEq + std::fmt::Debug>(value: &Value) -> Value {
    let typed: T = read(value);
    let wire = codec::encode(&typed).expect("wire form");
    let mut decoded = T::empty();
    codec::decode(&wire, &mut decoded).expect("what was written");
    assert_eq!(decoded, typed);
    let written = serde_json::to_value(&typed).expect("wire form");
    assert_eq!(serde_json::from_slice::<Value>(&wire).expect("JSON"), written);
    written
}

/// Reads an input as a service does, and looks at every constraint.
fn violations_of<T: Structure + Empty>(value: &Value) -> Vec<Violation> {
    let mut typed = T::empty();
    let missing = codec::decode(value.to_string().as_bytes(), &mut typed).expect("values of the right kinds");
    smithy_runtime::validate::violations_of_decoded(&typed, &missing)
}

/// How pages are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// Page by page.
    Whole,
    /// Item by item.
    Items,
    /// Page by page, through tokens that repeat.
    PastDuplicates,
    /// Page by page, from the page that the token leads to.
    ResumedFrom(&'static str),
}

/// What the pages held: as many values as came, then the error that ended them.
#[derive(Debug, PartialEq)]
pub struct Paged {
    /// Pages or items in wire form.
    pub values: Vec<Value>,
    /// The error in one line.
    pub error: Option<String>,
    /// The token that leads to where reading ended.
    pub token: Option<String>,
}

async fn paged<O>(paginator: Paginator<O>, how: Pages) -> Paged
where
    O: PaginatedItems + Paginated<Token = String> + Operation<Error = Error>,
    O::Output: Serialize,
    O::Item: Serialize,
{
    match how {
        Pages::Items => drain(paginator.items().send()).await,
        Pages::ResumedFrom(token) => drain(paginator.resume_from(token.to_owned()).send()).await,
        Pages::Whole => drain(paginator.send()).await,
        Pages::PastDuplicates => drain(paginator.stop_on_duplicate_token(false).send()).await,
    }
}

async fn drain<T: Serialize>(mut stream: PaginationStream<Result<T, SdkError<Error>>>) -> Paged {
    let mut values = Vec::new();
    // A test that would page for ever ends here.
    for _ in 0..100 {
        match stream.next().await {
            Some(Ok(value)) => values.push(serde_json::to_value(value).expect("a value in wire form")),
            Some(Err(error)) => {
                let token = stream.token().cloned();
                return Paged { values, error: Some(error.to_string()), token };
            }
            None => return Paged { values, error: None, token: stream.token().cloned() },
        }
    }
    panic!("the pages have no end")
}
