//! Reading an answer: an output, or an error in any of the forms in which services and proxies send one.

use super::failure::Failure;
use super::handle::Inner;
use super::typed::Typed;
use crate::codec;
use crate::error::ErrorMetadata;
use crate::http::to_shared_response;
use crate::operation::Service;
use crate::schema::{Kind, Member};
use crate::value::{Node, ResponseMetadata, Slot, Structure};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response};
use std::time::Duration;

/// The error's code, as the model names it.
type Code = Option<String>;

/// Reads a whole answer into the typed shell.
pub(super) fn read(inner: &Inner, response: Response<Bytes>, typed: &mut dyn Typed) -> Result<(), (Failure, Code)> {
    if response.status().is_success() {
        read_output(inner, response, typed).map_err(|failure| (failure, None))
    } else {
        Err(read_error(inner, response, typed))
    }
}

fn read_output(inner: &Inner, response: Response<Bytes>, typed: &mut dyn Typed) -> Result<(), Failure> {
    let operation = typed.metadata().name;
    let output = typed.new_output();
    let missing = match codec::decode(response.body(), output) {
        Ok(missing) => missing,
        Err(error) => return Err(Failure::Response(error.into(), to_shared_response(response))),
    };
    if !missing.is_empty() {
        if inner.config.strict_responses == Some(true) {
            let error = format!("the response lacks the required {missing}");
            return Err(Failure::Response(error.into(), to_shared_response(response)));
        }
        tracing::warn!(operation, %missing, "the response lacks required members; they take empty values");
    }
    output.set_response_metadata(ResponseMetadata::new(request_id(response.headers())));
    Ok(())
}

fn read_error(inner: &Inner, response: Response<Bytes>, typed: &mut dyn Typed) -> (Failure, Code) {
    let body: ErrorBody = serde_json::from_slice(response.body()).unwrap_or_default();
    let header = |name| response.headers().get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let code = code(inner.service, [header("x-amzn-errortype"), body.code.as_deref(), body.r#type.as_deref()]);
    let code = code.map(str::to_owned);
    let query_code = if inner.service.query_compatible { header("x-amzn-query-error") } else { None };
    let query_code = query_code.and_then(|text| text.split(';').next()).filter(|code| !code.is_empty());

    let mut metadata = ErrorMetadata::builder();
    if let Some(code) = query_code.or(code.as_deref()) {
        metadata = metadata.code(code);
    }
    match &body.message {
        Some(message) => metadata = metadata.message(message),
        None if code.is_none() => metadata = metadata.message(hint(&response)),
        None => {}
    }
    if let Some(id) = request_id(response.headers()) {
        metadata = metadata.custom("aws_request_id", id);
    }
    let error = typed.new_error(code.as_deref(), metadata.build());
    if let Some(structure) = error.structure_mut() {
        // Members that cannot be read must not hide the error itself.
        let _ = codec::decode(response.body(), structure);
        if let Some(message) = body.message {
            fill_message(structure, message);
        }
    }
    let code = code.or_else(|| query_code.map(str::to_owned));
    (Failure::Service(to_shared_response(response)), code)
}

/// Which of the names that an answer gives, in the order of their weight, is the error's code: the first that the
/// service has as an error, because `code` may be a member of an error as well; else the first.
fn code<'a>(service: &Service, names: [Option<&'a str>; 3]) -> Option<&'a str> {
    let names = || names.into_iter().flatten().map(shape_name).filter(|name| !name.is_empty());
    let known = |name: &&str| service.errors.iter().any(|error| error.shape.name() == *name);
    names().find(known).or_else(|| names().next())
}

/// Puts the message into the member for it, where the wire has it under a name of another case.
fn fill_message(error: &mut dyn Structure, message: String) {
    let is_message = |member: &Member| member.name.eq_ignore_ascii_case("message");
    let Some(index) = error.shape().members().iter().position(is_message) else { return };
    let empty = error.member(index).is_some_and(|value| matches!(value.node(), Node::Absent | Node::String("")));
    let is_text = matches!(error.shape().members()[index].shape.kind, Kind::String);
    if empty
        && is_text
        && let Some(Slot::String(text)) = error.member_mut(index).map(|value| value.slot())
    {
        *text = message;
    }
}

/// What to say of an error that says nothing itself.
fn hint(response: &Response<Bytes>) -> String {
    let status = response.status().as_u16();
    if response.body().is_empty() {
        return format!("HTTP {status} without a body");
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("no content type");
    format!("HTTP {status} with a body of {kind} that names no error; check the endpoint and proxies on the way")
}

/// The request id of a response, by either of its names.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get("x-amzn-requestid").or_else(|| headers.get("x-amz-request-id"))?;
    id.to_str().ok()
}

/// How long the service asks to wait before another attempt.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let millis = headers.get("x-amz-retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_millis(millis))
}

/// `ConflictException` out of `com.example#ConflictException:http://internal.example.com/`.
fn shape_name(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// The members that say which error it is, whatever else the body holds.
#[derive(Default)]
struct ErrorBody {
    code: Option<String>,
    r#type: Option<String>,
    message: Option<String>,
}

impl<'de> serde::Deserialize<'de> for ErrorBody {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = ErrorBody;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an error")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<ErrorBody, A::Error> {
                let mut body = ErrorBody::default();
                while let Some(key) = map.next_key::<String>()? {
                    let value: serde_json::Value = map.next_value()?;
                    let serde_json::Value::String(text) = value else { continue };
                    match key.as_str() {
                        "code" => body.code = Some(text),
                        "__type" => body.r#type = Some(text),
                        "message" | "Message" | "errorMessage" => {
                            body.message = body.message.filter(|known| !known.is_empty()).or(Some(text));
                        }
                        _ => {}
                    }
                }
                Ok(body)
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_trimmed_to_the_shape_name() {
        for code in [
            "FooError",
            "FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/",
            "aws.protocoltests.json10#FooError",
            "aws.protocoltests.json10#FooError:http://internal.amazon.com/x#y",
            " FooError ",
        ] {
            assert_eq!(shape_name(code), "FooError", "{code}");
        }
    }
}
