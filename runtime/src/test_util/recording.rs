//! Exchanges with a service, as a file that people read and review.

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{Debug, Display, Formatter};
use std::path::Path;

const VERSION: u64 = 1;

/// What a [`Capture`](super::Capture) recorded and a [`Replay`](super::Replay) answers with.
///
/// A recording is a JSON object. `recording` is the version of the format, 1; `service` the service's name, for
/// readers; `exchanges` what was asked and answered, one entry an attempt, in the order in which the answers came:
///
/// | key | what it is |
/// | --- | --- |
/// | `operation` | the operation's name |
/// | `input` | the request's body; `null` and the text that stands for sensitive values match anything |
/// | `status` | the HTTP status of the answer |
/// | `headers` | those of its headers that a client looks at |
/// | `answer` | its body: an output, or an error with `__type`; left out where the body was not JSON |
/// | `fault` | in place of the three before: `refused`, `timedOut` or `brokenOff` |
#[derive(Clone, Default, PartialEq)]
pub struct Recording {
    pub(super) service: String,
    pub(super) exchanges: Vec<Exchange>,
}

/// One request and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exchange {
    pub(super) operation: String,
    pub(super) input: Value,
    pub(super) outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    Answer { status: u16, headers: BTreeMap<String, String>, body: Option<Value> },
    Fault(Fault),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Refused,
    TimedOut,
    BrokenOff,
}

/// A recording that cannot be read or written: the file or the entry, and why.
#[derive(Debug)]
pub struct RecordingError {
    place: String,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl Recording {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, or is no recording.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        let path = path.as_ref();
        let place = || path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| RecordingError::new(place(), error))?;
        Self::parse(&text).map_err(|error| RecordingError::new(place(), error))
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// It is no recording; the error has the entry's number, counted from 0.
    pub fn parse(text: &str) -> Result<Self, RecordingError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| RecordingError::new("the recording".into(), error))?;
        if value["recording"].as_u64() != Some(VERSION) {
            let reason = format!("this version reads `\"recording\": {VERSION}` and there is another value");
            return Err(RecordingError::new("the recording".into(), reason));
        }
        let exchanges = value["exchanges"].as_array().map(Vec::as_slice).unwrap_or_default();
        let exchanges = exchanges.iter().enumerate().map(|(index, value)| {
            Exchange::read(value).ok_or_else(|| {
                let needs = "it needs `operation`, and either `status` or `fault` (refused, timedOut, brokenOff)";
                RecordingError::new(format!("exchanges[{index}]"), needs)
            })
        });
        let service = value["service"].as_str().unwrap_or_default().to_owned();
        Ok(Self { service, exchanges: exchanges.collect::<Result<_, _>>()? })
    }

    /// Writes a file, in place of any that is there.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), RecordingError> {
        let path = path.as_ref();
        std::fs::write(path, self.to_json()).map_err(|error| RecordingError::new(path.display().to_string(), error))
    }

    /// The file's text. Equal recordings give equal text.
    pub fn to_json(&self) -> String {
        // Out of reach: everything in it is JSON already.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// How many exchanges there are.
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether there are no exchanges.
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }
}

impl Exchange {
    fn read(value: &Value) -> Option<Self> {
        let operation = value["operation"].as_str()?.to_owned();
        let input = value["input"].clone();
        if let Some(fault) = value.get("fault") {
            let fault = match fault.as_str()? {
                "refused" => Fault::Refused,
                "timedOut" => Fault::TimedOut,
                "brokenOff" => Fault::BrokenOff,
                _ => return None,
            };
            return Some(Self { operation, input, outcome: Outcome::Fault(fault) });
        }
        let status = value["status"].as_u64()?.try_into().ok()?;
        let headers = value["headers"].as_object().into_iter().flatten();
        let headers = headers.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect();
        let body = value.get("answer").cloned();
        Some(Self { operation, input, outcome: Outcome::Answer { status, headers, body } })
    }
}

impl Serialize for Recording {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Recording", 3)?;
        out.serialize_field("recording", &VERSION)?;
        out.serialize_field("service", &self.service)?;
        out.serialize_field("exchanges", &self.exchanges)?;
        out.end()
    }
}

impl Serialize for Exchange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("operation", &self.operation)?;
        out.serialize_entry("input", &self.input)?;
        match &self.outcome {
            Outcome::Answer { status, headers, body } => {
                out.serialize_entry("status", status)?;
                out.serialize_entry("headers", headers)?;
                if let Some(body) = body {
                    out.serialize_entry("answer", body)?;
                }
            }
            Outcome::Fault(Fault::Refused) => out.serialize_entry("fault", "refused")?,
            Outcome::Fault(Fault::TimedOut) => out.serialize_entry("fault", "timedOut")?,
            Outcome::Fault(Fault::BrokenOff) => out.serialize_entry("fault", "brokenOff")?,
        }
        out.end()
    }
}

// A recording of sensitive values is one on request only, but `Debug` is not the place to show them.
impl Debug for Recording {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recording").field("service", &self.service).field("exchanges", &self.len()).finish()
    }
}

impl RecordingError {
    fn new(place: String, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { place, source: source.into() }
    }
}

impl Display for RecordingError {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.source)
    }
}

impl std::error::Error for RecordingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
