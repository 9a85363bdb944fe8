//! SigV4 as the specification writes it, to check what the client signs.

use crate::server::Request;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Whether the request carries the signature that the secret gives, and over which headers.
///
/// # Errors
/// What is missing or wrong.
pub fn verify(request: &Request, secret: &str) -> Result<Vec<String>, String> {
    let authorization = request.header("authorization").ok_or("no authorization header")?;
    let rest = authorization.strip_prefix("AWS4-HMAC-SHA256 ").ok_or("another algorithm")?;
    let field = |name: &str| {
        let parts = rest.split(", ").map(|part| part.split_once('=').unwrap_or_default());
        parts.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value).ok_or(format!("no {name}"))
    };
    let (credential, signed, signature) = (field("Credential")?, field("SignedHeaders")?, field("Signature")?);
    let mut scope = credential.split('/').skip(1);
    let (date, region, service) = (scope.next(), scope.next(), scope.next());
    let (Some(date), Some(region), Some(service)) = (date, region, service) else { return Err("short scope".into()) };
    let time = request.header("x-amz-date").ok_or("no date")?;

    let path = request.line.split(' ').nth(1).unwrap_or("/");
    let mut canonical = format!("POST\n{path}\n\n");
    for name in signed.split(';') {
        canonical += &format!("{name}:{}\n", request.header(name).ok_or(format!("{name} is signed but not sent"))?);
    }
    canonical += &format!("\n{signed}\n{}", hex(&Sha256::digest(&request.body)));
    let text = format!(
        "AWS4-HMAC-SHA256\n{time}\n{date}/{region}/{service}/aws4_request\n{}",
        hex(&Sha256::digest(canonical.as_bytes()))
    );
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in [date, region, service, "aws4_request"] {
        key = mac(&key, part);
    }
    let expected = hex(&mac(&key, &text));
    if expected == signature {
        Ok(signed.split(';').map(str::to_owned).collect())
    } else {
        Err(format!("signed {signature}, expected {expected}"))
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
