//! How a client names itself: `smithy-runtime/0.1.0 ua/2.1 api/proton/0.1.0 os/linux lang/rust/1.95.0 m/E …`.

use crate::config::Config;
use crate::operation::Service;
use aws_smithy_types::retry::RetryMode;
use aws_types::build_metadata::{BUILD_METADATA, OsFamily};
use http::HeaderValue;
use std::fmt::Write;

/// The most bytes that the list of features takes; ids past it are left out.
const MAX_METRICS: usize = 1024;

/// The user agent of a client, made once.
#[derive(Debug)]
pub(crate) struct UserAgent {
    head: String,
    metrics: String,
    tail: String,
    plain: HeaderValue,
}

impl UserAgent {
    pub(crate) fn new(config: &Config, service: &Service, credentials: Option<&str>) -> Self {
        #[cfg(feature = "test-util")]
        if let Some(text) = config.user_agent {
            let (metrics, tail) = Default::default();
            return Self { head: text.to_owned(), metrics, tail, plain: HeaderValue::from_static(text) };
        }
        let mut head = format!(
            "smithy-runtime/{} ua/2.1 api/{}/{} os/{} lang/rust/{}",
            env!("CARGO_PKG_VERSION"),
            service.id.to_lowercase().replace(' ', ""),
            service.crate_version,
            os(),
            BUILD_METADATA.rust_version
        );
        if let Ok(Some(environment)) = config.environment.variable("AWS_EXECUTION_ENV") {
            // Writing to a `String` does not fail.
            let _ = write!(head, " exec-env/{}", token(&environment));
        }
        let adaptive = config.retry_config.as_ref().is_some_and(|retry| retry.mode() == RetryMode::Adaptive);
        let mut metrics = if adaptive { "F" } else { "E" }.to_owned();
        if config.endpoint_url.is_some() {
            metrics.push_str(",N");
        }
        if let Some(place) = credentials {
            metrics.push(',');
            metrics.push_str(place);
        }
        let mut tail = String::new();
        for framework in config.framework_metadata.iter().take(10) {
            let _ = write!(tail, " lib/{}", framework.name());
            if let Some(version) = framework.version() {
                let _ = write!(tail, "/{version}");
            }
        }
        if config.http_client.is_none() {
            tail.push_str(" md/http#reqwest");
        }
        let app = config.app_name.as_ref().map(|name| name.as_ref().to_owned());
        if let Some(name) = app.or_else(|| config.environment.variable("AWS_SDK_UA_APP_ID").ok()?) {
            let _ = write!(tail, " app/{}", token(&name));
        }
        let plain = value(&head, &metrics, &tail, &[]);
        Self { head, metrics, tail, plain }
    }

    /// The header's value for a call that uses these features besides.
    pub(crate) fn with_features(&self, features: &[&'static str]) -> HeaderValue {
        if features.is_empty() {
            return self.plain.clone();
        }
        value(&self.head, &self.metrics, &self.tail, features)
    }
}

fn value(head: &str, metrics: &str, tail: &str, features: &[&str]) -> HeaderValue {
    let mut text = format!("{head} m/{metrics}");
    let start = text.len() - metrics.len();
    for feature in features {
        if text.len() - start + 1 + feature.len() <= MAX_METRICS {
            if text.len() > start {
                text.push(',');
            }
            text.push_str(feature);
        }
    }
    text.push_str(tail);
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("smithy-runtime"))
}

fn os() -> &'static str {
    match BUILD_METADATA.os_family {
        OsFamily::Linux => "linux",
        OsFamily::Windows => "windows",
        OsFamily::Macos => "macos",
        OsFamily::Android => "android",
        OsFamily::Ios => "ios",
        _ => "other",
    }
}

/// The text with what a header's token cannot hold replaced by dashes.
fn token(text: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    text.trim().chars().map(|c| if keep(c) { c } else { '-' }).collect()
}
