//! Recording real traffic.

use super::recording::{Exchange, Fault, Outcome, Recording, RecordingError};
use super::redact::redact;
use crate::config::interceptors::{BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef};
use crate::config::{ConfigBag, HttpResponse, Intercept, RuntimeComponents};
use crate::error::BoxError;
use crate::operation::Metadata;
use crate::schema::Shape;
use crate::value::REDACTED;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use serde_json::Value;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The headers of an answer that a client looks at. No other is recorded, so that no secret is.
const HEADERS: [&str; 6] = [
    "content-type",
    "x-amz-request-id",
    "x-amz-retry-after",
    "x-amzn-errortype",
    "x-amzn-query-error",
    "x-amzn-requestid",
];

/// An interceptor that records what a client asks and what a service answers. Copies record into the same recording.
///
/// Nothing of a request but its input is recorded: no signature, no credentials, no header. Of inputs and answers the
/// values are left out that the model marks as sensitive, members that the model does not name, and idempotency tokens,
/// which differ each time.
///
/// ```no_run
/// use smithy_runtime::config::Config;
/// use smithy_runtime::test_util::Capture;
///
/// let capture = Capture::new();
/// let config = Config::builder().interceptor(capture.clone());
/// // … calls of a client with this configuration …
/// capture.save("tests/recordings/create-service.json")?;
/// # Ok::<(), smithy_runtime::test_util::RecordingError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Capture {
    recording: Arc<Mutex<Recording>>,
    keep_sensitive: bool,
}

/// What the engine lends a capture of a call: its tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables {
    pub(crate) metadata: &'static Metadata,
    pub(crate) input: &'static Shape,
    pub(crate) output: &'static Shape,
}

impl Storable for Tables {
    type Storer = StoreReplace<Self>;
}

/// An attempt's input, until its answer is there.
#[derive(Debug)]
struct Asked(Value);

impl Storable for Asked {
    type Storer = StoreReplace<Self>;
}

impl Capture {
    /// Starts with nothing recorded.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records sensitive values too, and members that the model does not name. For recordings that stay where they are.
    #[must_use]
    pub fn keeping_sensitive_values(mut self) -> Self {
        self.keep_sensitive = true;
        self
    }

    /// What was recorded so far.
    pub fn recording(&self) -> Recording {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes what was recorded so far to a file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), RecordingError> {
        self.recording().save(path)
    }

    fn filtered(&self, body: &[u8], shape: &'static Shape) -> Option<Value> {
        let value: Value = serde_json::from_slice(body).ok()?;
        Some(if self.keep_sensitive { value } else { redact(&value, shape) })
    }

    fn input(&self, body: &[u8], tables: &Tables) -> Value {
        let mut input = self.filtered(body, tables.input).unwrap_or_default();
        let token = tables.metadata.idempotency_token.and_then(|index| tables.input.members().get(index));
        if let Some(token) = token.and_then(|member| input.get_mut(member.name)) {
            *token = Value::Null;
        }
        input
    }

    fn answer(&self, response: &HttpResponse, tables: &Tables) -> Outcome {
        let status = response.status().as_u16();
        let body = response.body().bytes().unwrap_or_default();
        let body = if response.status().is_success() {
            self.filtered(body, tables.output)
        } else {
            self.error(body, tables.metadata)
        };
        let headers = HEADERS.iter().filter_map(|name| {
            let value = response.headers().get(*name)?;
            Some(((*name).to_owned(), value.to_owned()))
        });
        Outcome::Answer { status, headers: headers.collect(), body }
    }

    /// An error says its code at least. What the model does not describe may repeat what was sent.
    fn error(&self, body: &[u8], metadata: &Metadata) -> Option<Value> {
        let value: Value = serde_json::from_slice(body).ok()?;
        if self.keep_sensitive {
            return Some(value);
        }
        let code = value["__type"].as_str().or(value["code"].as_str()).unwrap_or_default();
        let name = code.split(':').next().unwrap_or_default().rsplit('#').next().unwrap_or_default();
        let shape = metadata.service.errors.iter().map(|error| error.shape).find(|shape| shape.name() == name);
        let mut kept = shape.map_or_else(|| Value::Object(Default::default()), |shape| redact(&value, shape));
        for (key, value) in value.as_object()? {
            match key.as_str() {
                "__type" | "code" => kept[key] = value.clone(),
                "message" | "Message" | "errorMessage" if kept.get(key).is_none() => kept[key] = REDACTED.into(),
                _ => {}
            }
        }
        Some(kept)
    }
}

impl Intercept for Capture {
    fn name(&self) -> &'static str {
        "Capture"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // What an earlier attempt asked is recorded; this one may fail before it asks anything.
        bag.interceptor_state().unset::<Asked>();
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let tables = *bag.load::<Tables>().ok_or("the call has no tables")?;
        let asked = self.input(context.request().body().bytes().unwrap_or_default(), &tables);
        bag.interceptor_state().store_put(Asked(asked));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let (Some(tables), Some(Asked(input))) = (bag.load::<Tables>(), bag.load::<Asked>()) else {
            return Ok(());
        };
        let error = context.output_or_error().and_then(Result::err);
        let broken = |response: &HttpResponse| {
            error.is_some_and(|error| error.is_response_error()) && response.body().bytes().is_none_or(<[u8]>::is_empty)
        };
        let outcome = match (context.response(), error) {
            (Some(response), _) if broken(response) => Outcome::Fault(Fault::BrokenOff),
            (Some(response), _) => self.answer(response, tables),
            (None, Some(error)) if error.is_timeout_error() => Outcome::Fault(Fault::TimedOut),
            (None, Some(error)) if error.as_connector_error().is_some_and(|error| error.is_timeout()) => {
                Outcome::Fault(Fault::TimedOut)
            }
            (None, _) => Outcome::Fault(Fault::Refused),
        };
        let mut recording = self.recording.lock().unwrap_or_else(PoisonError::into_inner);
        tables.metadata.service.id.clone_into(&mut recording.service);
        recording.exchanges.push(Exchange {
            operation: tables.metadata.name.to_owned(),
            input: input.clone(),
            outcome,
        });
        Ok(())
    }
}
