//! A job with parts, for the tests of paths, waiters and paginators.

#![allow(unreachable_pub, dead_code)] // the macros write what a public type has

use crate::endpoint::ResolveEndpointError;
use crate::error::{ErrorMetadata, SdkError, Unhandled};
use crate::operation::{Metadata, Operation, Service};
use crate::schema::{Shape, prelude};
use crate::value::ResponseMetadata;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::{DateTime, Document};
use std::collections::HashMap;

#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) state: Option<String>,
    pub(crate) codes: Option<Vec<String>>,
}

crate::structure! {
    PART: "test#Part" => Part, PartBuilder, infallible;
    0 "State" prelude::STRING: state set_state get_state => optional [text];
    1 "codes" CODES: codes set_codes get_codes => optional [texts];
}

#[derive(Clone)]
pub(crate) struct Job {
    pub(crate) status: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) ready: Option<bool>,
    pub(crate) parts: Option<Vec<Part>>,
    pub(crate) named: Option<HashMap<String, Part>>,
    pub(crate) at: Option<DateTime>,
    pub(crate) more: Option<Document>,
}

static CODES: Shape = Shape::list("test#Codes", &prelude::STRING);
static PARTS: Shape = Shape::list("test#Parts", &PART);
static NAMED: Shape = Shape::map("test#Named", &prelude::STRING, &PART);
static MESSAGE: Shape = Shape::string("test#Message").sensitive();

crate::structure! {
    JOB: "test#Job" => Job(inexact), JobBuilder, infallible;
    0 "status" prelude::STRING: status set_status get_status => optional [text];
    1 "message" MESSAGE: message set_message get_message => optional [text];
    2 "ready" prelude::BOOLEAN: ready set_ready get_ready => optional [copy bool];
    3 "parts" PARTS: parts set_parts get_parts => optional [list Part];
    4 "named" NAMED: named set_named get_named => optional [map String: Part];
    5 "at" prelude::TIMESTAMP: at set_at get_at => optional [copy DateTime];
    6 "more" prelude::DOCUMENT: more set_more get_more => optional [plain Document];
}

#[derive(Clone)]
pub(crate) struct Input {
    pub(crate) name: Option<String>,
    pub(crate) next: Option<String>,
}

crate::structure! {
    INPUT: "test#Input" => Input, InputBuilder, infallible;
    0 "name" prelude::STRING: name set_name get_name => optional [text];
    1 "next" prelude::STRING: next set_next get_next => optional [text];
}

#[derive(Clone)]
pub(crate) struct Output {
    pub(crate) job: Option<Job>,
    pub(crate) next: Option<String>,
    pub(crate) names: Option<Vec<String>>,
    _request_id: ResponseMetadata,
}

crate::structure! {
    OUTPUT: "test#Output" => Output, OutputBuilder, infallible, output;
    0 "job" JOB: job set_job get_job => optional [plain Job];
    1 "next" prelude::STRING: next set_next get_next => optional [text];
    2 "names" CODES: names set_names get_names => optional [texts];
}

#[derive(Clone)]
pub(crate) struct Gone {
    pub(crate) message: Option<String>,
    pub(crate) meta: Box<ErrorMetadata>,
}

crate::structure! {
    GONE: "test#Gone" => Gone, GoneBuilder, infallible, error;
    0 "message" prelude::STRING: message set_message get_message => optional [text];
}

#[derive(Debug)]
pub(crate) enum Failure {
    Gone(Gone),
    Unhandled(Unhandled),
}

crate::service_error! {
    Failure;
    Gone(Gone) is_gone "Gone";
}

pub(crate) struct GetJob;

impl Operation for GetJob {
    type Input = Input;
    type Output = Output;
    type Error = Failure;
    const METADATA: &'static Metadata = &Metadata::new(&SERVICE, "GetJob");
}

static SERVICE: Service = Service {
    id: "Test",
    signing_name: "test",
    target_prefix: "Test",
    content_type: "application/x-amz-json-1.0",
    crate_version: "0.0.0",
    query_compatible: false,
    account_endpoints: false,
    errors: &[],
    resolve_endpoint: |_| Err(ResolveEndpointError::new("no endpoint in unit tests")),
};

pub(crate) fn output(json: &str) -> Output {
    serde_json::from_str(json).expect("the fixture's own JSON")
}

pub(crate) fn input(name: &str) -> Input {
    Input { name: Some(name.into()), next: None }
}

/// What a call gives when the service answers with an error.
pub(crate) fn service_error(status: u16, code: &str, message: &str) -> SdkError<Failure> {
    let meta = ErrorMetadata::builder().code(code).message(message).build();
    let failure = <Failure as crate::operation::ServiceError>::new(Some(code), meta);
    let status = status.try_into().expect("a status code");
    SdkError::service_error(failure, aws_smithy_runtime_api::http::Response::new(status, SdkBody::empty()))
}
