//! Which failures are worth another attempt.

use crate::operation::Service;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason, SharedRetryClassifier,
};
use aws_smithy_types::retry::ErrorKind;
use std::time::Duration;

const THROTTLING: &[&str] = &[
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
];
const TRANSIENT: &[&str] = &["RequestTimeout", "RequestTimeoutException"];
const CLOCK: &[&str] = &[
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "RequestTimeTooSkewed",
    "AccessDeniedException",
];

/// What is known of a failed attempt.
#[derive(Debug, Default)]
pub(crate) struct Symptoms<'a> {
    /// No answer, a broken one, or one that came too late.
    pub(crate) broken: bool,
    /// The status of the answer.
    pub(crate) status: Option<u16>,
    /// The error's code.
    pub(crate) code: Option<&'a str>,
    /// Whether our clock and the service's are so far apart that signatures fail.
    pub(crate) skewed: bool,
    /// How long the service asks to wait.
    pub(crate) retry_after: Option<Duration>,
}

/// Another attempt is worth it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) kind: ErrorKind,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) reason: &'static str,
}

/// One rule; a rule further down overrides those above it.
type Rule = fn(&Symptoms<'_>, &Service) -> Option<(ErrorKind, &'static str)>;

fn by_status(symptoms: &Symptoms<'_>, _: &Service) -> Option<(ErrorKind, &'static str)> {
    matches!(symptoms.status, Some(500 | 502 | 503 | 504)).then_some((ErrorKind::TransientError, "HTTP status"))
}

fn by_clock(symptoms: &Symptoms<'_>, _: &Service) -> Option<(ErrorKind, &'static str)> {
    let refused = symptoms.code.is_some_and(|code| CLOCK.contains(&code));
    (refused && symptoms.skewed).then_some((ErrorKind::ServerError, "clock skew"))
}

fn by_code(symptoms: &Symptoms<'_>, _: &Service) -> Option<(ErrorKind, &'static str)> {
    let code = symptoms.code?;
    if is_throttling(code) {
        Some((ErrorKind::ThrottlingError, "throttled"))
    } else {
        TRANSIENT.contains(&code).then_some((ErrorKind::TransientError, "error code"))
    }
}

/// Whether the code says that too much was asked.
pub(crate) fn is_throttling(code: &str) -> bool {
    THROTTLING.contains(&code)
}

fn by_model(symptoms: &Symptoms<'_>, service: &Service) -> Option<(ErrorKind, &'static str)> {
    let code = symptoms.code?;
    let error = service.errors.iter().find(|error| error.shape.name() == code)?;
    error.retry.map(|kind| (kind, "modelled as retryable"))
}

fn by_transport(symptoms: &Symptoms<'_>, _: &Service) -> Option<(ErrorKind, &'static str)> {
    symptoms.broken.then_some((ErrorKind::TransientError, "no complete answer"))
}

/// The rules in the order of their priorities, as the official classifiers number them.
const RULES: [(i8, Rule); 5] = [(0, by_status), (1, by_clock), (9, by_code), (10, by_model), (20, by_transport)];

fn priority(level: i8) -> RetryClassifierPriority {
    let status = RetryClassifierPriority::http_status_code_classifier;
    let modeled = RetryClassifierPriority::modeled_as_retryable_classifier;
    match level {
        0 => status(),
        1 => RetryClassifierPriority::run_after(status()),
        9 => RetryClassifierPriority::run_before(modeled()),
        10 => modeled(),
        _ => RetryClassifierPriority::transient_error_classifier(),
    }
}

/// Decides by the built-in rules and the program's classifiers, which see the attempt through `context`.
pub(crate) fn classify(
    symptoms: &Symptoms<'_>,
    service: &Service,
    custom: &[SharedRetryClassifier],
    context: Option<&InterceptorContext>,
) -> Option<Verdict> {
    let verdict = |(kind, reason)| Verdict { kind, retry_after: symptoms.retry_after, reason };
    let context = match context {
        Some(context) if !custom.is_empty() => context,
        _ => return RULES.iter().rev().find_map(|(_, rule)| rule(symptoms, service)).map(verdict),
    };
    let mut custom: Vec<_> = custom.iter().collect();
    custom.sort_by_key(|classifier| classifier.priority());
    let mut custom = custom.into_iter().peekable();
    let mut found = None;
    let mut action = RetryAction::NoActionIndicated;
    for (level, rule) in RULES {
        while let Some(classifier) = custom.next_if(|next| next.priority() < priority(level)) {
            ask(classifier, context, &mut action, &mut found)?;
        }
        if let Some(next) = rule(symptoms, service) {
            let next = verdict(next);
            action = RetryAction::RetryIndicated(RetryReason::RetryableError {
                kind: next.kind,
                retry_after: next.retry_after,
            });
            found = Some(next);
        }
    }
    for classifier in custom {
        ask(classifier, context, &mut action, &mut found)?;
    }
    found
}

/// Asks one of the program's classifiers; `None` where it forbids the retry.
fn ask(
    classifier: &SharedRetryClassifier,
    context: &InterceptorContext,
    action: &mut RetryAction,
    found: &mut Option<Verdict>,
) -> Option<()> {
    match classifier.classify_retry_v2(context, action) {
        RetryAction::RetryForbidden => return None,
        RetryAction::RetryIndicated(RetryReason::RetryableError { kind, retry_after }) => {
            let asked = found.as_ref().and_then(|verdict| verdict.retry_after);
            *action = RetryAction::RetryIndicated(RetryReason::RetryableError { kind, retry_after });
            *found = Some(Verdict { kind, retry_after: retry_after.or(asked), reason: "retry classifier" });
        }
        _ => {}
    }
    Some(())
}
