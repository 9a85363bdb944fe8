//! Repositories.

use crate::fault::Fault;
use crate::store::Reader;
use proton_sdk::types::{Repository, RepositoryProvider};

pub(crate) fn find(reader: &Reader<'_>, provider: &RepositoryProvider, name: &str) -> Result<Repository, Fault> {
    Err(Fault::not_found("repository", &reader.arn(&format!("repository/{}:{name}", provider.as_str().to_lowercase()))))
}
