//! Signatures that botocore made, and what may be wrong with a request.

use super::*;
use http::{HeaderName, HeaderValue, Request};
use std::time::Duration;

/// 20150830T123600Z.
const SIGNED_AT: Duration = Duration::from_secs(1_440_938_160);
const BODY: &[u8] = b"{\"name\":\"thing\"}";
/// What botocore 1.x makes of the request below, without and with a session token.
const SIGNATURES: [&str; 2] = [
    "0105ebac748d38c102f1ba67e48634fa00c7f79f6b6c3af4783c734fd6ec502c",
    "6792e44e1b30efc41405f9ef7abff192579beea59a62354534277346fc40a4cb",
];

fn gate() -> Gate {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    let accounts =
        vec![Account::new("111122223333", "AKIDEXAMPLE", secret), Account::new("444455556666", "AKIDOTHER", "other")];
    Gate::new(&Settings { accounts, ..Settings::default() }, "proton")
}

fn authorization(key: &str, headers: &str, signature: &str) -> String {
    let scope = "20150830/us-east-1/proton/aws4_request";
    format!("AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={headers}, Signature={signature}")
}

/// The request that botocore signed.
fn signed(token: bool) -> Parts {
    let mut request = Request::post("/")
        .header("host", "proton.us-east-1.amazonaws.com")
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", "T.Op")
        .header("content-length", BODY.len())
        .header("user-agent", "ua")
        .header("x-amz-user-agent", "ua")
        .header("x-amz-date", "20150830T123600Z");
    let mut headers = "content-length;content-type;host;x-amz-date;x-amz-target;x-amz-user-agent".to_owned();
    if token {
        request = request.header("x-amz-security-token", "TOKEN");
        headers = headers.replace("x-amz-target", "x-amz-security-token;x-amz-target");
    }
    let authorization = authorization("AKIDEXAMPLE", &headers, SIGNATURES[usize::from(token)]);
    request.header("authorization", authorization).body(()).expect("a request").into_parts().0
}

/// The request after a change, at a time as far from its signature.
fn changed(headers: &[(&'static str, &str)]) -> Parts {
    let mut parts = signed(false);
    for (name, value) in headers {
        parts.headers.remove(*name);
        if !value.is_empty() {
            parts.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).expect("a value"));
        }
    }
    parts
}

fn admit(parts: &Parts, body: &[u8], now: Duration) -> Result<Caller, String> {
    let admitted = gate().admit(parts, body, SystemTime::UNIX_EPOCH + now);
    admitted.map_err(|rejection| rejection.code().to_owned())
}

#[test]
fn the_key_decides_on_the_account_and_the_scope_on_the_region() {
    let caller = Caller::new("111122223333", "us-east-1");
    assert_eq!(admit(&signed(false), BODY, SIGNED_AT), Ok(caller.clone()));
    assert_eq!(admit(&signed(true), BODY, SIGNED_AT), Ok(caller));
}

#[test]
fn a_request_that_is_not_what_was_signed_is_refused() {
    let invalid = Err("InvalidSignatureException".to_owned());
    assert_eq!(admit(&signed(false), b"{\"name\":\"other\"}", SIGNED_AT), invalid);
    for change in [
        ("x-amz-target", "T.Other"),
        ("host", "elsewhere"),
        ("content-type", "text/plain"),
        ("x-amz-date", "20150830T123601Z"),
        ("x-amz-added", "1"),
    ] {
        assert_eq!(admit(&changed(&[change]), BODY, SIGNED_AT), invalid, "{change:?}");
    }
    let mut parts = signed(false);
    parts.method = http::Method::PUT;
    assert_eq!(admit(&parts, BODY, SIGNED_AT), invalid);
    let mut parts = signed(false);
    parts.uri = http::Uri::from_static("/?x=1");
    assert_eq!(admit(&parts, BODY, SIGNED_AT), invalid);
    // The signature of one key does not do for another.
    let headers = "content-length;content-type;host;x-amz-date;x-amz-target;x-amz-user-agent";
    let other = authorization("AKIDOTHER", headers, SIGNATURES[0]);
    assert_eq!(admit(&changed(&[("authorization", &other)]), BODY, SIGNED_AT), invalid);
}

