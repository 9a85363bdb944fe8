//! Who may call: whoever signs with a key of the settings, or everybody where there are none.
//!
//! - With keys, a request is signed with AWS Signature Version 4 in its `Authorization` header; signatures in the query
//!   are not taken. The key decides on the account. A session token is signed like any header, but what it says is not
//!   looked at: keys of the settings have none.
//! - Without keys, the access key id still chooses the account: twelve digits, alone or behind `AKIA`, are the account,
//!   and anybody else is 123456789012. So a test can be two accounts at once.
//! - The region that a request is signed for is the one that it acts in, whichever the server is told: one server is
//!   every region.
//!
//! Refusals have status 400, as AWS services of this protocol give them.

mod authorization;
mod signature;
#[cfg(test)]
mod tests;

use crate::caller::{Caller, is_account, is_region};
use crate::settings::{Account, Settings};
use authorization::Authorization;
use http::StatusCode;
use http::request::Parts;
use proton_sdk::server::Rejection;
use std::collections::HashMap;
use std::time::SystemTime;

/// The account of callers that no key says anything about.
const DEFAULT_ACCOUNT: &str = "123456789012";

/// Tells who calls.
#[derive(Debug)]
pub(crate) struct Gate {
    accounts: HashMap<String, Account>,
    region: String,
    service: &'static str,
}

impl Gate {
    /// The keys of the settings, for requests that are signed for the service.
    pub(crate) fn new(settings: &Settings, service: &'static str) -> Self {
        let accounts = settings.accounts.iter().map(|account| (account.access_key_id.clone(), account.clone()));
        Self { accounts: accounts.collect(), region: settings.region.clone(), service }
    }

    /// Who sent the request.
    ///
    /// # Errors
    /// A signature that is missing, malformed, too old, from an unknown key, or of another request.
    pub(crate) fn admit(&self, request: &Parts, body: &[u8], now: SystemTime) -> Result<Caller, Rejection> {
        let authorization = request.headers.get(http::header::AUTHORIZATION);
        if self.accounts.is_empty() {
            let authorization = authorization.and_then(|value| Authorization::parse(value.to_str().ok()?).ok());
            return Ok(self.anybody(authorization));
        }
        let Some(authorization) = authorization else {
            let message = "The request is not signed: it has no Authorization header.";
            return Err(refusal("MissingAuthenticationTokenException", message));
        };
        let text = authorization.to_str().map_err(|_| incomplete("it is not ASCII text"))?;
        let authorization = Authorization::parse(text).map_err(incomplete)?;
        let Some(account) = self.accounts.get(authorization.key) else {
            return Err(refusal("UnrecognizedClientException", "The access key is not one that this server knows."));
        };
        signature::verify(request, body, &authorization, account, self.service, now)?;
        Ok(Caller::new(&account.account_id, authorization.region))
    }

    /// Who calls a server that asks for no key.
    fn anybody(&self, authorization: Option<Authorization<'_>>) -> Caller {
        let Some(Authorization { key, region, .. }) = authorization else {
            return Caller::new(DEFAULT_ACCOUNT, &self.region);
        };
        let account = key.strip_prefix("AKIA").unwrap_or(key);
        Caller::new(
            if is_account(account) { account } else { DEFAULT_ACCOUNT },
            if is_region(region) { region } else { &self.region },
        )
    }
}

fn incomplete(reason: &str) -> Rejection {
    refusal("IncompleteSignatureException", &format!("The Authorization header cannot be read: {reason}."))
}

fn refusal(code: &'static str, message: &str) -> Rejection {
    Rejection::new(StatusCode::BAD_REQUEST, code, message)
}
