//! An environment account connection.

use crate::caller::Caller;
use crate::store::{Index, Record};
use proton_sdk::types::EnvironmentAccountConnection;
use serde::{Deserialize, Serialize};

/// The index by the account that asked for a connection.
pub(crate) const ENVIRONMENT_ACCOUNT: &str = "environment account";
/// The index by the account that was asked.
pub(crate) const MANAGEMENT_ACCOUNT: &str = "management account";

/// A connection, under its id. Two accounts see it, so it belongs to neither: all are kept under the server's own name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ConnectionRecord {
    /// What the API shows.
    pub(crate) connection: EnvironmentAccountConnection,
}

impl ConnectionRecord {
    /// Where all connections are kept.
    pub(crate) fn home(caller: &Caller) -> Caller {
        Caller { account: String::new(), ..caller.clone() }
    }
}

impl Record for ConnectionRecord {
    const KIND: &'static str = "environment account connection";

    fn key(&self) -> String {
        self.connection.id.clone()
    }

    fn indexes(&self) -> Vec<Index> {
        vec![
            (ENVIRONMENT_ACCOUNT, self.connection.environment_account_id.clone()),
            (MANAGEMENT_ACCOUNT, self.connection.management_account_id.clone()),
        ]
    }
}
