//! A protocol suite as its file has it: AWS's older JSON description of shapes, with cases.
//!
//! Every key that is not named here is an error, because a case whose description was read in part proves nothing. Keys
//! that change nothing for awsJson are named, as [`Ignored`].

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::BTreeMap;

/// A key that is known to have no effect on an awsJson client.
pub(super) type Ignored = Option<IgnoredAny>;

/// Shapes, and cases that use them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Suite {
    pub(super) description: String,
    pub(super) metadata: Metadata,
    pub(super) shapes: BTreeMap<String, Shape>,
    /// Read one by one.
    #[serde(skip)]
    pub(super) cases: Vec<Case>,
    /// Where the client of the request cases is pointed.
    pub(super) client_endpoint: Option<String>,
    #[serde(default, rename = "documentation")]
    _documentation: Ignored,
}

/// Facts of the service.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Metadata {
    pub(super) protocol: String,
    #[serde(default)]
    pub(super) protocols: Vec<String>,
    #[serde(default)]
    pub(super) api_version: String,
    /// Text, or a number where people wrote the suite.
    pub(super) json_version: Option<Value>,
    pub(super) target_prefix: Option<String>,
    pub(super) endpoint_prefix: Option<String>,
    pub(super) signing_name: Option<String>,
    pub(super) service_id: Option<String>,
    pub(super) aws_query_compatible: Option<Value>,
    service_full_name: Option<String>,
    service_abbreviation: Option<String>,
    signature_version: Option<String>,
    uid: Option<String>,
    #[serde(default)]
    auth: Vec<String>,
}

/// One case. A request case has `serialized`, a response case `response`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Case {
    /// Suites that people wrote have none; the reader gives one.
    #[serde(default)]
    pub(super) id: String,
    pub(super) given: Given,
    pub(super) params: Option<Value>,
    pub(super) serialized: Option<Serialized>,
    pub(super) response: Option<Response>,
    pub(super) result: Option<Value>,
    pub(super) error: Option<Value>,
    pub(super) error_code: Option<String>,
    pub(super) error_message: Option<String>,
    #[serde(default, rename = "description")]
    _description: Ignored,
}

/// The operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Given {
    pub(super) name: String,
    pub(super) http: Option<Http>,
    pub(super) input: Option<Reference>,
    pub(super) output: Option<Reference>,
    #[serde(default)]
    pub(super) errors: Vec<Reference>,
    pub(super) documentation: Option<String>,
    #[serde(default)]
    pub(super) idempotent: bool,
    #[serde(default)]
    pub(super) readonly: bool,
    #[serde(default)]
    pub(super) deprecated: bool,
    pub(super) deprecated_message: Option<String>,
    pub(super) endpoint: Option<HostPrefix>,
    pub(super) requestcompression: Option<Value>,
    /// `none` for a call without a signature.
    pub(super) authtype: Option<String>,
    pub(super) static_context_params: Option<Value>,
    pub(super) operation_context_params: Option<Value>,
    #[serde(default, rename = "auth")]
    _auth: Ignored,
    #[serde(default, rename = "documentationUrl")]
    _documentation_url: Ignored,
    #[serde(default, rename = "httpChecksum")]
    _http_checksum: Ignored,
    #[serde(default, rename = "httpChecksumRequired")]
    _http_checksum_required: Ignored,
    #[serde(default, rename = "unsignedPayload")]
    _unsigned_payload: Ignored,
    #[serde(default, rename = "deprecatedSince")]
    _deprecated_since: Ignored,
}

/// The binding to HTTP, which awsJson fixes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Http {
    pub(super) method: String,
    pub(super) request_uri: Option<String>,
    #[serde(default, rename = "responseCode")]
    _response_code: Ignored,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct HostPrefix {
    pub(super) host_prefix: String,
}

/// A shape where it is used: as a member, an item, a key, an input, an error.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Reference {
    pub(super) shape: String,
    pub(super) documentation: Option<String>,
    /// With `locationName`: a place in HTTP that awsJson does not use.
    pub(super) location: Option<String>,
    /// The name on the wire, where it is another.
    pub(super) location_name: Option<String>,
    pub(super) timestamp_format: Option<String>,
    pub(super) default: Option<Value>,
    pub(super) deprecated_message: Option<String>,
    #[serde(default)]
    pub(super) deprecated: bool,
    #[serde(default)]
    pub(super) host_label: bool,
    #[serde(default)]
    pub(super) idempotency_token: bool,
    /// Text that holds JSON.
    #[serde(default)]
    pub(super) jsonvalue: bool,
    #[serde(default)]
    pub(super) sensitive: bool,
    pub(super) context_param: Option<Value>,
    #[serde(default, rename = "box")]
    nullable: Option<bool>,
    query_name: Option<String>,
    xml_name: Option<String>,
    xml_attribute: Option<bool>,
    xml_namespace: Option<Value>,
    flattened: Option<bool>,
    deprecated_since: Option<String>,
}

/// A shape.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Shape {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) documentation: Option<String>,
    #[serde(default)]
    pub(super) members: BTreeMap<String, Reference>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    pub(super) member: Option<Reference>,
    pub(super) key: Option<Reference>,
    pub(super) value: Option<Reference>,
    #[serde(default, rename = "enum")]
    pub(super) values: Vec<Value>,
    #[serde(default)]
    pub(super) sparse: bool,
    #[serde(default)]
    pub(super) union: bool,
    /// Any JSON value.
    #[serde(default)]
    pub(super) document: bool,
    #[serde(default)]
    pub(super) exception: bool,
    /// An error of the service's making.
    #[serde(default)]
    pub(super) fault: bool,
    pub(super) error: Option<ErrorFacts>,
    pub(super) retryable: Option<Value>,
    pub(super) timestamp_format: Option<String>,
    #[serde(default)]
    pub(super) jsonvalue: bool,
    #[serde(default)]
    pub(super) sensitive: bool,
    pub(super) default: Option<Value>,
    pub(super) min: Option<Value>,
    pub(super) max: Option<Value>,
    pub(super) pattern: Option<String>,
    #[serde(default)]
    pub(super) deprecated: bool,
    pub(super) deprecated_message: Option<String>,
    // All members are optional in this description, boxed or not.
    #[serde(default, rename = "box")]
    nullable: Option<bool>,
    synthetic: Option<bool>,
    wrapper: Option<bool>,
    flattened: Option<bool>,
    payload: Option<String>,
    location_name: Option<String>,
    xml_namespace: Option<Value>,
    xml_order: Option<Value>,
    deprecated_since: Option<String>,
}

/// What makes a structure an error of a certain code.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ErrorFacts {
    /// The code under the older query protocol.
    pub(super) code: Option<String>,
    pub(super) http_status_code: Option<u16>,
    #[serde(default)]
    pub(super) sender_fault: bool,
    pub(super) fault: Option<bool>,
}

/// What a request has to be.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Serialized {
    pub(super) method: Option<String>,
    pub(super) uri: Option<String>,
    /// May have a path behind it, which `uri` repeats.
    pub(super) host: Option<String>,
    pub(super) body: Option<String>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) require_headers: Vec<String>,
    #[serde(default)]
    pub(super) forbid_headers: Vec<String>,
}

/// What the service answers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Response {
    pub(super) status_code: u16,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) body: String,
}
