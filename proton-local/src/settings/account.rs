//! Keys, and the accounts that they open.

use serde::Deserialize;
use std::fmt::{Debug, Formatter, Result};

/// A key and its account. `Debug` hides the secret.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Twelve digits.
    pub account_id: String,
    /// The key's public name.
    pub access_key_id: String,
    /// What requests are signed with.
    pub secret_access_key: String,
}

impl Account {
    /// A key of an account of twelve digits.
    pub fn new(
        account_id: impl Into<String>,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
    ) -> Self {
        Self {
            account_id: account_id.into(),
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
        }
    }
}

impl Debug for Account {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("Account")
            .field("account_id", &self.account_id)
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}