#[test]
fn five_minutes_either_way_are_tolerated_and_no_more() {
    let [minute, second] = [60, 1].map(Duration::from_secs);
    for (now, admitted) in [
        (SIGNED_AT + 5 * minute, true),
        (SIGNED_AT - 5 * minute, true),
        (SIGNED_AT + 5 * minute + second, false),
        (SIGNED_AT - 5 * minute - second, false),
    ] {
        assert_eq!(admit(&signed(false), BODY, now).is_ok(), admitted, "{now:?}");
    }
}

#[test]
fn what_is_missing_or_malformed_is_told_apart() {
    let headers = "host;x-amz-date;x-amz-target;x-amz-user-agent";
    let with_key = |key: &str| authorization(key, headers, SIGNATURES[0]);
    let well = with_key("AKIDEXAMPLE");
    for (header, code) in [
        (String::new(), "MissingAuthenticationTokenException"),
        ("Basic dXNlcjpwYXNz".to_owned(), "IncompleteSignatureException"),
        ("AWS4-HMAC-SHA256".to_owned(), "IncompleteSignatureException"),
        (well.replace("Signature=", "Sign="), "IncompleteSignatureException"),
        (well.replace("SignedHeaders=", "Headers="), "IncompleteSignatureException"),
        (well.replace("/aws4_request", ""), "IncompleteSignatureException"),
        (well.replace("20150830/", "/"), "IncompleteSignatureException"),
        (with_key("AKIDUNKNOWN"), "UnrecognizedClientException"),
        (well.replace("/proton/", "/s3/"), "InvalidSignatureException"),
        (well.replace("us-east-1", "Moon"), "InvalidSignatureException"),
        (well.replace("20150830", "20150831"), "InvalidSignatureException"),
        (well.replace("host;", ""), "InvalidSignatureException"),
        (well.replace("x-amz-target;", ""), "InvalidSignatureException"),
        (well.replace("host;", "host;x-none;"), "IncompleteSignatureException"),
        (well.clone(), "InvalidSignatureException"),
    ] {
        assert_eq!(admit(&changed(&[("authorization", &header)]), BODY, SIGNED_AT), Err(code.to_owned()), "{header}");
    }
    for date in ["", "20150830", "2015-08-30T12:36:00Z", "20151330T123600Z", "20150830T12360éZ"] {
        let found = admit(&changed(&[("x-amz-date", date)]), BODY, SIGNED_AT);
        assert_eq!(found, Err("IncompleteSignatureException".to_owned()), "{date}");
    }
}

#[test]
fn an_open_server_takes_the_account_from_the_key() {
    let gate = Gate::new(&Settings { region: "eu-north-1".to_owned(), ..Settings::default() }, "proton");
    let caller = |authorization: &str| {
        let parts = changed(&[("authorization", authorization)]);
        gate.admit(&parts, b"", SystemTime::UNIX_EPOCH).expect("everybody may call")
    };
    let signed_with = |key: &str| authorization(key, "host", "none");
    assert_eq!(caller(""), Caller::new("123456789012", "eu-north-1"));
    assert_eq!(caller("nonsense"), Caller::new("123456789012", "eu-north-1"));
    assert_eq!(caller(&signed_with("AKIDEXAMPLE")), Caller::new("123456789012", "us-east-1"));
    assert_eq!(caller(&signed_with("111122223333")), Caller::new("111122223333", "us-east-1"));
    assert_eq!(caller(&signed_with("AKIA444455556666")), Caller::new("444455556666", "us-east-1"));
    let elsewhere = signed_with("k").replace("us-east-1", "cn-north-1");
    assert_eq!(caller(&elsewhere).arn("service/a"), "arn:aws-cn:proton:cn-north-1:123456789012:service/a");
    assert_eq!(caller(&signed_with("k").replace("us-east-1", "???")), Caller::new("123456789012", "eu-north-1"));
}
